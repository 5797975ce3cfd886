namespace Gander.Sessions;

/// <summary>Where a step's length comes from; written in lower case.</summary>
public enum DurationProvenance
{
    /// <summary>There is no length.</summary>
    Unknown,

    /// <summary>The span lasts as long as the thing it names.</summary>
    Span,

    /// <summary>From the steps around it, because the span ends early.</summary>
    Derived,

    /// <summary>A log record of the agent says it.</summary>
    Reported,
}
