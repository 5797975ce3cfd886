using System.Globalization;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Web.Records;

/// <summary>Reads a page of log records as lines.</summary>
internal static class LogLines
{
    private const int MaxExtraChars = 240;
    private const int MaxExtras = 6;

    // Where a record was written says little to a reader of the list; the record's details have it.
    private static readonly string[] Dull = ["code.", "thread.", "target", "log.", "session.", "monotonic_counter.", "busy_ns", "idle_ns", "level"];

    /// <summary>The lines, newest first, and the cursor of the next page or null.</summary>
    public static async Task<(IReadOnlyList<LogLine> Lines, string? Next)> ReadAsync(ILogStore logs, PageSearch search, CancellationToken cancellationToken)
    {
        using var walk = Gander.Api.Logs.SearchLogs.Walk(logs, search.Search, RecordDetail.Attributes);
        var lines = new List<LogLine>();
        var more = await walk.HasNextAsync(cancellationToken);
        while (more && lines.Count < search.Search.Limit)
        {
            var (batch, row) = (walk.Batch, walk.Row);
            walk.Take();
            lines.Add(Line(batch, row, walk.Position!.Position, search.Filters));
            more = await walk.HasNextAsync(cancellationToken);
        }

        return (lines, more ? walk.Position!.Write(search.Search.Hash) : null);
    }

    private static LogLine Line(LogBatch batch, int row, RecordCursor after, string filters)
    {
        var nanos = batch.EffectiveNanos(row);
        var severity = batch.Severities[row];
        var body = batch.Text.ToString(batch.Bodies[row]);
        var address = string.Create(CultureInfo.InvariantCulture, $"/ui/logs/record?at={nanos}&skip={after.Skip - 1}{(filters.Length > 0 ? "&" : "")}{filters}");
        return new(
            nanos,
            LogLevelName.Of(severity),
            LogLevelName.Tone(severity),
            batch.Resources[batch.ResourceIndexes[row]].ServiceName,
            body.Length > 0 ? body : batch.Text.ToString(batch.EventNames[row]),
            Extra(batch, batch.AttributeRanges[row]),
            address);
    }

    private static string Extra(LogBatch batch, RowRange range)
    {
        var parts = new List<string>();
        for (var row = range.Start; row < range.End && parts.Count < MaxExtras; row++)
        {
            var key = batch.Text.ToString(batch.Attributes.Keys[row]);
            if (!Array.Exists(Dull, dull => key.StartsWith(dull, StringComparison.Ordinal)))
            {
                parts.Add($"{key}={batch.AttributeValue(row)}");
            }
        }

        var text = string.Join(' ', parts);
        return text.Length <= MaxExtraChars ? text : text[..MaxExtraChars] + "…";
    }
}
