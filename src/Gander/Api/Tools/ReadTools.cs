using System.Text.Json;
using Gander.Api.Calls;
using Gander.Sessions;
using Microsoft.Extensions.Options;

namespace Gander.Api.Tools;

/// <summary><c>GET /api/tools</c>: how reliable and how fast tools were.</summary>
internal sealed class ReadTools(CallReader reader, IOptions<ApiOptions> options) : ReadCalls<ToolLine>(reader, options)
{
    private const int MaxErrors = 10;
    private const int MaxErrorsOfAll = 50;

    public override string Path => "/api/tools";

    public override string Summary => "Calls, failures, error texts and durations of tools, by tool and MCP server, with series for charts.";

    public override string Description =>
        "Made of the calls of sessions, whichever telemetry showed them; a call counts where it starts. Whether a call failed is not always known: failures are of the calls whose end is. Without start the range is the 24 hours before end.";

    public override string ResponseSchema => "Tools";

    protected override StepKind Kind => StepKind.Tool;

    protected override IReadOnlyList<ApiParameter> Filters { get; } =
    [
        new("agent", "Only calls of this agent.", ApiParameterKind.Text, "goose"),
        new("user", "Only calls of this user.", ApiParameterKind.Text, "dev"),
        new("tool", "Only calls of this tool, as the agent names it.", ApiParameterKind.Text, "shell"),
        new("server", "Only calls of tools of this MCP server.", ApiParameterKind.Text, "github"),
    ];

    protected override string[] Words { get; } = ["tool", "server", "agent", "user"];

    protected override IReadOnlyDictionary<string, Func<ToolLine, double?>> Sorts => ToolLine.Sorts;

    protected override string ListName => "tools";

    protected override ToolLine Make(CallKey key, int buckets) => new(key, buckets);

    protected override void WriteFigures(Utf8JsonWriter json, ToolLine line, bool isTotal)
    {
        json.WriteNumber("sessions", line.Sessions);
        json.WriteNumber("calls", line.Calls);
        json.WriteNumber("failures", line.Failures);
        json.WriteNumber("denials", line.Denials);
        json.WriteNumber("interrupted", line.Interrupted);
        json.WriteNumber("unknown", line.Unknown);
        CallJson.WriteMeasured(json, "durationMs", line.Durations);
        json.WriteMillis("waitMs", line.WaitNanos);
        CallJson.WriteSources(json, "outcomeSources", line.OutcomesFrom);
        json.WriteStartArray("errors");
        foreach (var error in line.Errors.All.Take(isTotal ? MaxErrorsOfAll : MaxErrors))
        {
            WriteError(json, error);
        }

        json.WriteEndArray();
        json.WriteNumber("errorTexts", line.Errors.Count);
        json.WriteNumber("errorsUntold", line.Errors.Untold);
        json.WriteNumber("errorsBeyond", line.Errors.Beyond);
    }

    protected override void WriteSeries(Utf8JsonWriter json, ToolLine line, int buckets)
    {
        var durations = line.Durations.QuantilesByBucket(buckets, 0.5, 0.95);
        CallJson.WriteColumn(json, "calls", line.CallSeries.Select(count => (long)count));
        CallJson.WriteColumn(json, "failures", line.ErrorSeries.Select(count => (long)count));
        CallJson.WriteColumn(json, "p50", durations[0]);
        CallJson.WriteColumn(json, "p95", durations[1]);
    }

    private static void WriteError(Utf8JsonWriter json, ToolError error)
    {
        json.WriteStartObject();
        json.WriteString("template", error.Template);
        json.WriteNumber("calls", error.Count);
        json.WriteString("example", error.Example);
        json.WriteString("tool", error.Tool);
        json.WriteString("agent", error.Agent);
        json.WriteTime("last", error.LastNanos);
        json.WriteString("sessionKey", error.SessionKey);
        json.WriteNumber("turn", error.Turn);
        json.WriteNumber("step", error.Step);
        json.WriteEndObject();
    }
}
