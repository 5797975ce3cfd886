using Gander.Storage.DuckDb;
using Gander.Stores;

namespace Gander.Tests.Stores;

public sealed class DuckDbSessionStoreTests : SessionStoreContract
{
    private readonly TemporaryFolder _folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    protected override async Task<ITelemetryStore> OpenAsync(TimeProvider time) =>
        await DuckDbStore.OpenAsync(new DuckDbStoreOptions { Folder = _folder.Path, KeepSpans = TimeSpan.FromDays(7), KeepLogs = TimeSpan.FromDays(7) }, time, null, Cancel);
}
