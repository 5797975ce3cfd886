using Gander.Stores;
using Gander.Telemetry;
using Gander.Tests.Stores;

namespace Gander.Tests.Otlp;

/// <summary>A store whose span writes wait until they are let go, or fail as they are told to.</summary>
internal sealed class BlockingStore : ITelemetryStore, ISpanStore
{
    private readonly InMemoryStore _store = new();
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsOpen { get; set; }

    public Func<IReadOnlyList<SpanBatch>, Exception?> Failure { get; set; } = _ => null;

    /// <summary>The number of exports of each write, in order.</summary>
    public List<int> Writes { get; } = [];

    /// <summary>Done once a write waits at the gate.</summary>
    public Task Entered => _entered.Task;

    public ISpanStore Spans => this;

    public ILogStore Logs => _store.Logs;

    public IMetricStore Metrics => _store.Metrics;

    public ISessionStore Sessions => _store.Sessions;

    public void LetGo() => _gate.TrySetResult();

    public async Task<WriteOutcome> WriteAsync(IReadOnlyList<SpanBatch> batches, CancellationToken cancellationToken)
    {
        _entered.TrySetResult();
        if (!IsOpen)
        {
            await _gate.Task.WaitAsync(cancellationToken);
        }

        Writes.Add(batches.Count);
        return Failure(batches) is { } failure ? throw failure : await _store.Spans.WriteAsync(batches, cancellationToken);
    }

    public Task<SpanBatch> FindAsync(RecordQuery query, CancellationToken cancellationToken) => _store.Spans.FindAsync(query, cancellationToken);

    public Task<SpanBatch> ReadTraceAsync(TraceId traceId, TimeRange? near, CancellationToken cancellationToken) => _store.Spans.ReadTraceAsync(traceId, near, cancellationToken);

    public Task<SpanBatch> ReadTracesAsync(IReadOnlyCollection<TraceId> traceIds, TimeRange? near, RecordDetail detail, CancellationToken cancellationToken) =>
        _store.Spans.ReadTracesAsync(traceIds, near, detail, cancellationToken);

    public Task<HashSet<TraceId>> ListTracesAsync(ExportRange exports, int limit, CancellationToken cancellationToken) =>
        _store.Spans.ListTracesAsync(exports, limit, cancellationToken);

    public Task<IReadOnlyList<TraceSummary>> SummariseTracesAsync(IReadOnlyCollection<TraceId> traceIds, TimeRange near, CancellationToken cancellationToken) =>
        _store.Spans.SummariseTracesAsync(traceIds, near, cancellationToken);

    public Task<SpanBatch> ReadSessionsAsync(IReadOnlyCollection<string> sessionIds, TimeRange near, RecordDetail detail, CancellationToken cancellationToken) =>
        _store.Spans.ReadSessionsAsync(sessionIds, near, detail, cancellationToken);

    public long LastSequence => _store.Spans.LastSequence;

    public IAsyncEnumerable<StoredExports<SpanBatch>> ReadExportsAsync(ExportRange exports, RecordDetail detail, CancellationToken cancellationToken) =>
        _store.Spans.ReadExportsAsync(exports, detail, cancellationToken);

    public StoreStatus Status() => _store.Status();

    public Task SweepAsync(long nowNanos, CancellationToken cancellationToken) => _store.SweepAsync(nowNanos, cancellationToken);

    public Task BackupAsync(string directory, IProgress<double>? progress, CancellationToken cancellationToken) => _store.BackupAsync(directory, progress, cancellationToken);

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
