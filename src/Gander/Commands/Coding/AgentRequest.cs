namespace Gander.Commands.Coding;

/// <summary>What a command line asks of the agent.</summary>
internal sealed record AgentRequest
{
    /// <summary>A name for the session; with <see cref="Resumes"/> the one to go on with.</summary>
    public string? Name { get; init; }

    /// <summary>The session to go on with.</summary>
    public string? SessionId { get; init; }

    /// <summary>Go on with a session: the named one, or the one last used.</summary>
    public bool Resumes { get; init; }

    /// <summary>Keep nothing.</summary>
    public bool IsUnstored { get; init; }

    /// <summary>Instructions behind the agent's own.</summary>
    public string? Instructions { get; init; }

    /// <summary>Settings by the names of environment variables, stronger than those.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>MCP servers to start, as <c>[name:]ENV=v command args</c>.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];

    /// <summary>MCP servers over HTTP.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Built-in extensions.</summary>
    public IReadOnlyList<string> Builtins { get; init; } = [];

    /// <summary>Leave out the extensions of the configuration.</summary>
    public bool HasNoProfile { get; init; }

    /// <summary>Show whole answers of tools and what happens beneath.</summary>
    public bool IsDebug { get; init; }
}
