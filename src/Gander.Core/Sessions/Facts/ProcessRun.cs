namespace Gander.Sessions.Facts;

/// <summary>One process's part of a session, as its records without a session id tell.</summary>
internal sealed class ProcessRun
{
    /// <summary>Who ran.</summary>
    public required Emitter Emitter { get; init; }

    /// <summary>The dialect of its records.</summary>
    public required Agents.AgentDialect Dialect { get; init; }

    /// <summary>When the session started here, Unix nanoseconds.</summary>
    public required long StartNanos { get; init; }

    /// <summary>When it ended here, or the last instant known, Unix nanoseconds.</summary>
    public required long EndNanos { get; set; }

    /// <summary>Whether the process said that it ended.</summary>
    public required bool Ended { get; init; }

    /// <summary>Whether it takes up an earlier session.</summary>
    public bool Resumed { get; init; }

    /// <summary>The session it serves, or null while that is unknown.</summary>
    public string? Session { get; set; }

    /// <summary>Whether another process with the same resource ran at the same time.</summary>
    public bool Shared { get; set; }

    /// <summary>Whether it may serve one of several sessions and nothing tells which.</summary>
    public bool Ambiguous { get; set; }

    /// <summary>What a summary keeps of it.</summary>
    public SessionRun Summary => new(Emitter.ResourceId, StartNanos, EndNanos, Ended, Shared);
}
