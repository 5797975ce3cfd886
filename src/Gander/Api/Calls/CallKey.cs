namespace Gander.Api.Calls;

/// <summary>What the calls of one line have in common; null for what they are not told apart by.</summary>
/// <param name="Name">The model or the tool.</param>
/// <param name="Origin">The provider of a model, the MCP server of a tool; empty for none.</param>
/// <param name="Agent">The agent.</param>
/// <param name="User">The user; empty for none.</param>
internal readonly record struct CallKey(string? Name, string? Origin, string? Agent, string? User);
