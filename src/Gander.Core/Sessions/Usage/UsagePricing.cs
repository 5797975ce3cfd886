using Gander.Prices;

namespace Gander.Sessions.Usage;

/// <summary>Puts prices on steps, on rows of usage, and on summaries. Pure but for the steps, which it completes in place.</summary>
internal static class UsagePricing
{
    /// <summary>Gives the model calls of a turn, which the fold has just made, the price they have.</summary>
    public static Turn Price(Turn turn, PriceTable prices)
    {
        foreach (var step in turn.Steps)
        {
            if (step is { Kind: StepKind.Model, Tokens: { } tokens })
            {
                step.PricedCostUsd = prices.Match(step.Name, step.Provider, step.StartNanos).Entry?.CostOf(tokens) is { } picos ? Dollars.Of(picos) : null;
            }
        }

        return turn;
    }

    /// <summary>The row with the price that a table gives it. Its calls have contexts of one band, so that they are priced as one by one.</summary>
    public static UsageRow Price(UsageRow row, PriceTable prices)
    {
        if (row.Tokens == default)
        {
            return row;
        }

        var rates = prices.Match(row.Model, row.Provider.Length > 0 ? row.Provider : null, row.StartNanos).Entry?.RatesFor(ContextBand.Inside(row.Band));
        var picos = rates is { } known ? CallPrice.Of(row.Tokens, known) : null;
        return row with { IsPriced = picos is not null, PricedPicos = picos.GetValueOrDefault() };
    }

    /// <summary>The summary with what its session cost.</summary>
    public static SessionSummary Complete(SessionSummary summary, SessionUsage usage)
    {
        var sums = usage.Sums;
        return summary with
        {
            PricedCostUsd = usage.Rows.Any(row => row is { IsPriced: true, Tokens.Total: not 0 }) ? Dollars.Of(sums.PricedPicos) : null,
            CostUsd = sums.HasCost ? Dollars.Of(sums.CostPicos) : null,
            CostProvenance = sums.Provenance,
            UnpricedTokens = sums.UnpricedTokens,
            PriceTable = usage.PriceTable,
            ModelUses = [.. summary.ModelUses.Select(use => Complete(use, usage))],
        };
    }

    private static ModelUse Complete(ModelUse use, SessionUsage usage)
    {
        var rows = usage.Rows.Where(row => row.Model == UsageBuilder.ModelOf(use.Name) && row.Provider == UsageBuilder.Cut(use.Provider)).ToList();
        var sums = rows.Aggregate(default(UsageSums), static (sum, row) => sum + row.Sums);
        return use with
        {
            PricedCostUsd = rows.Exists(row => row is { IsPriced: true, Tokens.Total: not 0 }) ? Dollars.Of(sums.PricedPicos) : null,
            CostUsd = sums.HasCost ? Dollars.Of(sums.CostPicos) : null,
        };
    }
}
