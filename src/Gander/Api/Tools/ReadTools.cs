using Gander.Api.Calls;

namespace Gander.Api.Tools;

/// <summary><c>GET /api/tools</c>: how reliable and how fast tools were.</summary>
internal sealed class ReadTools(CallReader reader) : ApiEndpoint
{
    public override string Path => "/api/tools";

    public override string Summary => "Calls, failures, error texts and durations of tools, by tool and MCP server, with series for charts.";

    public override string Description =>
        "Made of the calls of sessions, whichever telemetry showed them; a call counts where it starts. Whether a call failed is not always known: failures are of the calls whose end is. Without start the range is the 24 hours before end.";

    public override IReadOnlyList<ApiParameter> Parameters { get; } =
    [
        .. CallParameters.Range,
        new("agent", "Only calls of this agent.", ApiParameterKind.Text, "goose"),
        new("user", "Only calls of this user.", ApiParameterKind.Text, "dev"),
        new("tool", "Only calls of this tool, as the agent names it.", ApiParameterKind.Text, "shell"),
        new("server", "Only calls of tools of this MCP server.", ApiParameterKind.Text, "github"),
        new("by", "What calls are told apart by: tool, server, agent, user; may be repeated. Without it tool and server.", ApiParameterKind.Repeated, "tool") { Words = Words },
        CallParameters.Buckets,
    ];

    public override string ResponseSchema => "Tools";

    private static string[] Words { get; } = ["tool", "server", "agent", "user"];

    public override async Task AnswerAsync(ApiRequest request)
    {
        var parameters = request.Parameters;
        var range = CallParameters.ReadRange(request);
        var query = new CallQuery(range, parameters.Text("agent"), parameters.Text("user"), parameters.Text("tool"), parameters.Text("server"));
        var by = CallParameters.ReadBy(parameters, Words, CallFields.Name | CallFields.Origin);
        var buckets = CallParameters.ReadBuckets(parameters);
        request.FinishParameters();

        var figures = new ToolFigures(query, by, buckets);
        var coverage = await reader.ReadAsync(query, figures.Add, request.CancellationToken);

        await using var answer = request.BeginJson();
        ToolsJson.Write(answer.Writer, figures, coverage);
    }
}
