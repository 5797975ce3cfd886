namespace Gander.Agent.Tools;

/// <summary>A tool cannot do what it was asked; the message goes to the model and tells it what to change.</summary>
public sealed class ToolRefusedException(string message) : Exception(message);
