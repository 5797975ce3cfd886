namespace Gander.Sessions.Facts;

/// <summary>What a log record or a span event means for its session.</summary>
internal enum LogFactKind : byte
{
    /// <summary>Only that the session was alive.</summary>
    Other,

    /// <summary>A process started or took up a session.</summary>
    SessionStarted,

    /// <summary>A process ended its part of a session.</summary>
    SessionCompleted,

    /// <summary>The token counter of a session.</summary>
    TokenCounter,

    /// <summary>A tool call started.</summary>
    ToolStarted,

    /// <summary>A tool call ended.</summary>
    ToolCompleted,

    /// <summary>The model asked for a tool call that could not be made: never offered, or not understandable.</summary>
    ToolRejected,

    /// <summary>The turn failed for a reason that the text tells.</summary>
    Failure,

    /// <summary>The conversation was shortened.</summary>
    Compaction,

    /// <summary>A person sent a prompt: a turn begins. Has <see cref="LogFacts.Call"/>, as all that follow.</summary>
    UserPrompt,

    /// <summary>Which provider the process asks from then on.</summary>
    ProviderNamed,

    /// <summary>A model began to answer; the answer is a record of its own.</summary>
    ModelStart,

    /// <summary>A model answered a call.</summary>
    ModelCall,

    /// <summary>A model call failed.</summary>
    ModelFailure,

    /// <summary>A tool call ended, well or not.</summary>
    ToolResult,

    /// <summary>It was decided whether a tool call may be made.</summary>
    ToolDecision,

    /// <summary>The text of a model's answer.</summary>
    Answer,

    /// <summary>A subagent is done.</summary>
    SubagentEnd,

    /// <summary>The agent says that the session ended.</summary>
    SessionEnd,
}
