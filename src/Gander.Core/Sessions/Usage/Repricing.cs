using System.Runtime.InteropServices;
using Gander.Prices;
using Gander.Stores;

namespace Gander.Sessions.Usage;

/// <summary>Prices saved sessions anew, from their rows of usage and without their telemetry. The caller keeps others from saving meanwhile.</summary>
internal sealed class Repricing(ISessionStore store, PriceTable prices)
{
    private const int SessionsARead = 500;

    private readonly Dictionary<(string Model, string Provider), (long Tokens, Int128 Before, Int128 After)> _models = [];
    private UsageSums _before;
    private UsageSums _after;
    private long _sessions;
    private long _changed;

    /// <summary>Goes through all sessions.</summary>
    /// <param name="progress">The progress of the fold to save with them; null to save nothing and only tell what would change.</param>
    /// <param name="cancellationToken">Ends it between two pages of sessions.</param>
    public async Task<RepriceOutcome> RunAsync(FoldProgress? progress, CancellationToken cancellationToken)
    {
        for (var query = new SessionQuery(Limit: SessionsARead); ;)
        {
            var summaries = await store.ListAsync(query, cancellationToken).ConfigureAwait(false);
            var usage = (await store.ListUsageAsync(query, cancellationToken).ConfigureAwait(false)).ToDictionary(one => one.Key, StringComparer.Ordinal);
            await RunAsync([.. summaries.Where(summary => usage.ContainsKey(summary.Key)).Select(summary => (summary, usage[summary.Key]))], progress, cancellationToken).ConfigureAwait(false);
            if (summaries.Count < SessionsARead)
            {
                return Outcome();
            }

            query = query with { After = (summaries[^1].StartNanos, summaries[^1].Key) };
        }
    }

    private async Task RunAsync(List<(SessionSummary Summary, SessionUsage Usage)> sessions, FoldProgress? progress, CancellationToken cancellationToken)
    {
        var saved = new List<SessionSummary>();
        var rows = new List<SessionUsage>();
        foreach (var (summary, usage) in sessions)
        {
            var after = new SessionUsage(usage.Key, prices.Version, [.. usage.Rows.Select(row => UsagePricing.Price(row, prices))]);
            Count(usage, after);
            if (usage.PriceTable != prices.Version || !usage.Rows.SequenceEqual(after.Rows))
            {
                saved.Add(UsagePricing.Complete(summary, after));
                rows.Add(after);
            }
        }

        if (progress is { } known && saved.Count > 0)
        {
            await store.SaveAsync(saved, [], rows, [], known, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Count(SessionUsage before, SessionUsage after)
    {
        _sessions++;
        _before += before.Sums;
        _after += after.Sums;
        _changed += before.Rows.SequenceEqual(after.Rows) ? 0 : 1;
        foreach (var (old, fresh) in before.Rows.Zip(after.Rows))
        {
            if (old != fresh)
            {
                ref var model = ref CollectionsMarshal.GetValueRefOrAddDefault(_models, (old.Model, old.Provider), out _);
                model = (model.Tokens + old.Tokens.Total, model.Before + old.PricedPicos, model.After + fresh.PricedPicos);
            }
        }
    }

    private RepriceOutcome Outcome() => new(
        prices.Version,
        _sessions,
        _changed,
        Dollars.Of(_before.CostPicos),
        Dollars.Of(_after.CostPicos),
        _before.UnpricedTokens,
        _after.UnpricedTokens,
        [.. _models
            .OrderByDescending(model => Int128.Abs(model.Value.After - model.Value.Before)).ThenBy(model => model.Key.Model, StringComparer.Ordinal)
            .Select(model => new RepricedModel(model.Key.Model, model.Key.Provider, model.Value.Tokens, Dollars.Of(model.Value.Before), Dollars.Of(model.Value.After)))]);
}
