using Gander.Stores;

namespace Gander.Tests.Stores;

public sealed class InMemorySessionStoreTests : SessionStoreContract
{
    protected override Task<ITelemetryStore> OpenAsync(TimeProvider time) => Task.FromResult<ITelemetryStore>(new InMemoryStore(time, TimeSpan.FromDays(7)));
}
