namespace Gander.Sessions;

/// <summary>How often a session used one tool.</summary>
/// <param name="Name">The tool's name as the agent gives it.</param>
/// <param name="Calls">Calls.</param>
/// <param name="Failures">Calls known to have failed, refused ones included.</param>
public sealed record ToolUse(string Name, int Calls, int Failures)
{
    /// <summary>The failures that were refusals by a person, a hook or a policy.</summary>
    public int Denials { get; init; }

    /// <summary>The MCP server that offers the tool, or null for the agent's own.</summary>
    public string? McpServer { get; init; }
}
