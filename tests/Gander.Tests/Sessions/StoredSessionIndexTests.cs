using Gander.Storage.DuckDb;
using Gander.Telemetry;
using Gander.Tests.Conformance;
using Gander.Tests.Stores;

namespace Gander.Tests.Sessions;

/// <summary>The index over the embedded store: what it reads there is what it saw on the way in.</summary>
public sealed class StoredSessionIndexTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_captured_runs_fold_from_the_embedded_store_as_from_memory()
    {
        var batches = SharedData.Scenarios("goose").SelectMany(Captured.Batches).ToList();
        var expected = SummaryText.Of(Folding.All(batches).Select(session => session.Summary));
        using var folder = new TemporaryFolder();
        await using var store = await DuckDbStore.OpenAsync(new DuckDbStoreOptions { Folder = folder.Path }, TimeProvider.System, null, Cancel);
        await using var telemetry = new IndexedTelemetry(store: store);

        await DeliverAsync(telemetry, batches[..(batches.Count / 2)], observed: true);
        var half = await telemetry.ListAsync();
        await DeliverAsync(telemetry, batches[(batches.Count / 2)..], observed: false);
        await telemetry.CrashAsync();
        var listed = await telemetry.ListAsync();

        Assert.NotEmpty(half);
        Assert.Equal(expected, SummaryText.Of(listed));
        foreach (var summary in listed)
        {
            Assert.Equal(SummaryText.Of(summary), SummaryText.Of((await telemetry.Index.ReadAsync(summary.Key, Cancel))!.Summary));
        }
    }

    private static async Task DeliverAsync(IndexedTelemetry telemetry, List<TelemetryBatch> batches, bool observed)
    {
        foreach (var batch in batches)
        {
            await telemetry.DeliverAsync(batch, observed);
        }
    }
}
