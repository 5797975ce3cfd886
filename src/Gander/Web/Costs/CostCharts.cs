using Gander.Api.Usage;
using Gander.Prices;
using Gander.Sessions.Usage;
using Gander.Web.Summary;

namespace Gander.Web.Costs;

/// <summary>The charts of the page of costs, from rows told apart by what the page groups by and by time.</summary>
/// <param name="period">The bars.</param>
/// <param name="rows">The rows; the first part of a key is the group, the second the time.</param>
internal sealed class CostCharts(CostPeriod period, IReadOnlyList<(string?[] Key, UsageTotal Total)> rows)
{
    private readonly List<IGrouping<string, (string?[] Key, UsageTotal Total)>> _groups =
    [
        .. rows.GroupBy(row => row.Key[0] ?? "", StringComparer.Ordinal)
            .OrderByDescending(group => group.Sum(row => Dollars.Of(row.Total.Sums.CostPicos)))
            .ThenByDescending(group => group.Sum(row => row.Total.Sums.Tokens.Total)).ThenBy(group => group.Key, StringComparer.Ordinal),
    ];

    /// <summary>The groups that have a series of their own, in the order of their colours.</summary>
    public IReadOnlyList<string> Shown => [.. _groups.Take(ChartData.MaxSeries).Select(group => group.Key)];

    /// <summary>US dollars by group; those beyond the tenth together.</summary>
    /// <param name="name">What a group is called.</param>
    public ChartData Cost(Func<string, string> name) => new(period.Times, [.. Groups(name, sums => (double)Dollars.Of(sums.CostPicos))], Unit: "usd");

    /// <summary>Tokens by what they are; they add up to all tokens.</summary>
    public ChartData Tokens() => new(
        period.Times,
        [
            Sum("input", "s1", sums => sums.Tokens.UncachedInput), Sum("cache read", "s7", sums => sums.Tokens.CacheRead),
            Sum("cache write", "s6", sums => sums.Tokens.CacheWrite), Sum("output", "s2", sums => sums.Tokens.Output),
        ]);

    private IEnumerable<ChartSeries> Groups(Func<string, string> name, Func<UsageSums, double> figure)
    {
        foreach (var (group, place) in _groups.Take(ChartData.MaxSeries).Select((group, place) => (group, place)))
        {
            yield return ChartSeries.Of(name(group.Key), $"s{place + 1}", Bars(group, figure));
        }

        if (_groups.Count > ChartData.MaxSeries)
        {
            yield return ChartSeries.Of("others", "text-faint", Bars(_groups.Skip(ChartData.MaxSeries).SelectMany(group => group), figure));
        }
    }

    private ChartSeries Sum(string name, string colour, Func<UsageSums, double> figure) => ChartSeries.Of(name, colour, Bars(rows, figure));

    private double[] Bars(IEnumerable<(string?[] Key, UsageTotal Total)> of, Func<UsageSums, double> figure)
    {
        var bars = new double[period.Count];
        foreach (var (key, total) in of)
        {
            if (period.BarOf(key[1]) is { } bar)
            {
                bars[bar] += figure(total.Sums);
            }
        }

        return bars;
    }
}
