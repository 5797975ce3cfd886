using System.Text.Json;
using Gander.Api.Calls;
using Gander.Sessions;
using Microsoft.Extensions.Options;

namespace Gander.Api.Models;

/// <summary><c>GET /api/models</c>: how fast and how reliable models were.</summary>
internal sealed class ReadModels(CallReader reader, IOptions<ApiOptions> options) : ReadCalls<ModelLine>(reader, options)
{
    public override string Path => "/api/models";

    public override string Summary => "Latency, errors and tokens of model calls, by model and provider, with series for charts.";

    public override string Description =>
        "Made of the calls of sessions, whichever telemetry showed them; a call counts where it starts. Quantiles are exact and nearest-rank: a measured value, over the calls that were answered. Without start the range is the 24 hours before end.";

    public override string ResponseSchema => "Models";

    protected override StepKind Kind => StepKind.Model;

    protected override IReadOnlyList<ApiParameter> Filters { get; } =
    [
        new("agent", "Only calls of this agent.", ApiParameterKind.Text, "goose"),
        new("user", "Only calls of this user.", ApiParameterKind.Text, "dev"),
        new("model", "Only calls of this model, as the agent names it.", ApiParameterKind.Text, "gpt-4o"),
        new("provider", "Only calls of this provider.", ApiParameterKind.Text, "openai"),
    ];

    protected override string[] Words { get; } = ["model", "provider", "agent", "user"];

    protected override IReadOnlyDictionary<string, Func<ModelLine, double?>> Sorts => ModelLine.Sorts;

    protected override string ListName => "models";

    protected override ModelLine Make(CallKey key, int buckets) => new(key, buckets);

    protected override void WriteFigures(Utf8JsonWriter json, ModelLine line, bool isTotal)
    {
        json.WriteNumber("sessions", line.Sessions);
        json.WriteNumber("calls", line.Calls);
        json.WriteNumber("errors", line.Errors);
        json.WriteNumber("unknown", line.Unknown);
        CallJson.WriteMeasured(json, "durationMs", line.Durations);
        CallJson.WriteMeasured(json, "firstByteMs", line.FirstBytes);
        json.WriteTokens("tokens", line.Tokens);
        json.WriteNumber("callsWithTokens", line.CallsWithTokens);
        CallJson.WriteSources(json, "tokensSources", line.TokensFrom);
        json.WriteFigure("outputTokensPerSecond", line.TokensPerSecond is { } rate ? (decimal)Math.Round(rate, 3) : null);
        json.WriteFigure("reportedCostUsd", line.ReportedCostUsd);
    }

    protected override void WriteSeries(Utf8JsonWriter json, ModelLine line, int buckets)
    {
        var durations = line.Durations.QuantilesByBucket(buckets, 0.5, 0.95, 0.99);
        var firstBytes = line.FirstBytes.QuantilesByBucket(buckets, 0.5, 0.95);
        CallJson.WriteColumn(json, "calls", line.CallSeries.Select(count => (long)count));
        CallJson.WriteColumn(json, "errors", line.ErrorSeries.Select(count => (long)count));
        CallJson.WriteColumn(json, "outputTokens", line.OutputSeries);
        CallJson.WriteColumn(json, "p50", durations[0]);
        CallJson.WriteColumn(json, "p95", durations[1]);
        CallJson.WriteColumn(json, "p99", durations[2]);
        CallJson.WriteColumn(json, "firstByteP50", firstBytes[0]);
        CallJson.WriteColumn(json, "firstByteP95", firstBytes[1]);
    }
}
