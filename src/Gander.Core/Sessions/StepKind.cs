namespace Gander.Sessions;

/// <summary>The sorts of steps; written in lower case.</summary>
public enum StepKind
{
    /// <summary>Anything else.</summary>
    Other,

    /// <summary>A call of a model.</summary>
    Model,

    /// <summary>A call of a tool.</summary>
    Tool,

    /// <summary>Another agent working for this one.</summary>
    Subagent,

    /// <summary>Waiting for a person.</summary>
    Wait,
}
