namespace Gander.Load;

/// <summary>What a run sends.</summary>
public enum LoadSignal
{
    /// <summary>Spans.</summary>
    Traces,

    /// <summary>Log records.</summary>
    Logs,

    /// <summary>Metric data points.</summary>
    Metrics,
}
