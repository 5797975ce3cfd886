using Microsoft.Extensions.AI;

namespace Gander.Agent.Loop;

/// <summary>A call the model wants to make, with arguments that were read but not checked against the tool's schema.</summary>
/// <param name="SessionId">The conversation.</param>
/// <param name="CallId">The model's name for the call, unique within the conversation.</param>
/// <param name="Tool">What would be called.</param>
/// <param name="Arguments">The arguments as the model gave them; values are strings, numbers, booleans, <c>JsonElement</c> or null.</param>
/// <param name="WorkingDirectory">Where the session works, as a full path.</param>
public sealed record ToolRequest(string SessionId, string CallId, AIFunction Tool, IReadOnlyDictionary<string, object?> Arguments, string WorkingDirectory);
