namespace Gander.Sessions;

/// <summary>How a session, a turn or a step stands; written in lower case.</summary>
public enum SessionStatus
{
    /// <summary>Not enough is known.</summary>
    Unknown,

    /// <summary>It ended well.</summary>
    Ok,

    /// <summary>It failed.</summary>
    Error,

    /// <summary>It was stopped by a person or a signal before it was done.</summary>
    Interrupted,

    /// <summary>It has not ended as far as is known, and telemetry came lately.</summary>
    Running,
}
