using Gander.Stores;

namespace Gander.Tests.Stores;

public sealed class InMemorySpanStoreTests : SpanStoreContract
{
    protected override Task<ITelemetryStore> OpenAsync(TimeProvider time) => Task.FromResult<ITelemetryStore>(new InMemoryStore(time, TimeSpan.FromDays(7)));
}
