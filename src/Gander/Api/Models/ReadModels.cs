using Gander.Api.Calls;

namespace Gander.Api.Models;

/// <summary><c>GET /api/models</c>: how fast and how reliable models were.</summary>
internal sealed class ReadModels(CallReader reader) : ApiEndpoint
{
    public override string Path => "/api/models";

    public override string Summary => "Latency, errors and tokens of model calls, by model and provider, with series for charts.";

    public override string Description =>
        "Made of the calls of sessions, whichever telemetry showed them; a call counts where it starts. Quantiles are exact and nearest-rank: a measured value, over the calls that were answered. Without start the range is the 24 hours before end.";

    public override IReadOnlyList<ApiParameter> Parameters { get; } =
    [
        .. CallParameters.Range,
        new("agent", "Only calls of this agent.", ApiParameterKind.Text, "goose"),
        new("user", "Only calls of this user.", ApiParameterKind.Text, "dev"),
        new("model", "Only calls of this model, as the agent names it.", ApiParameterKind.Text, "gpt-4o"),
        new("provider", "Only calls of this provider.", ApiParameterKind.Text, "openai"),
        new("by", "What calls are told apart by: model, provider, agent, user; may be repeated. Without it model and provider.", ApiParameterKind.Repeated, "model") { Words = Words },
        CallParameters.Buckets,
    ];

    public override string ResponseSchema => "Models";

    private static string[] Words { get; } = ["model", "provider", "agent", "user"];

    public override async Task AnswerAsync(ApiRequest request)
    {
        var parameters = request.Parameters;
        var range = CallParameters.ReadRange(request);
        var query = new CallQuery(range, parameters.Text("agent"), parameters.Text("user"), parameters.Text("model"), parameters.Text("provider"));
        var by = CallParameters.ReadBy(parameters, Words, CallFields.Name | CallFields.Origin);
        var buckets = CallParameters.ReadBuckets(parameters);
        request.FinishParameters();

        var figures = new ModelFigures(query, by, buckets);
        var coverage = await reader.ReadAsync(query, figures.Add, request.CancellationToken);

        await using var answer = request.BeginJson();
        ModelsJson.Write(answer.Writer, figures, coverage);
    }
}
