using Gander.Sessions;

namespace Gander.Prices;

/// <summary>Multiplies tokens with rates, in whole pico-dollars: no amount is rounded before it is shown, so that sums agree in any order.</summary>
public static class CallPrice
{
    /// <summary>
    /// What tokens cost at some rates, in pico-dollars. Null when tokens are of a kind that has no rate, or when the parts of
    /// a usage contradict each other.
    /// </summary>
    public static long? Of(TokenUsage tokens, TokenRates rates)
    {
        var writes = tokens.CacheWrite;
        var hourWrites = rates.CacheWriteOneHour is null ? 0 : tokens.CacheWriteOneHour;
        if (tokens.CacheRead < 0 || tokens.Reasoning < 0 || hourWrites < 0 || hourWrites > writes
            || (Int128)tokens.CacheRead + writes > tokens.Input || tokens.Reasoning > tokens.Output)
        {
            return null;
        }

        var reasoning = rates.Reasoning is null ? 0 : tokens.Reasoning;
        var cost = ((Int128)(tokens.Input - tokens.CacheRead - writes) * rates.Input)
            + ((Int128)(tokens.Output - reasoning) * rates.Output)
            + ((Int128)reasoning * rates.Reasoning.GetValueOrDefault());
        return Add(tokens.CacheRead, rates.CacheRead, ref cost)
            && Add(writes - hourWrites, rates.CacheWrite, ref cost)
            && Add(hourWrites, rates.CacheWriteOneHour, ref cost)
            && cost <= long.MaxValue
            ? (long)cost
            : null;
    }

    private static bool Add(long tokens, long? rate, ref Int128 cost)
    {
        cost += (Int128)tokens * rate.GetValueOrDefault();
        return tokens == 0 || rate is not null;
    }
}
