namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>How the points of a stored series become samples.</summary>
internal enum SampleFlow : byte
{
    /// <summary>As they are, staleness markers included: they came from Prometheus.</summary>
    Finished,

    /// <summary>As they are.</summary>
    Level,

    /// <summary>They count up from the start of their stream.</summary>
    Cumulative,

    /// <summary>They count what came since the point before; never less.</summary>
    Delta,

    /// <summary>They say how a level changed since the point before.</summary>
    LevelDelta,
}
