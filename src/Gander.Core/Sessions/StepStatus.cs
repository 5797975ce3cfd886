namespace Gander.Sessions;

/// <summary>How a step ended; written in lower case.</summary>
public enum StepStatus
{
    /// <summary>The telemetry does not show it.</summary>
    Unknown,

    /// <summary>Well.</summary>
    Ok,

    /// <summary>It failed.</summary>
    Error,

    /// <summary>A person, a hook or a policy refused it.</summary>
    Denied,

    /// <summary>It was stopped before it was done.</summary>
    Interrupted,
}
