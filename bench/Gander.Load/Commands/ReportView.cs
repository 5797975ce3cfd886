using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Gander.Load.Commands;

/// <summary>Prints a report as a table, or as JSON.</summary>
internal static class ReportView
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static void Print(LoadReport report, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(report, Json));
            return;
        }

        var table = new Table().AddColumn("measure").AddColumn(new TableColumn("value").RightAligned()).Border(TableBorder.Simple);
        foreach (var (name, value) in Rows(report).Where(row => row.Value is not null))
        {
            table.AddRow(Markup.Escape(name), Markup.Escape(value!));
        }

        AnsiConsole.Write(table);
    }

    private static IEnumerable<(string Name, string? Value)> Rows(LoadReport report)
    {
        yield return ("acknowledged requests", Text($"{report.AcknowledgedRequests:N0}"));
        yield return ("acknowledged records", Text($"{report.AcknowledgedRecords:N0} in {report.Seconds:F1} s"));
        yield return ("records/s", Text($"{report.RecordsPerSecond:N0}"));
        yield return ("bytes a record, plain / sent", Text($"{PerRecord(report, report.PlainBytes):F0} / {PerRecord(report, report.WireBytes):F0}"));
        yield return ("acknowledgement p50 / p95 / p99 / max", Text($"{report.Latency.P50:F1} / {report.Latency.P95:F1} / {report.Latency.P99:F1} / {report.Latency.Max:F1} ms"));
        yield return ("longest stall", Text($"{report.LongestStallMs:F1} ms"));
        yield return ("server CPU", report.ServerCpuSeconds is { } cpu ? Text($"{cpu:F1} s, {report.ServerCpuSecondsPerMillion:F1} s a million records") : null);
        yield return ("server memory, most seen", report.ServerMaxResidentBytes is { } memory ? Text($"{memory / 1_048_576.0:F0} MiB") : null);
        yield return ("bytes on disk", report.DiskBytes is { } disk ? Text($"{disk:N0}, {report.DiskBytesPerRecord:F1} a record") : null);
        yield return ("own CPU while sending", Text($"{report.OwnCpuSeconds:F1} s"));
        yield return ("requests built during the run", report.BodiesBuiltLate > 0 ? Text($"{report.BodiesBuiltLate:N0} (they took CPU from the server: a larger --buffer-mb avoids it)") : null);
        yield return ("refusals", report.Refusals.Count == 0 ? "none" : string.Join(", ", report.Refusals.Select(refusal => $"{refusal.Key}: {refusal.Value}")));
        yield return ("requests given up", report.UnacknowledgedRequests > 0 ? Text($"{report.UnacknowledgedRequests:N0}") : null);
    }

    private static double PerRecord(LoadReport report, long bytes) =>
        report.Bodies.Sum(body => (double)body.Records * body.Attempts) is > 0 and var sent ? bytes / sent : 0;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
