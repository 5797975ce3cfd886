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

    /// <summary>The MCP server of a tool; else empty.</summary>
    public string McpServer { get; init; }

    /// <summary>The subagent that did it; empty for the session's own agent.</summary>
    public string Subagent { get; init; }

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

    /// <summary>What the agent says it cost, US dollars; null when it says nothing.</summary>
    public decimal? ReportedCostUsd { get; init; }

    /// <summary>The part of the length spent waiting for a person's decision, nanoseconds; null when not told.</summary>
    public long? WaitNanos { get; init; }

    /// <summary>Where the tokens come from.</summary>
    public FigureSource TokensSource { get; init; }

    /// <summary>Where the outcome comes from.</summary>
    public FigureSource OutcomeSource { get; init; }
}
