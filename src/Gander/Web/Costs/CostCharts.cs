using Gander.Api.Usage;
using Gander.Prices;
using Gander.Sessions.Usage;
using Gander.Web.Summary;

namespace Gander.Web.Costs;

/// <summary>The charts of the page of costs, from rows told apart by what the page groups by and by time.</summary>
/// <param name="period">The bars.</param>
/// <param name="rows">The rows; the first part of a key is the group, the second the time.</param>
/// <param name="ofAgents">Whether the groups are agents, which have a colour of their own on every page.</param>
internal sealed class CostCharts(CostPeriod period, IReadOnlyList<(string?[] Key, UsageTotal Total)> rows, bool ofAgents)
{
    private readonly List<IGrouping<string, (string?[] Key, UsageTotal Total)>> _groups =
    [
        .. rows.GroupBy(row => row.Key[0] ?? "", StringComparer.Ordinal)
            .OrderByDescending(group => group.Sum(row => Dollars.Of(row.Total.Sums.CostPicos)))
            .ThenByDescending(group => group.Sum(row => row.Total.Sums.Tokens.Total)).ThenBy(group => group.Key, StringComparer.Ordinal),
    ];

    private Dictionary<string, string>? _colours;

    /// <summary>The class of the colour of a group, such as c-3; null for one without a series of its own. No two groups share one.</summary>
    public string? ColourOf(string group) => (_colours ??= Colours()).GetValueOrDefault(group);

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

    /// <summary>Calls of models and tools, and those of both that failed.</summary>
    public ChartData Calls() => new(
        period.Times,
        [
            Sum("model calls", "s1", sums => sums.ModelCalls - sums.ModelErrors), Sum("tool calls", "s3", sums => sums.ToolCalls - sums.ToolFailures),
            Sum("failed", "error", sums => sums.ModelErrors + sums.ToolFailures),
        ]);

    // An agent has its own colour; where two would have the same, that of the smaller one is the next that is free.
    private Dictionary<string, string> Colours()
    {
        var free = Enumerable.Range(1, ChartData.MaxSeries).Select(place => $"c-{place}").ToList();
        var colours = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in _groups.Take(ChartData.MaxSeries))
        {
            var own = ofAgents ? AgentColour.Of(group.Key) : "";
            var colour = free.Contains(own) ? own : free[0];
            free.Remove(colour);
            colours.Add(group.Key, colour);
        }

        return colours;
    }

    private IEnumerable<ChartSeries> Groups(Func<string, string> name, Func<UsageSums, double> figure)
    {
        foreach (var group in _groups.Take(ChartData.MaxSeries))
        {
            yield return ChartSeries.Of(name(group.Key), ColourOf(group.Key)!.Replace("c-", "s", StringComparison.Ordinal), Bars(group, figure));
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
