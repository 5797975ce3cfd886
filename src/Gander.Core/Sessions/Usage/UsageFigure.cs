namespace Gander.Sessions.Usage;

/// <summary>The figures of usage that can be told apart in time. Kinds of tokens exclude each other, so that they add up.</summary>
[Flags]
public enum UsageFigure
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Tokens of the input that had nothing to do with a cache.</summary>
    InputTokens = 1,

    /// <summary>Tokens of the input that were read from a cache.</summary>
    CacheReadTokens = 2,

    /// <summary>Tokens of the input that were written to a cache.</summary>
    CacheWriteTokens = 4,

    /// <summary>Tokens of the output that were not reasoning.</summary>
    OutputTokens = 8,

    /// <summary>Tokens of the output that were reasoning.</summary>
    ReasoningTokens = 16,

    /// <summary>What the agent reported, pico-dollars.</summary>
    ReportedPicos = 32,

    /// <summary>The price of what it reported nothing for, pico-dollars.</summary>
    PricedPicos = 64,

    /// <summary>Tokens whose cost is not known.</summary>
    UnpricedTokens = 128,

    /// <summary>Turns that began.</summary>
    Turns = 256,

    /// <summary>Lines of code added.</summary>
    LinesAdded = 512,

    /// <summary>Lines of code removed.</summary>
    LinesRemoved = 1_024,

    /// <summary>Commits.</summary>
    Commits = 2_048,

    /// <summary>Pull requests.</summary>
    PullRequests = 4_096,
}
