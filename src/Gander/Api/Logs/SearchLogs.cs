using Gander.Api.Search;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Api.Logs;

/// <summary><c>GET /api/logs</c>: log records, newest first.</summary>
internal sealed class SearchLogs(ITelemetryStore store) : ApiEndpoint
{
    // Whole records can have megabytes each, and a chunk is held in memory.
    private const int MaxFullChunk = 50;
    private const int MaxChunk = 1_000;

    public override string Path => "/api/logs";

    public override string Summary => "Log records that match all filters, newest first.";

    public override string Description =>
        "A record's time is when it happened, else when it was observed. Without detail=full bodies are cut to 256 bytes and long attributes (prompts, tool inputs and outputs, texts over 512 bytes) are left out.";

    public override IReadOnlyList<ApiParameter> Parameters { get; } =
    [
        .. SearchParameters.For(Signal.Logs),
        new("detail", "full for whole bodies and all attributes; preview, which is the default, is much faster.", ApiParameterKind.Text, "full") { Words = ["preview", "full"] },
        new("include", "resource to have each record's resource attributes and scope.", ApiParameterKind.Text, "resource") { Words = ["resource"] },
    ];

    public override string ResponseSchema => "LogList";

    public override async Task AnswerAsync(ApiRequest request)
    {
        var detail = request.Parameters.Word("detail", "preview", "full") == "full" ? RecordDetail.Everything : RecordDetail.Attributes;
        var withResource = request.Parameters.Word("include", "resource") is not null;
        var (search, problems) = RecordSearch.Parse(Signal.Logs, request.Context.Request.Query, request.NowNanos, "detail", "include");
        ApiRequest.Refuse([.. problems, .. request.Parameters.Problems]);
        using var walk = Walk(store.Logs, search, detail);
        // The first read happens before the answer begins, so that its failure can still be told.
        var more = await walk.HasNextAsync(request.CancellationToken);

        await using var answer = request.BeginJson();
        var json = answer.Writer;
        json.WriteStartObject();
        json.WriteStartArray("logs");
        for (var count = 0; more && count < search.Limit; count++)
        {
            LogJson.Write(json, walk.Batch, walk.Row, detail, withResource);
            walk.Take();
            await answer.SendGatheredAsync();
            more = await walk.HasNextAsync(request.CancellationToken);
        }

        json.WriteEndArray();
        json.WriteText("nextCursor", more ? walk.Position!.Write(search.Hash) : null);
        json.WriteEndObject();
    }

    /// <summary>A walk over the records of a search, which pages take as well, so that their cursors are the same. A batch lives until the next is read.</summary>
    internal static RecordWalk<LogBatch> Walk(ILogStore logs, RecordSearch search, RecordDetail detail) => new(
        search.ToQuery(detail) with { Limit = Math.Min(search.Limit + 1, detail == RecordDetail.Everything ? MaxFullChunk : MaxChunk) },
        search.Position,
        logs.FindAsync,
        (batch, row) => batch.EffectiveNanos(row),
        HashRow,
        keepBatches: false);

    // Log records have no id of their own: content tells those of one nanosecond apart.
    private static ulong HashRow(LogBatch batch, int row)
    {
        var hash = ContentHash.Of(batch.Text[batch.Bodies[row]])
            ^ batch.SpanIds[row].Value
            ^ (batch.TraceIds[row].Low * 0x9E3779B97F4A7C15)
            ^ batch.Resources[batch.ResourceIndexes[row]].Id
            ^ ((ulong)batch.Severities[row] << 56);
        var range = batch.AttributeRanges[row];
        for (var at = range.Start; at < range.End; at++)
        {
            // Stores give attributes back in any order, so the order must not count.
            hash += ContentHash.Of(batch.Text[batch.Attributes.Keys[at]])
                * (ContentHash.Of(batch.Text[batch.Attributes.Texts[at]]) ^ (ulong)batch.Attributes.Bits[at]);
        }

        return hash;
    }
}
