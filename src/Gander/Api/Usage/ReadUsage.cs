using System.Globalization;
using Gander.Hosting.Identities;
using Gander.Stores;
using Gander.Web;
using Microsoft.Extensions.Options;

namespace Gander.Api.Usage;

/// <summary><c>GET /api/usage</c>: cost, tokens and counts, told apart by whatever is asked for.</summary>
internal sealed class ReadUsage(ISessionSource sessions, ITelemetryStore store, PeopleFile people, Pseudonyms pseudonyms, IOptions<ApiOptions> options) : ApiEndpoint
{
    public override string Path => "/api/usage";

    public override string Summary => "Cost, tokens, sessions, calls and changes by person, team, model, tool, day and more.";

    public override string Description =>
        "What happened counts in the hour in which it began. Figures of rows add up to the total, except sessions and people, which count in every row they have a part in and once in the total. A tool counts for the model that asked for it; what is not a call of a tool has null for `tool`. With `format=csv` or `Accept: text/csv` the rows come as CSV.";

    public override IReadOnlyList<ApiParameter> Parameters => UsageRequest.Parameters;

    public override string ResponseSchema => "Usage";

    public override async Task AnswerAsync(ApiRequest request)
    {
        var asked = UsageRequest.Read(request, options.Value.MaxUsageGroups);
        var current = await sessions.FreshenAsync(request.CancellationToken);
        IReadOnlyList<UsageGroup> groups = asked.By.Count == 0 ? [] : await SumAsync(asked.Query, request.CancellationToken);
        var whole = await SumAsync(asked.Query with { By = [] }, request.CancellationToken);
        var report = UsageReport.Of(asked, groups, whole, people.Current, pseudonyms);
        if (asked.Csv)
        {
            await UsageCsv.WriteAsync(request.Context.Response, asked, report, request.CancellationToken);
            return;
        }

        await using var answer = request.BeginJson();
        await UsageJson.WriteAsync(answer, asked, report, current);
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
