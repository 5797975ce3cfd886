namespace Gander.Agent.Telemetry.Settings;

/// <summary>Whether a point counts from the start of the process or from the point before it.</summary>
internal enum MetricTemporality
{
    /// <summary>From the start.</summary>
    Cumulative,

    /// <summary>From the point before. Both <c>delta</c> and <c>lowmemory</c> mean this for counters and histograms, the only kinds the agent has.</summary>
    Delta,
}
