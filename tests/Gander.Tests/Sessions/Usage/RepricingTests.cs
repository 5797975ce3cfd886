using Gander.Prices;
using Gander.Sessions.Usage;
using Gander.Stores;
using Gander.Tests.Stores;

namespace Gander.Tests.Sessions.Usage;

public sealed class RepricingTests
{
    private static readonly PriceTable s_dearer = new(
        "dearer",
        [
            new PriceEntry { Provider = "anthropic", Models = ["sonnet"], Rates = new TokenRates(4_000_000, 10_000_000) { CacheRead = 200_000, CacheWrite = 2_500_000, CacheWriteOneHour = 4_000_000 } },
            new PriceEntry { Provider = "meta", Models = ["llama"], Rates = new TokenRates(1_000_000, 1_000_000) { CacheRead = 0, CacheWrite = 0 } },
        ],
        [],
        []);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sessions_cost_what_the_new_table_says_and_the_difference_is_told()
    {
        var store = await StoreAsync("a", "b");

        var outcome = await new Repricing(store, s_dearer).RunAsync(new FoldProgress(3, 4), Cancel);

        // 100 tokens of sonnet at 4 instead of 2, and 50 of llama at 1, which had no price: a million each.
        Assert.Equal((2L, 2L, 0.0004m, 0.0009m, 100L, 0L), (outcome.Sessions, outcome.Changed, outcome.BeforeUsd, outcome.AfterUsd, outcome.UnpricedBefore, outcome.UnpricedAfter));
        Assert.Equal([new RepricedModel("sonnet", "", 200, 0.0004m, 0.0008m), new RepricedModel("llama", "", 100, 0, 0.0001m)], outcome.Models);
        var summary = await store.FindAsync("a", Cancel);
        Assert.Equal((0.00045m, "priced", 0L, "dearer"), (summary!.CostUsd, summary.CostProvenance, summary.UnpricedTokens, summary.PriceTable));
        Assert.Equal([0.0004m, 0.00005m], summary.ModelUses.Select(use => use.CostUsd));
        Assert.Equal(0.0009m, Dollars.Of(Assert.Single(await store.SumUsageAsync(new UsageQuery(Gander.Telemetry.TimeRange.All, []), Cancel)).Sums.CostPicos));
        Assert.Equal(new FoldProgress(3, 4), await store.ReadProgressAsync(Cancel));
    }

    [Fact]
    public async Task Trying_changes_nothing()
    {
        var store = await StoreAsync("a");

        var outcome = await new Repricing(store, s_dearer).RunAsync(null, Cancel);

        Assert.Equal(1, outcome.Changed);
        Assert.Equal(("samples", 0.0002m), ((await store.FindAsync("a", Cancel))!.PriceTable, (await store.FindAsync("a", Cancel))!.CostUsd));
    }

    [Fact]
    public async Task The_same_prices_change_nothing()
    {
        var sessions = UsageSamples.Many(50);
        var store = new InMemorySessionStore();
        await store.SaveAsync([.. sessions.Select(session => session.Summary)], [], [.. sessions.Select(session => session.Usage!)], [], default, Cancel);

        var outcome = await new Repricing(store, UsageSamples.Prices).RunAsync(default(FoldProgress), Cancel);

        Assert.Equal((0L, outcome.BeforeUsd), (outcome.Changed, outcome.AfterUsd));
        Assert.Equal(sessions.Sum(session => session.Summary.CostUsd), (await store.ListAsync(new SessionQuery(Limit: 100), Cancel)).Sum(session => session.CostUsd));
    }

    private static async Task<InMemorySessionStore> StoreAsync(params string[] keys)
    {
        var store = new InMemorySessionStore();
        var sessions = keys.Select(UsageSamples.Of).ToList();
        await store.SaveAsync([.. sessions.Select(session => session.Summary)], [], [.. sessions.Select(session => session.Usage!)], [], default, Cancel);
        return store;
    }
}
