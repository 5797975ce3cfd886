using Gander.Prometheus.Parameters;

namespace Gander.Prometheus.Queries;

/// <summary>What a request may say of how its query is evaluated.</summary>
/// <param name="LookbackMillis">How far back an instant selector looks; the configured time when it is null or not above 0.</param>
/// <param name="CountsSteps">Whether samples are counted by step.</param>
internal readonly record struct EngineParameters(long? LookbackMillis, bool CountsSteps)
{
    /// <summary>Reads <c>lookback_delta</c> and <c>stats</c>; any statistics have the samples counted as Prometheus does.</summary>
    public static EngineParameters Of(RequestParameters parameters) =>
        new(parameters.Duration("lookback_delta"), parameters.Text("stats").Length > 0);
}
