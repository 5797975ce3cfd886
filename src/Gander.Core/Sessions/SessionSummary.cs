namespace Gander.Sessions;

/// <summary>
/// What a list shows of one session: one conversation of a person with an agent. Derived from telemetry by the fold; the
/// same telemetry in any order gives the same summary.
/// </summary>
public sealed record SessionSummary
{
    /// <summary>Stable and URL-safe; made of agent, user, host and session id, as two people's agents may give the same id.</summary>
    public required string Key { get; init; }

    /// <summary>The id as the agent names it, or empty when its telemetry never came with one.</summary>
    public required string Id { get; init; }

    /// <summary>The identity of the sending agent installation: agent, user and host.</summary>
    public required ulong EmitterId { get; init; }

    /// <summary>The agent, such as <c>goose</c>.</summary>
    public required string Agent { get; init; }

    /// <summary>The agent's version, or null.</summary>
    public string? AgentVersion { get; init; }

    /// <summary>The user, or null.</summary>
    public string? User { get; init; }

    /// <summary>Who used the agent, as its own records say; null when they say nothing.</summary>
    public SessionAccount? Account { get; init; }

    /// <summary>The team, or null.</summary>
    public string? Team { get; init; }

    /// <summary>The host, or null.</summary>
    public string? Host { get; init; }

    /// <summary>The repository that was worked on, as the agent's resource names it, or null.</summary>
    public string? Repository { get; init; }

    /// <summary>The project, as the agent's resource names it, or null.</summary>
    public string? Project { get; init; }

    /// <summary>The first instant seen, Unix nanoseconds.</summary>
    public required long StartNanos { get; init; }

    /// <summary>The last instant seen, Unix nanoseconds.</summary>
    public required long EndNanos { get; init; }

    /// <summary>How it stands.</summary>
    public required SessionStatus Status { get; init; }

    /// <summary>How the agent says it ended: normal, error, or null when it never said.</summary>
    public string? Exit { get; init; }

    /// <summary>The first line of the first prompt, at most 200 characters; null when content was not captured.</summary>
    public string? Title { get; init; }

    /// <summary>Models that were called, in order of first use.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Calls, tokens and reported cost by model and provider, in order of first use; their sums are those of the session.</summary>
    public IReadOnlyList<ModelUse> ModelUses { get; init; } = [];

    /// <summary>Providers that were called, in order of first use.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [];

    /// <summary>Turns.</summary>
    public int TurnCount { get; init; }

    /// <summary>Model calls.</summary>
    public int ModelCalls { get; init; }

    /// <summary>Model calls that failed.</summary>
    public int ModelErrors { get; init; }

    /// <summary>Tool calls.</summary>
    public int ToolCalls { get; init; }

    /// <summary>Tool calls known to have failed, refused ones included.</summary>
    public int ToolFailures { get; init; }

    /// <summary>The failures that were refusals by a person, a hook or a policy.</summary>
    public int ToolDenials { get; init; }

    /// <summary>Whether the telemetry would show every tool failure; when false there may be more.</summary>
    public bool ToolFailuresKnown { get; init; }

    /// <summary>Calls and failures by tool, by name.</summary>
    public IReadOnlyList<ToolUse> Tools { get; init; } = [];

    /// <summary>Tokens of this session alone, not of its subagents.</summary>
    public TokenUsage Tokens { get; init; }

    /// <summary>
    /// reported (by each model call), derived (from a counter of the whole session, so that input and output cannot be told
    /// apart and all stands under input) or unknown.
    /// </summary>
    public string TokensProvenance { get; init; } = "unknown";

    /// <summary>What the agent says the session cost, US dollars; null when it says nothing. Never a price we put on it.</summary>
    public decimal? ReportedCostUsd { get; init; }

    /// <summary>What the table of prices makes of the tokens, US dollars, also of those whose cost the agent reported; null when it knows none of them.</summary>
    public decimal? PricedCostUsd { get; init; }

    /// <summary>What it cost, US dollars: as reported, and as priced where nothing was; null when unpriced.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>reported, priced, mixed or unpriced.</summary>
    public string CostProvenance { get; init; } = "unpriced";

    /// <summary>The tokens whose cost is not known, neither reported nor priced.</summary>
    public long UnpricedTokens { get; init; }

    /// <summary>The version of the table of prices that was used, or null when none was.</summary>
    public string? PriceTable { get; init; }

    /// <summary>What it did to code, as far as the agent says.</summary>
    public CodeChanges Changes { get; init; }

    /// <summary>Time spent waiting for a person's decisions, nanoseconds; null when not told.</summary>
    public long? WaitNanos { get; init; }

    /// <summary>Time the person was active, by the agent's own measure, nanoseconds; null when not told.</summary>
    public long? ActiveUserNanos { get; init; }

    /// <summary>Time the agent was active, by its own measure, nanoseconds; null when not told.</summary>
    public long? ActiveAgentNanos { get; init; }

    /// <summary>Where its figures come from.</summary>
    public FigureSources Sources { get; init; }

    /// <summary>Figures on which sources disagree beyond rounding.</summary>
    public IReadOnlyList<SourceDifference> Differences { get; init; } = [];

    /// <summary>What is missing, why, and how to get it.</summary>
    public IReadOnlyList<MissingPart> Missing { get; init; } = [];

    /// <summary>The key of the session that delegated to this one, or null.</summary>
    public string? Parent { get; init; }

    /// <summary>The keys of sessions this one delegated to.</summary>
    public IReadOnlyList<string> Children { get; init; } = [];

    /// <summary>The processes that served the session, where the agent's records tell: where its records without a session id are found.</summary>
    public IReadOnlyList<SessionRun> Runs { get; init; } = [];

    /// <summary>How it will stand when it falls silent; null when it does not count as running, or when only folding it again can tell.</summary>
    public SilentState? WhenSilent { get; init; }

    /// <summary>The summary of the session after it fell silent; itself when that is not known.</summary>
    public SessionSummary Silenced() => WhenSilent is { } silent ? this with { Status = silent.Status, Missing = silent.Missing, WhenSilent = null } : this;
}
