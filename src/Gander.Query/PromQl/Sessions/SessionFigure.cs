namespace Gander.Query.PromQl.Sessions;

/// <summary>What the metrics made of sessions count.</summary>
public enum SessionFigure
{
    /// <summary>Sessions that began.</summary>
    Sessions,

    /// <summary>How long they took.</summary>
    SessionDuration,

    /// <summary>Sessions that go on at an instant.</summary>
    ActiveSessions,

    /// <summary>Turns that began.</summary>
    Turns,

    /// <summary>Calls of models.</summary>
    ModelCalls,

    /// <summary>How long answered calls of models took.</summary>
    ModelCallDuration,

    /// <summary>The time to their first byte.</summary>
    FirstByte,

    /// <summary>Tokens by kind.</summary>
    Tokens,

    /// <summary>Cost by provenance.</summary>
    Cost,

    /// <summary>Tokens whose cost is not known.</summary>
    UnpricedTokens,

    /// <summary>Calls of tools.</summary>
    ToolCalls,

    /// <summary>How long they took.</summary>
    ToolCallDuration,

    /// <summary>Time spent waiting for a person's decision about them.</summary>
    ToolWait,

    /// <summary>Lines of code added and removed.</summary>
    Lines,

    /// <summary>Commits.</summary>
    Commits,

    /// <summary>Pull requests.</summary>
    PullRequests,
}
