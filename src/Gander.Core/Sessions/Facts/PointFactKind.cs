namespace Gander.Sessions.Facts;

/// <summary>What a metric of an agent counts, as far as sessions are concerned.</summary>
internal enum PointFactKind : byte
{
    /// <summary>Nothing that sessions show.</summary>
    None,

    /// <summary>Input tokens, as the agent counts them.</summary>
    InputTokens,

    /// <summary>Output tokens, as the agent counts them.</summary>
    OutputTokens,

    /// <summary>Tokens read from a cache.</summary>
    CacheReadTokens,

    /// <summary>Tokens written to a cache.</summary>
    CacheWriteTokens,

    /// <summary>Reasoning tokens.</summary>
    ReasoningTokens,

    /// <summary>Cost, US dollars.</summary>
    Cost,

    /// <summary>Lines added.</summary>
    LinesAdded,

    /// <summary>Lines removed.</summary>
    LinesRemoved,

    /// <summary>Commits.</summary>
    Commits,

    /// <summary>Pull requests.</summary>
    PullRequests,

    /// <summary>Seconds the person was active.</summary>
    UserSeconds,

    /// <summary>Seconds the agent was active.</summary>
    AgentSeconds,

    /// <summary>Only that the session was alive.</summary>
    Alive,
}
