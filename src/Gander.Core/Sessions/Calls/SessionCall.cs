namespace Gander.Sessions.Calls;

/// <summary>One model call, tool call, piece of delegated work or wait of a session, without its texts.</summary>
public readonly record struct SessionCall
{
    /// <summary>What sort of step it was.</summary>
    public required StepKind Kind { get; init; }

    /// <summary>The model, the tool or the subagent, as the agent names it.</summary>
    public required string Name { get; init; }

    /// <summary>The provider of a model call; else empty.</summary>
    public string Provider { get; init; }

    /// <summary>What went wrong, in the agent's words, at most <see cref="SessionCalls.MaxErrorLength"/> characters; empty when nothing did or it was not told.</summary>
    public string Error { get; init; }

    /// <summary>The turn it belongs to, from 0.</summary>
    public required int Turn { get; init; }

    /// <summary>Its place among the steps of the turn, from 0.</summary>
    public required int Step { get; init; }

    /// <summary>Start, Unix nanoseconds.</summary>
    public required long StartNanos { get; init; }

    /// <summary>Length in nanoseconds, 0 or more; null when it is unknown.</summary>
    public long? DurationNanos { get; init; }

    /// <summary>Where the length comes from.</summary>
    public DurationProvenance DurationProvenance { get; init; }

    /// <summary>From the request to the first byte of a model's answer, nanoseconds; null when it is unknown.</summary>
    public long? FirstByteNanos { get; init; }

    /// <summary>How it ended.</summary>
    public StepStatus Status { get; init; }

    /// <summary>Tokens of a model call, or null.</summary>
    public TokenUsage? Tokens { get; init; }
}
