using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Stores;

/// <summary>
/// A store that keeps plain objects in lists: the oracle of every other store, and the store of tests that are not about storing.
/// </summary>
public sealed class InMemoryStore(TimeProvider? time = null, TimeSpan? keep = null, IMetricStore? metrics = null) : ITelemetryStore
{
    private readonly InMemoryRecords<SpanRecord> _spans = new(time ?? TimeProvider.System, keep ?? TimeSpan.FromDays(30));
    private readonly InMemoryRecords<LogRecord> _logs = new(time ?? TimeProvider.System, keep ?? TimeSpan.FromDays(30));

    public ISpanStore Spans => field ??= new InMemorySpanStore(_spans);

    public ILogStore Logs => field ??= new InMemoryLogStore(_logs);

    public IMetricStore Metrics { get; } = metrics ?? new InMemoryMetricStore();

    public ISessionStore Sessions { get; } = new InMemorySessionStore();

    public StoreStatus Status() => new([_spans.Status(Signal.Traces), _logs.Status(Signal.Logs)], []);

    public Task SweepAsync(long nowNanos, CancellationToken cancellationToken)
    {
        _spans.Sweep(nowNanos);
        _logs.Sweep(nowNanos);
        return Task.CompletedTask;
    }

    public Task BackupAsync(string directory, IProgress<double>? progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A store in memory has nothing to copy.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
