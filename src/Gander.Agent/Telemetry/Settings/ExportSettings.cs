namespace Gander.Agent.Telemetry.Settings;

/// <summary>All that the environment and the configuration file say about telemetry.</summary>
internal sealed record ExportSettings
{
    public required SignalSettings Traces { get; init; }

    public required SignalSettings Metrics { get; init; }

    public required SignalSettings Logs { get; init; }

    public required TraceSampler Sampler { get; init; }

    public required MetricTemporality Temporality { get; init; }

    /// <summary>Prompts, answers and what tools were given and gave: whether they may leave.</summary>
    public required bool CapturesContent { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Resource { get; init; }

    public required TimeSpan SpanInterval { get; init; }

    public required TimeSpan LogInterval { get; init; }

    public required TimeSpan MetricInterval { get; init; }

    /// <summary>How long the end of the agent may be held up.</summary>
    public required TimeSpan ShutdownTimeout { get; init; }

    public bool IsOn => Traces.IsOn || Metrics.IsOn || Logs.IsOn;
}
