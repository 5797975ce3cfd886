using System.Globalization;
using System.Text.Json;
using Gander.Load.Comparing;
using Spectre.Console;

namespace Gander.Load.Commands;

/// <summary>Prints a comparison as tables, or as JSON.</summary>
internal static class CompareView
{
    private const double Mebi = 1 << 20;

    // Wide enough for every column when the output goes to a file.
    private const int Width = 140;

    public static void Print(CompareReport report, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(report, ReportView.Json));
            return;
        }

        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = Width;
        }

        AnsiConsole.Write(ServersOf(report));
        AnsiConsole.Write(QueriesOf(report));
        foreach (var query in report.Queries.Where(query => query.Difference is not null))
        {
            AnsiConsole.WriteLine(Text($"{query.Query.Name}: {query.Difference!.Differing} of {query.Difference.Samples} samples differ, the first {query.Difference.First}"));
        }
    }

    private static Table ServersOf(CompareReport report)
    {
        var table = new Table().Border(TableBorder.Simple).Title(Text($"{report.Series:N0} series, {report.Samples:N0} samples")).AddColumn("");
        var rows = new (string Name, Func<ServerFigures, string> Of)[]
        {
            ("samples/s", server => server.Load is { } load ? Text($"{load.RecordsPerSecond:N0}") : "-"),
            ("CPU-s a million samples", server => server.Load is { } load ? Text($"{load.ServerCpuSecondsPerMillion:F2}") : "-"),
            ("acknowledgement p50 / p99 / max, ms", server => server.Load is { } load ? Text($"{load.Latency.P50:F0} / {load.Latency.P99:F0} / {load.Latency.Max:F0}") : "-"),
            ("disk bytes a sample", server => Text($"{(double)server.DiskBytes / report.Samples:F2}")),
            ("resident, most during the load, MiB", server => server.Load is { } load ? Text($"{load.ServerMaxResidentBytes / Mebi:N0}") : "-"),
            ("resident before the queries, MiB", server => Text($"{server.ResidentBytes / Mebi:N0}")),
            ("resident after the queries, MiB", server => Text($"{server.ResidentBytesAfter / Mebi:N0}")),
        };
        foreach (var server in report.Servers)
        {
            table.AddColumn(new TableColumn(server.Name).RightAligned());
        }

        foreach (var (name, of) in rows)
        {
            table.AddRow([name, .. report.Servers.Select(of)]);
        }

        return table;
    }

    private static Table QueriesOf(CompareReport report)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("query");
        foreach (var column in (string[])["series", "KB", "Gander ms, median", "best", "CPU ms", "Prometheus ms, median", "best", "CPU ms", "CPU ratio", "answers"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var query in report.Queries)
        {
            var (ours, theirs) = (query.Gander, query.Prometheus);
            table.AddRow(
                Markup.Escape(query.Query.Name),
                Text($"{query.Series:N0}"),
                Text($"{ours.Bytes / 1_000.0:N0}"),
                Text($"{ours.MedianMs:F1}"),
                Text($"{ours.BestMs:F1}"),
                Text($"{ours.CpuMs:F1}"),
                theirs is null ? "" : Text($"{theirs.MedianMs:F1}"),
                theirs is null ? "" : Text($"{theirs.BestMs:F1}"),
                theirs is null ? "" : Text($"{theirs.CpuMs:F1}"),
                Ratio(ours.CpuMs, theirs?.CpuMs ?? 0),
                theirs is null ? "" : query.Difference is { } difference ? Text($"{difference.Differing:N0} differ") : "agree");
        }

        return table.AddRow("all together", "", "", "", "", Text($"{report.GanderCpuMs:F0}"), "", "", Text($"{report.PrometheusCpuMs:F0}"), Ratio(report.GanderCpuMs, report.PrometheusCpuMs), "");
    }

    private static string Ratio(double ours, double theirs) => theirs > 0 ? Text($"{ours / theirs:P0}") : "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
