using Gander.Sessions;
using Gander.Stores;
using Gander.Telemetry;
using Gander.Tests.Stores;

namespace Gander.Tests.Sessions;

/// <summary>A store with a session index beside it, fed as ingest feeds them.</summary>
internal sealed class IndexedTelemetry : IAsyncDisposable
{
    private readonly ITelemetryStore _store;
    private readonly SessionIndexOptions _options;
    private readonly List<(MortalSessionStore Process, SessionIndex Index)> _crashed = [];
    private MortalSessionStore _process;

    public IndexedTelemetry(string now = "2026-12-01T00:00Z", SessionIndexOptions? options = null, ITelemetryStore? store = null)
    {
        _store = store ?? new InMemoryStore();
        Time = new ManualTime(now);
        _options = options ?? new SessionIndexOptions();
        (_process, Index) = NewProcess();
    }

    public ManualTime Time { get; }

    public SessionIndex Index { get; private set; }

    public ISessionStore Saved => _store.Sessions;

    /// <summary>Stores a batch and tells the index, as long as it lives.</summary>
    public async Task DeliverAsync(TelemetryBatch batch, bool observed = true)
    {
        if (batch is SpanBatch spans)
        {
            var outcome = await _store.Spans.WriteAsync([spans], TestContext.Current.CancellationToken);
            if (observed)
            {
                Index.Observe(spans, outcome.Sequence);
            }
        }
        else if (batch is LogBatch logs)
        {
            var outcome = await _store.Logs.WriteAsync([logs], TestContext.Current.CancellationToken);
            if (observed)
            {
                Index.Observe(logs, outcome.Sequence);
            }
        }
        else if (batch is MetricBatch metrics)
        {
            await _store.Metrics.WriteAsync([metrics], TestContext.Current.CancellationToken);
            if (observed)
            {
                Index.Observe(metrics);
            }
        }
    }

    /// <summary>Ends the index as a crash does, and starts a new one over the same stores.</summary>
    public async Task CrashAsync()
    {
        await _process.CrashAsync(TestContext.Current.CancellationToken);
        _crashed.Add((_process, Index));
        (_process, Index) = NewProcess();
        await Index.StartAsync(TestContext.Current.CancellationToken);
    }

    public async Task<IReadOnlyList<SessionSummary>> ListAsync()
    {
        await Index.FlushAsync(TestContext.Current.CancellationToken);
        return [.. (await Index.ListAsync(new SessionQuery(Limit: 1_000), TestContext.Current.CancellationToken)).Reverse()];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (process, index) in _crashed.Append((_process, Index)))
        {
            await index.DisposeAsync();
            process.Dispose();
        }
    }

    private (MortalSessionStore Process, SessionIndex Index) NewProcess()
    {
        var process = new MortalSessionStore(_store.Sessions);
        return (process, new SessionIndex(_store.Spans, _store.Logs, _store.Metrics, process, Time, _options));
    }
}
