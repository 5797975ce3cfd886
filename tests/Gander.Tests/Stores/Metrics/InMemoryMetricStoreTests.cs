using Gander.Stores;

namespace Gander.Tests.Stores.Metrics;

public sealed class InMemoryMetricStoreTests : MetricStoreContract
{
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override Task<IMetricStore> OpenAsync(TimeProvider time) => Task.FromResult<IMetricStore>(new InMemoryMetricStore(time));
}
