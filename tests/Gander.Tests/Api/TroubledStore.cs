using Gander.Stores;
using Gander.Telemetry;
using Gander.Tests.Stores;

namespace Gander.Tests.Api;

/// <summary>A store in memory with something that happens before each search for logs: a wait, a failure.</summary>
public sealed class TroubledStore(Func<RecordQuery, CancellationToken, Task> before) : ITelemetryStore, ILogStore
{
    private readonly InMemoryStore _store = new();

    public ISpanStore Spans => _store.Spans;

    public ILogStore Logs => this;

    public IMetricStore Metrics => _store.Metrics;

    public ISessionStore Sessions => _store.Sessions;

    public StoreStatus Status() => _store.Status();

    public Task SweepAsync(long nowNanos, CancellationToken cancellationToken) => _store.SweepAsync(nowNanos, cancellationToken);

    public Task BackupAsync(string directory, IProgress<double>? progress, CancellationToken cancellationToken) => _store.BackupAsync(directory, progress, cancellationToken);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    public Task<WriteOutcome> WriteAsync(IReadOnlyList<LogBatch> batches, CancellationToken cancellationToken) => _store.Logs.WriteAsync(batches, cancellationToken);

    public async Task<LogBatch> FindAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        await before(query, cancellationToken);
        return await _store.Logs.FindAsync(query, cancellationToken);
    }

    public Task<LogBatch> ReadSessionsAsync(
        IReadOnlyCollection<string> sessionIds, IReadOnlyCollection<TraceId> traceIds, TimeRange near, RecordDetail detail, CancellationToken cancellationToken) =>
        _store.Logs.ReadSessionsAsync(sessionIds, traceIds, near, detail, cancellationToken);

    public Task<LogBatch> ReadLooseAsync(IReadOnlyCollection<ulong> resourceIds, TimeRange near, CancellationToken cancellationToken) =>
        _store.Logs.ReadLooseAsync(resourceIds, near, cancellationToken);

    public Task<HashSet<ulong>> ListLooseResourcesAsync(ExportRange exports, int limit, CancellationToken cancellationToken) =>
        _store.Logs.ListLooseResourcesAsync(exports, limit, cancellationToken);

    public long LastSequence => _store.Logs.LastSequence;

    public IAsyncEnumerable<StoredExports<LogBatch>> ReadExportsAsync(ExportRange exports, RecordDetail detail, CancellationToken cancellationToken) =>
        _store.Logs.ReadExportsAsync(exports, detail, cancellationToken);
}
