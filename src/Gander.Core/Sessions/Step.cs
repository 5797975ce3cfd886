using Gander.Telemetry;

namespace Gander.Sessions;

/// <summary>One thing the agent did inside a turn.</summary>
public sealed record Step
{
    private readonly ToldChanges? _changes;

    /// <summary>What sort of thing.</summary>
    public required StepKind Kind { get; init; }

    /// <summary>The model, the tool or the subagent.</summary>
    public required string Name { get; init; }

    /// <summary>Start, Unix nanoseconds.</summary>
    public required long StartNanos { get; init; }

    /// <summary>Length in nanoseconds, or null when it is unknown.</summary>
    public long? DurationNanos { get; init; }

    /// <summary>Where the length comes from.</summary>
    public DurationProvenance DurationProvenance { get; init; }

    /// <summary>From the request to the first byte of a model's answer, nanoseconds, or null.</summary>
    public long? FirstByteNanos { get; init; }

    /// <summary>How it ended.</summary>
    public StepStatus Status { get; init; }

    /// <summary>What went wrong, in the agent's words, or null.</summary>
    public string? Error { get; init; }

    /// <summary>The provider of a model call, or null.</summary>
    public string? Provider { get; init; }

    /// <summary>Tokens of a model call, or null.</summary>
    public TokenUsage? Tokens { get; init; }

    /// <summary>What the agent says it cost, US dollars; null when it says nothing. Never a price we put on it.</summary>
    public decimal? ReportedCostUsd { get; init; }

    /// <summary>What the table of prices makes of its tokens, US dollars; null where it does not know. Stands beside what the agent reported.</summary>
    public decimal? PricedCostUsd { get; internal set; }

    /// <summary>What it cost, US dollars: as reported, else as priced; null when unpriced.</summary>
    public decimal? CostUsd => ReportedCostUsd ?? PricedCostUsd;

    /// <summary>How often the model was asked until it answered or was given up; null when not told.</summary>
    public int? Attempts { get; init; }

    /// <summary>The agent's own id of the call, or null: what its log record and its span have in common.</summary>
    public string? CallId { get; init; }

    /// <summary>The subagent that did it, or null for the session's own agent.</summary>
    public string? Agent { get; init; }

    /// <summary>The MCP server of a tool, or null.</summary>
    public string? McpServer { get; init; }

    /// <summary>The part of the length spent waiting for a person's decision, nanoseconds; null when not told.</summary>
    public long? WaitNanos { get; init; }

    /// <summary>Who decided whether a tool may run, in the agent's words such as <c>config</c> or <c>user_reject</c>; null when not told.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>What it did to code, as far as the agent says.</summary>
    public CodeChanges Changes
    {
        get => _changes?.Value ?? default;
        init => _changes = value == default ? null : new ToldChanges(value);
    }

    /// <summary>Where its figures come from. That of the length follows <see cref="DurationProvenance"/>.</summary>
    public FigureSources Sources
    {
        get => field with
        {
            Duration = DurationProvenance switch
            {
                DurationProvenance.Span => FigureSource.Span,
                DurationProvenance.Derived => FigureSource.Derived,
                DurationProvenance.Reported => FigureSource.Log,
                _ => FigureSource.Unknown,
            },
        };
        init;
    }

    /// <summary>What went in: messages or arguments; null when content was not captured.</summary>
    public string? Input { get; init; }

    /// <summary>What came out; null when content was not captured.</summary>
    public string? Output { get; init; }

    /// <summary>The key of the subagent's session, for a subagent step.</summary>
    public string? SessionKey { get; init; }

    /// <summary>The step's trace, or empty.</summary>
    public TraceId TraceId { get; init; }

    /// <summary>The step's span, or empty when no span shows it.</summary>
    public SpanId SpanId { get; init; }

    // Most steps do nothing to code: these have no room for it.
    private sealed record ToldChanges(CodeChanges Value);
}
