namespace Gander.Sessions;

/// <summary>How often a session used one tool.</summary>
/// <param name="Name">The tool's name as the agent gives it.</param>
/// <param name="Calls">Calls.</param>
/// <param name="Failures">Calls known to have failed.</param>
public sealed record ToolUse(string Name, int Calls, int Failures);
