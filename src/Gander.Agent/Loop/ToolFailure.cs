namespace Gander.Agent.Loop;

/// <summary>Marks a result as one of a failed call; it is never thrown.</summary>
internal sealed class ToolFailure(string message) : Exception(message);
