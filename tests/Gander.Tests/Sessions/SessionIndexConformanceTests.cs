using Gander.Sessions.Calls;
using Gander.Stores;
using Gander.Telemetry;
using Gander.Tests.Conformance;

namespace Gander.Tests.Sessions;

/// <summary>The captured runs by way of stores and index: the same sessions, whatever happens on the way.</summary>
[Trait("Category", "Conformance")]
public sealed class SessionIndexConformanceTests(ConformanceReport report)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task The_list_shows_what_reading_a_session_shows() => CheckAllAsync(async (batches, expected) =>
    {
        await using var telemetry = new IndexedTelemetry();
        foreach (var batch in batches)
        {
            await telemetry.DeliverAsync(batch);
        }

        var listed = await telemetry.ListAsync();

        Assert.Equal(expected, SummaryText.Of(listed));
        foreach (var summary in listed)
        {
            var session = await telemetry.Index.ReadAsync(summary.Key, Cancel);
            Assert.Equal(SummaryText.Of(summary), SummaryText.Of(session!.Summary));
            Assert.Equal(summary.TurnCount, session.Turns.Count);
        }
    });

    [Fact]
    public Task The_calls_that_are_kept_are_the_steps_of_the_session() => CheckAllAsync(async (batches, _) =>
    {
        await using var telemetry = new IndexedTelemetry();
        foreach (var batch in batches)
        {
            await telemetry.DeliverAsync(batch);
            await telemetry.Index.FlushAsync(Cancel);
        }

        var calls = (await telemetry.Index.ListCallsAsync(new SessionQuery(Limit: 1_000), Cancel)).ToDictionary(session => session.Key);

        foreach (var summary in await telemetry.ListAsync())
        {
            var session = await telemetry.Index.ReadAsync(summary.Key, Cancel);
            Assert.Equal(WithoutTexts(SessionCalls.Of(session!)), calls.TryGetValue(summary.Key, out var kept) ? WithoutTexts(kept) : []);
        }
    });

    [Fact]
    public Task A_fold_after_each_export_ends_the_same() => CheckAllAsync(async (batches, expected) =>
    {
        await using var telemetry = new IndexedTelemetry();
        foreach (var batch in batches)
        {
            await telemetry.DeliverAsync(batch);
            await telemetry.Index.FlushAsync(Cancel);
        }

        Assert.Equal(expected, SummaryText.Of(await telemetry.ListAsync()));
    });

    [Fact]
    public Task A_crash_after_each_export_ends_the_same() => CheckAllAsync(async (batches, expected) =>
    {
        await using var telemetry = new IndexedTelemetry();
        var position = 0;
        foreach (var batch in batches)
        {
            // One export is observed and folded, one is observed and not folded, one is stored and not even observed.
            await telemetry.DeliverAsync(batch, observed: position % 3 != 2);
            if (position % 3 == 0)
            {
                await telemetry.Index.FlushAsync(Cancel);
            }

            await telemetry.CrashAsync();
            position++;
        }

        Assert.Equal(expected, SummaryText.Of(await telemetry.ListAsync()));
    });

    [Fact]
    public Task A_rebuild_ends_the_same() => CheckAllAsync(async (batches, expected) =>
    {
        await using var telemetry = new IndexedTelemetry();
        foreach (var batch in batches)
        {
            await telemetry.DeliverAsync(batch, observed: false);
        }

        await telemetry.Index.RebuildAsync(Cancel);

        Assert.Equal(expected, SummaryText.Of(await telemetry.ListAsync()));
    });

    private async Task CheckAllAsync(Func<List<TelemetryBatch>, string, Task> check)
    {
        foreach (var agent in SharedData.Scenarios().GroupBy(scenario => scenario.Agent))
        {
            var cases = report.Folder(agent.Key);
            foreach (var captured in agent)
            {
                var batches = Captured.All(captured).ToList();
                var expected = SummaryText.Of(Folding.All(batches).Select(session => session.Summary));
                await cases.CheckAsync(captured.Name, () => check(batches, expected));
            }

            cases.AssertAllPassed();
        }
    }

    // The list is folded without texts, where some agents tell why a call failed.
    private static IEnumerable<SessionCall> WithoutTexts(SessionCalls session) => session.Calls.Select(call => call with { Error = "" });
}
