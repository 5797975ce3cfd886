namespace Gander.Sessions.Agents;

/// <summary>What a dialect needs to say what a session is missing.</summary>
internal sealed record SessionShape
{
    /// <summary>The session's turns.</summary>
    public required IReadOnlyList<Turn> Turns { get; init; }

    /// <summary>The processes that served it.</summary>
    public required IReadOnlyList<SessionRun> Runs { get; init; }

    /// <summary>How the session stands.</summary>
    public required SessionStatus Status { get; init; }

    /// <summary>Whether it is a subagent's.</summary>
    public required bool IsSubagent { get; init; }

    /// <summary>Whether texts were captured on any span.</summary>
    public required bool HasContent { get; init; }

    /// <summary>Whether its traces are not sampled.</summary>
    public required bool Unsampled { get; init; }

    /// <summary>Whether several processes may have served it and nothing tells which.</summary>
    public required bool Ambiguous { get; init; }

    /// <summary>Events that were dropped on its spans.</summary>
    public required long DroppedEvents { get; init; }

    /// <summary>Messages in the session when it ended, or -1 when not said.</summary>
    public required int Messages { get; init; }

    /// <summary>Compactions that only log records tell of.</summary>
    public required int HiddenCompactions { get; init; }

    /// <summary>The tools that records of its own processes name, one entry a call, where no span shows them.</summary>
    public required IReadOnlyList<string> LoggedTools { get; init; }

    /// <summary>Whether records of tool calls may be this session's or that of another process.</summary>
    public required bool HasSharedToolRecords { get; init; }

    /// <summary>What was seen of it, of an agent that tells of its calls in several ways; else null.</summary>
    public Calls.SessionEvidence? Evidence { get; init; }

    /// <summary>Where the tokens come from.</summary>
    public required string TokensProvenance { get; init; }
}
