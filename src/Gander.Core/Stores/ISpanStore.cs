using Gander.Telemetry;

namespace Gander.Stores;

/// <summary>What a store promises for spans. All members are thread-safe; there is one writer, so writes wait for each other.</summary>
public interface ISpanStore
{
    /// <summary>
    /// Stores all batches in one transaction. When it returns they survive a power cut and can be read; when it throws, none
    /// is kept. A batch whose <see cref="TelemetryBatch.Fingerprint"/> was stored within the last 15 minutes, or earlier in
    /// the same call, is skipped.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store cannot take writes for now.</exception>
    Task<WriteOutcome> WriteAsync(IReadOnlyList<SpanBatch> batches, CancellationToken cancellationToken);

    /// <summary>
    /// Finds spans, newest start first, ties in reverse order of arrival. The caller owns and disposes the batch; it holds at
    /// most <see cref="RecordQuery.Limit"/> spans and what <see cref="RecordQuery.Detail"/> asks for.
    /// </summary>
    Task<SpanBatch> FindAsync(RecordQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// All spans of one trace, earliest start first; empty when there are none. <paramref name="near"/> only makes it faster; it
    /// must cover the trace. Of more than one answer holds the earliest come, and <see cref="TelemetryBatch.LeftOut"/> counts the others.
    /// </summary>
    Task<SpanBatch> ReadTraceAsync(TraceId traceId, TimeRange? near, CancellationToken cancellationToken);

    /// <summary>All spans of at most 1,000 traces that start inside <paramref name="near"/> (null: any time), earliest start first.</summary>
    Task<SpanBatch> ReadTracesAsync(IReadOnlyCollection<TraceId> traceIds, TimeRange? near, RecordDetail detail, CancellationToken cancellationToken);

    /// <summary>The traces that have spans in some exports; of more than <paramref name="limit"/> those that came last in each of the store's files.</summary>
    Task<HashSet<TraceId>> ListTracesAsync(ExportRange exports, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Sums up each of the given traces from those of its spans that start inside <paramref name="near"/>, in any order;
    /// a trace without such a span is left out. At most 1,000 ids.
    /// </summary>
    Task<IReadOnlyList<TraceSummary>> SummariseTracesAsync(IReadOnlyCollection<TraceId> traceIds, TimeRange near, CancellationToken cancellationToken);

    /// <summary>
    /// All spans that carry one of the session ids, and all spans of their traces that carry none (goose's <c>chat</c> spans),
    /// inside <paramref name="near"/>, earliest start first. Ids are compared with <c>session.id</c>, else
    /// <c>gen_ai.conversation.id</c>, else <c>conversation.id</c>. Two people may share an id: the caller tells them apart by resource.
    /// </summary>
    Task<SpanBatch> ReadSessionsAsync(IReadOnlyCollection<string> sessionIds, TimeRange near, RecordDetail detail, CancellationToken cancellationToken);

    /// <summary>The number of the last export stored; 0 when there is none.</summary>
    long LastSequence { get; }

    /// <summary>
    /// Spans of some exports in order of arrival, a few thousand at a time: for whoever keeps derived state up to date across
    /// a restart. The caller disposes each batch.
    /// </summary>
    IAsyncEnumerable<StoredExports<SpanBatch>> ReadExportsAsync(ExportRange exports, RecordDetail detail, CancellationToken cancellationToken);
}
