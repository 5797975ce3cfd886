using System.Globalization;
using Gander.Hosting.Identities;
using Gander.Stores;
using Gander.Web;

namespace Gander.Api.Usage;

/// <summary>Reads usage for API and pages, with who is who. Thread-safe.</summary>
internal sealed class UsageReader(ISessionSource sessions, ITelemetryStore store, PeopleFile people, Pseudonyms pseudonyms)
{
    /// <summary>The report, and whether all telemetry that was acknowledged is in it.</summary>
    /// <exception cref="ApiException">There are more combinations than may be told apart.</exception>
    public async Task<(UsageReport Report, bool Current)> ReadAsync(UsageRequest asked, CancellationToken cancellationToken)
    {
        var current = await sessions.FreshenAsync(cancellationToken);
        var query = asked.QueryOf(people.Current, pseudonyms);
        IReadOnlyList<UsageGroup> groups = asked.By.Count == 0 ? [] : await SumAsync(query, cancellationToken);
        var whole = await SumAsync(query with { By = [] }, cancellationToken);
        return (UsageReport.Of(asked, groups, whole, pseudonyms), current);
    }

    private async Task<IReadOnlyList<UsageGroup>> SumAsync(UsageQuery query, CancellationToken cancellationToken)
    {
        var groups = await store.Sessions.SumUsageAsync(query, cancellationToken);
        return groups.Count <= query.MaxGroups
            ? groups
            : throw new ApiException(
                StatusCodes.Status400BadRequest,
                "too_many_groups",
                string.Create(CultureInfo.InvariantCulture, $"There are more than {query.MaxGroups} combinations of what by names; ask for a shorter range, add a filter, or name less"),
                "by");
    }
}
