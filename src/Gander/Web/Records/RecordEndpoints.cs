using Gander.Api.Search;
using Gander.Stores;
using Gander.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gander.Web.Records;

/// <summary>
/// What the record island fetches: <c>GET /ui/spans/{traceId}/{spanId}?at=</c> and <c>GET /ui/logs/record?at=&amp;skip=</c> with
/// the filters of the list that shows the record.
/// </summary>
internal static class RecordEndpoints
{
    private const int MaxSkip = 5_000;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/ui/spans/{traceId}/{spanId}", SpanAsync).ExcludeFromDescription();
        endpoints.MapGet("/ui/logs/record", LogAsync).ExcludeFromDescription();
    }

    private static async Task<Results<Ok<RecordView>, NotFound>> SpanAsync(
        string traceId, string spanId, long at, ITelemetryStore store, ISessionSource sessions, CancellationToken cancellationToken)
    {
        if (!TraceId.TryParse(traceId, out var trace) || !SpanId.TryParse(spanId, out var span) || at == long.MaxValue)
        {
            return TypedResults.NotFound();
        }

        // The start names the day, so that one look is enough in a store of months.
        var conditions = new[]
        {
            new RecordCondition(new RecordField.Trace(), RecordOperator.Equal, AttributeValue.Of(trace.ToString())),
            new RecordCondition(new RecordField.Span(), RecordOperator.Equal, AttributeValue.Of(span.ToString())),
        };
        using var batch = await store.Spans.FindAsync(new(new TimeRange(at, at + 1), conditions, 1, RecordDetail.Everything), cancellationToken);
        if (batch.Count == 0)
        {
            return TypedResults.NotFound();
        }

        var attributes = batch.AttributeRanges[0];
        var sessionId = batch.SessionId(attributes);
        var near = new TimeRange(at, Math.Max(at + 1, batch.EndNanos[0]));
        var session = await SessionFinder.FindAsync(sessions, sessionId, batch.Resources[batch.ResourceIndexes[0]], near, cancellationToken);
        return TypedResults.Ok(RecordViewBuilder.OfSpan(batch, 0, session));
    }

    private static async Task<Results<Ok<RecordView>, NotFound>> LogAsync(
        long at, int skip, ITelemetryStore store, ISessionSource sessions, HttpContext context, TimeProvider time)
    {
        var cancellationToken = context.RequestAborted;
        var (search, problems) = RecordSearch.Parse(Signal.Logs, context.Request.Query, TimeWindow.Nanos(time.GetUtcNow()), "at", "skip", "from", "to");
        if (problems.Count > 0 || skip is < 0 or > MaxSkip || at == long.MaxValue)
        {
            return TypedResults.NotFound();
        }

        var query = search.ToQuery(RecordDetail.Everything) with { Range = new TimeRange(at, at + 1), Limit = 1, After = skip == 0 ? null : new RecordCursor(at, skip) };
        using var batch = await store.Logs.FindAsync(query, cancellationToken);
        if (batch.Count == 0)
        {
            return TypedResults.NotFound();
        }

        var attributes = batch.AttributeRanges[0];
        var sessionId = batch.SessionId(attributes);
        var session = await SessionFinder.FindAsync(sessions, sessionId, batch.Resources[batch.ResourceIndexes[0]], new TimeRange(at, at + 1), cancellationToken);
        return TypedResults.Ok(RecordViewBuilder.OfLog(batch, 0, session));
    }
}
