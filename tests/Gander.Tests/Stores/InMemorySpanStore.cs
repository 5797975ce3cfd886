using System.Runtime.CompilerServices;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Stores;

/// <summary>Spans in a list.</summary>
public sealed class InMemorySpanStore(InMemoryRecords<SpanRecord> records) : ISpanStore
{
    public Task<WriteOutcome> WriteAsync(IReadOnlyList<SpanBatch> batches, CancellationToken cancellationToken) =>
        Task.FromResult(records.Write([.. batches.Select(batch => (batch.Fingerprint, SpanRecord.ReadAll(batch)))]));

    public Task<SpanBatch> FindAsync(RecordQuery query, CancellationToken cancellationToken) => Answer(records.Find(query), query.Detail);

    public Task<SpanBatch> ReadTraceAsync(TraceId traceId, TimeRange? near, CancellationToken cancellationToken) =>
        Answer(records.Earliest(span => span.TraceId == traceId), RecordDetail.Everything);

    public Task<SpanBatch> ReadTracesAsync(IReadOnlyCollection<TraceId> traceIds, TimeRange? near, RecordDetail detail, CancellationToken cancellationToken) =>
        Answer(records.Earliest(span => traceIds.Contains(span.TraceId) && (near ?? TimeRange.All).Contains(span.StartNanos)), detail);

    public Task<HashSet<TraceId>> ListTracesAsync(ExportRange exports, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(records.Exports(exports).SelectMany(export => export.Records).Select(span => span.TraceId).Where(id => !id.IsEmpty).Take(limit).ToHashSet());

    public Task<IReadOnlyList<TraceSummary>> SummariseTracesAsync(IReadOnlyCollection<TraceId> traceIds, TimeRange near, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TraceSummary>>([.. records
            .Earliest(span => near.Contains(span.StartNanos) && traceIds.Contains(span.TraceId))
            .GroupBy(span => span.TraceId)
            .Select(Summarise)]);

    public Task<SpanBatch> ReadSessionsAsync(IReadOnlyCollection<string> sessionIds, TimeRange near, RecordDetail detail, CancellationToken cancellationToken)
    {
        var named = records.Earliest(span => near.Contains(span.StartNanos) && span.SessionId is { } id && sessionIds.Contains(id));
        var traces = named.Select(span => span.TraceId).ToHashSet();
        return Answer(
            records.Earliest(span => near.Contains(span.StartNanos)
                && (span.SessionId is { } id ? sessionIds.Contains(id) : traces.Contains(span.TraceId))),
            detail);
    }

    public long LastSequence => records.LastSequence;

    public async IAsyncEnumerable<StoredExports<SpanBatch>> ReadExportsAsync(
        ExportRange exports, RecordDetail detail, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (sequence, export) in records.Exports(exports))
        {
            yield return new StoredExports<SpanBatch>(await Answer(export, detail), sequence);
        }
    }

    private static TraceSummary Summarise(IGrouping<TraceId, SpanRecord> trace)
    {
        var root = trace.FirstOrDefault(span => span.ParentSpanId.IsEmpty);
        return new TraceSummary(
            trace.Key,
            trace.Min(span => span.StartNanos),
            trace.Max(span => span.EndNanos),
            trace.Count(),
            trace.Count(span => span.StatusCode == 2),
            root?.Name,
            root?.Resource.ServiceName);
    }

    private static Task<SpanBatch> Answer(IEnumerable<SpanRecord> spans, RecordDetail detail) =>
        Task.FromResult(Some.SpanBatch([.. spans.Select(span => span.At(detail))]));
}
