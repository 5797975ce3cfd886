using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Stores;

/// <summary>Counts data points.</summary>
public sealed class InMemoryMetricStore : IMetricStore
{
    private readonly Lock _lock = new();
    private long _sequence;

    public long Points { get; private set; }

    public Task<WriteOutcome> WriteAsync(IReadOnlyList<MetricBatch> batches, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _sequence += batches.Count;
            Points += batches.Sum(batch => batch.Count);
            return Task.FromResult(new WriteOutcome(_sequence, [.. batches.Select(_ => true)]));
        }
    }
}
