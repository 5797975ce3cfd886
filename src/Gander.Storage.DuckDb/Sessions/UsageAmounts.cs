using System.Numerics;
using Gander.Sessions;
using Gander.Sessions.Usage;

namespace Gander.Storage.DuckDb.Sessions;

/// <summary>Adds rows of usage up in groups that are numbered from 0 on. Sums of counts stay at the ends of their numbers. Not thread-safe.</summary>
internal sealed class UsageAmounts
{
    private const int ReportedTokens = UsageBytes.Fields;
    private const int PricedTokens = UsageBytes.Fields + 1;
    private const int UnpricedTokens = UsageBytes.Fields + 2;
    private const int Counts = UsageBytes.Fields + 3;
    private const int Reported = 0;
    private const int Priced = 1;
    private const int Cost = 2;
    private const int Moneys = 3;
    private const uint TokenBits = (1u << (int)UsageField.Input) | (1u << (int)UsageField.Output);
    private const uint MoneyBits = (1u << (int)UsageField.ReportedPicos) | (1u << (int)UsageField.PricedPicos);

    private long[] _counts = new long[64 * Counts];
    private Int128[] _money = new Int128[64 * Moneys];

    /// <summary>Adds the row where the cursor stands.</summary>
    public void Add(int group, UsageCursor row)
    {
        if (group * Counts >= _counts.Length)
        {
            Array.Resize(ref _counts, Math.Max(_counts.Length * 2, (group + 1) * Counts));
            Array.Resize(ref _money, _counts.Length / Counts * Moneys);
        }

        var counts = _counts.AsSpan(group * Counts, Counts);
        var numbers = row.Numbers;
        for (var rest = row.Present & ~MoneyBits; rest != 0; rest &= rest - 1)
        {
            var field = BitOperations.TrailingZeroCount(rest);
            Add(ref counts[field], numbers[field]);
        }

        if ((row.Present & TokenBits) != 0)
        {
            ref var tokens = ref counts[row.IsReported ? ReportedTokens : row.IsPriced ? PricedTokens : UnpricedTokens];
            Add(ref tokens, Number(row, UsageField.Input));
            Add(ref tokens, Number(row, UsageField.Output));
        }

        if ((row.Present & MoneyBits) != 0)
        {
            var money = _money.AsSpan(group * Moneys, Moneys);
            var (reported, priced) = (Number(row, UsageField.ReportedPicos), Number(row, UsageField.PricedPicos));
            money[Reported] += reported;
            money[Priced] += priced;
            money[Cost] += row.IsReported ? reported : priced;
        }
    }

    /// <summary>The sums of a group to which something was added.</summary>
    public UsageSums Of(int group)
    {
        var counts = _counts.AsSpan(group * Counts, Counts);
        var money = _money.AsSpan(group * Moneys, Moneys);
        return new UsageSums
        {
            Tokens = new TokenUsage(
                counts[(int)UsageField.Input], counts[(int)UsageField.Output], counts[(int)UsageField.CacheRead], counts[(int)UsageField.CacheWrite], counts[(int)UsageField.Reasoning])
            {
                CacheWriteFiveMinutes = counts[(int)UsageField.CacheWriteFiveMinutes],
                CacheWriteOneHour = counts[(int)UsageField.CacheWriteOneHour],
            },
            ReportedTokens = counts[ReportedTokens],
            PricedTokens = counts[PricedTokens],
            UnpricedTokens = counts[UnpricedTokens],
            ReportedPicos = money[Reported],
            PricedPicos = money[Priced],
            CostPicos = money[Cost],
            ModelCalls = counts[(int)UsageField.ModelCalls],
            ModelErrors = counts[(int)UsageField.ModelErrors],
            ToolCalls = counts[(int)UsageField.ToolCalls],
            ToolFailures = counts[(int)UsageField.ToolFailures],
            Turns = counts[(int)UsageField.Turns],
            LinesAdded = counts[(int)UsageField.LinesAdded],
            LinesRemoved = counts[(int)UsageField.LinesRemoved],
            Commits = counts[(int)UsageField.Commits],
            PullRequests = counts[(int)UsageField.PullRequests],
        };
    }

    private static long Number(UsageCursor row, UsageField field) => (row.Present & (1u << (int)field)) == 0 ? 0 : row.Numbers[(int)field];

    private static void Add(ref long to, long value)
    {
        var sum = unchecked(to + value);
        to = ((to ^ sum) & (value ^ sum)) >= 0 ? sum : value < 0 ? long.MinValue : long.MaxValue;
    }
}
