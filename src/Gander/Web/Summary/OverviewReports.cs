using Gander.Api;
using Gander.Api.Usage;
using Gander.Sessions;
using Gander.Sessions.Usage;
using Gander.Stores;
using Gander.Telemetry;
using Gander.Web.Costs;

namespace Gander.Web.Summary;

/// <summary>What the overview shows: the same sums as the page of costs, over all sessions of the range.</summary>
/// <param name="Costs">Sums by agent and over time, and those of as long a time before.</param>
/// <param name="ByStatus">Sessions by how they stand.</param>
/// <param name="FailingTools">Tools with failures, most failures first.</param>
/// <param name="Dearest">The sessions that cost most, with what they cost in the range; null where there are too many to tell.</param>
internal sealed record OverviewReports(
    CostReports Costs, IReadOnlyDictionary<string, long> ByStatus, IReadOnlyList<(string Name, UsageSums Sums)> FailingTools, IReadOnlyList<(SessionSummary Session, UsageSums Sums)>? Dearest)
{
    private const int MaxTools = 8;
    private const int MaxSessions = 8;

    private static readonly CostFilter Everything = new(null, null, null, null, null);

    /// <summary>Reads them.</summary>
    /// <exception cref="ApiException">There are more combinations than may be told apart.</exception>
    public static async Task<OverviewReports> ReadAsync(UsageReader reader, ISessionStore sessions, TimeRange range, int maxGroups, CancellationToken cancellationToken)
    {
        var costs = await CostReports.ReadAsync(reader, Everything, range, CostGrouping.Find("agent"), per: null, sort: "cost", maxGroups, cancellationToken);
        var statuses = await costs.AskAsync(reader, "sessions", int.MaxValue, cancellationToken, "status");
        var tools = await costs.AskAsync(reader, "key", int.MaxValue, cancellationToken, "tool");
        return new OverviewReports(
            costs,
            statuses.Rows.ToDictionary(row => row.Key[0] ?? "", row => row.Total.Sessions, StringComparer.Ordinal),
            [
                .. from row in tools.Rows
                   where row.Key[0] is { Length: > 0 } && row.Total.Sums.ToolFailures > 0
                   orderby row.Total.Sums.ToolFailures descending, row.Key[0]
                   select (row.Key[0]!, row.Total.Sums),
            ],
            await DearestAsync(costs, reader, sessions, cancellationToken));
    }

    /// <summary>The tools that a page shows.</summary>
    public IEnumerable<(string Name, UsageSums Sums)> WorstTools => FailingTools.Take(MaxTools);

    private static async Task<IReadOnlyList<(SessionSummary, UsageSums)>?> DearestAsync(CostReports costs, UsageReader reader, ISessionStore sessions, CancellationToken cancellationToken)
    {
        try
        {
            var dearest = new List<(SessionSummary, UsageSums)>();
            foreach (var (key, total) in (await costs.AskAsync(reader, "cost", MaxSessions, cancellationToken, "session")).Rows)
            {
                if (total.Sums.CostPicos > 0 && key[0] is { } session && await sessions.FindAsync(session, cancellationToken) is { } summary)
                {
                    dearest.Add((summary, total.Sums));
                }
            }

            return dearest;
        }
        catch (ApiException tooMany) when (tooMany.Code == "too_many_groups")
        {
            return null;
        }
    }
}
