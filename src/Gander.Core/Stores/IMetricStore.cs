using Gander.Telemetry;

namespace Gander.Stores;

/// <summary>What a store promises for metrics. Thread-safe; writes wait for each other.</summary>
public interface IMetricStore
{
    /// <summary>Stores all batches at once, as <see cref="ISpanStore.WriteAsync"/> does.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot take writes for now.</exception>
    Task<WriteOutcome> WriteAsync(IReadOnlyList<MetricBatch> batches, CancellationToken cancellationToken);
}
