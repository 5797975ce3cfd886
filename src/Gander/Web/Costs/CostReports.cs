using Gander.Api.Usage;
using Gander.Prices;
using Gander.Sessions.Usage;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Web.Costs;

/// <summary>What the page of costs shows.</summary>
/// <param name="Now">Rows of the range.</param>
/// <param name="Before">The same of as long a time before it.</param>
/// <param name="Period">The bars.</param>
/// <param name="Charts">The charts.</param>
/// <param name="ByAgent">Whether the chart shows agents, because the groups would be too many or times themselves.</param>
internal sealed record CostReports(UsageReport Now, UsageReport Before, CostPeriod Period, CostCharts Charts, bool ByAgent)
{
    private const int MaxRows = 200;
    private const int AllRows = int.MaxValue;

    /// <summary>Reads them.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="filter">What counts, without a range.</param>
    /// <param name="range">The range, which is widened to whole hours.</param>
    /// <param name="grouping">What rows are for.</param>
    /// <param name="per">hour, day, week, or null for what fits.</param>
    /// <param name="sort">What rows are sorted by, in the words of the API.</param>
    /// <param name="maxGroups">Combinations that may be told apart.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="Api.ApiException">There are more combinations than may be told apart.</exception>
    public static async Task<CostReports> ReadAsync(
        UsageReader reader, CostFilter filter, TimeRange range, CostGrouping grouping, string? per, string sort, int maxGroups, CancellationToken cancellationToken)
    {
        var whole = new TimeRange(UsageRow.HourOf(range.StartNanos), UsageRow.HourOf(range.EndNanos + UsageRow.HourNanos - 1));
        var length = whole.EndNanos - whole.StartNanos;
        var before = new TimeRange(Math.Max(0, whole.StartNanos - length), whole.StartNanos);
        var period = CostPeriod.Of(per, whole);
        var byAgent = grouping.Name is "session" or "day";

        var (now, _) = await reader.ReadAsync(Ask(filter, whole, maxGroups, sort, MaxRows, grouping.Name), cancellationToken);
        var (past, _) = await reader.ReadAsync(grouping.Name is "session" or "day" ? Ask(filter, before, maxGroups, sort, MaxRows) : Ask(filter, before, maxGroups, sort, AllRows, grouping.Name), cancellationToken);
        var (bars, _) = await reader.ReadAsync(Ask(filter, whole, maxGroups, "key", AllRows, byAgent ? "agent" : grouping.Name, period.By), cancellationToken);
        return new CostReports(now, past, period, new CostCharts(period, bars.Rows, byAgent || grouping.Name == "agent"), byAgent) { Filter = filter, Whole = whole, MaxGroups = maxGroups };
    }

    /// <summary>What counts.</summary>
    private CostFilter Filter { get; init; } = null!;

    /// <summary>The range in whole hours.</summary>
    private TimeRange Whole { get; init; }

    /// <summary>Combinations that may be told apart.</summary>
    private int MaxGroups { get; init; }

    /// <summary>How cost changed: ▲ 12 %, ▼ 3 %, = for not at all, new for what cost nothing before, a dash for nothing both times.</summary>
    public static string Delta(UsageSums now, UsageSums before)
    {
        var (cost, past) = (Dollars.Of(now.CostPicos), Dollars.Of(before.CostPicos));
        return past == 0 ? (cost == 0 ? Figures.Unknown : "new") : cost == past ? "=" : $"{(cost > past ? "▲" : "▼")} {Figures.Percent((double)(Math.Abs(cost - past) / past))}";
    }

    /// <summary>More of the same range and filter.</summary>
    /// <exception cref="Api.ApiException">There are more combinations than may be told apart.</exception>
    public async Task<UsageReport> AskAsync(UsageReader reader, string sort, int limit, CancellationToken cancellationToken, params string[] by) =>
        (await reader.ReadAsync(Ask(Filter, Whole, MaxGroups, sort, limit, by), cancellationToken)).Report;

    private static UsageRequest Ask(CostFilter filter, TimeRange range, int maxGroups, string sort, int limit, params string[] by)
    {
        var dimensions = by.Select(name => UsageBy.All.Single(one => one.Name == name)).ToList();
        return new UsageRequest(
            new UsageQuery(range, [.. dimensions.Select(one => one.Dimension)], maxGroups) { Agent = filter.Agent, Model = filter.Model, Repository = filter.Repository },
            dimensions, sort, limit)
        { User = filter.User, Team = filter.Team };
    }
}
