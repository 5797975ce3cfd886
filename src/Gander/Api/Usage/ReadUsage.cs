using Microsoft.Extensions.Options;

namespace Gander.Api.Usage;

/// <summary><c>GET /api/usage</c>: cost, tokens and counts, told apart by whatever is asked for.</summary>
internal sealed class ReadUsage(UsageReader reader, IOptions<ApiOptions> options) : ApiEndpoint
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
        var (report, current) = await reader.ReadAsync(asked, request.CancellationToken);
        if (asked.Csv)
        {
            await UsageCsv.WriteAsync(request.Context.Response, asked, report, request.CancellationToken);
            return;
        }

        await using var answer = request.BeginJson();
        await UsageJson.WriteAsync(answer, asked, report, current);
    }
}
