namespace Gander.Sessions;

/// <summary>Which telemetry a figure was read from, where the same thing came in several; written in camel case.</summary>
public enum FigureSource
{
    /// <summary>There is no figure.</summary>
    Unknown,

    /// <summary>A span that shows the thing itself.</summary>
    Span,

    /// <summary>A log record that tells of it.</summary>
    Log,

    /// <summary>A metric of the emitter.</summary>
    Metric,

    /// <summary>Worked out from other telemetry, such as the steps around it.</summary>
    Derived,

    /// <summary>Parts come from different sources.</summary>
    Mixed,
}
