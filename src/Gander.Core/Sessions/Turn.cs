using Gander.Telemetry;

namespace Gander.Sessions;

/// <summary>One user message and all that follows until the answer.</summary>
public sealed record Turn
{
    /// <summary>Position in the session, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Start, Unix nanoseconds.</summary>
    public required long StartNanos { get; init; }

    /// <summary>End, Unix nanoseconds.</summary>
    public required long EndNanos { get; init; }

    /// <summary>How it stands.</summary>
    public required SessionStatus Status { get; init; }

    /// <summary>The turn's trace, or empty.</summary>
    public TraceId TraceId { get; init; }

    /// <summary>The user's text, without what the agent added; null when content was not captured.</summary>
    public string? Prompt { get; init; }

    /// <summary>The final answer; null when content was not captured or there was none.</summary>
    public string? Answer { get; init; }

    /// <summary>Why it failed, in the agent's words, or null.</summary>
    public string? Error { get; init; }

    /// <summary>What the agent did, earliest first.</summary>
    public IReadOnlyList<Step> Steps { get; init; } = [];

    /// <summary>Tokens of its steps.</summary>
    public TokenUsage Tokens { get; init; }

    /// <summary>What the agent says its steps cost, US dollars; null when it says nothing.</summary>
    public decimal? ReportedCostUsd { get; init; }

    /// <summary>Time spent waiting for a person's decisions, nanoseconds; null when not told.</summary>
    public long? WaitNanos { get; init; }

    /// <summary>Where its figures come from.</summary>
    public FigureSources Sources { get; init; }
}
