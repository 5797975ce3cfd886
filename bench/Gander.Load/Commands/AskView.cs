using System.Globalization;
using System.Text.Json;
using Gander.Load.Asking;
using Spectre.Console;

namespace Gander.Load.Commands;

/// <summary>Prints how long answers took as a table, or as JSON.</summary>
internal static class AskView
{
    // Wide enough for every column when the output goes to a file.
    private const int Width = 120;

    public static void Print(AskReport report, bool json)
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

        var table = new Table().Border(TableBorder.Simple).Title(Text($"{report.Spans:N0} spans, {report.Logs:N0} log records")).AddColumn("question");
        foreach (var column in (string[])["asked", "p50 ms", "p95 ms", "max ms", "server CPU ms", "KB"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var question in report.Questions)
        {
            table.AddRow(
                Markup.Escape(question.Name),
                Text($"{question.Asked}"),
                Text($"{question.Latency.P50:F1}"),
                Text($"{question.Latency.P95:F1}"),
                Text($"{question.Latency.Max:F1}"),
                question.ServerCpuMs is { } cpu ? Text($"{cpu:F1}") : "-",
                Text($"{question.MeanBytes / 1_000:F1}"));
        }

        AnsiConsole.Write(table);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
