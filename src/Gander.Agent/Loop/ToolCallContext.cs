using Microsoft.Extensions.AI;

namespace Gander.Agent.Loop;

/// <summary>What a tool may know of the call it is in; the loop puts one into the arguments of every call.</summary>
/// <param name="SessionId">The conversation.</param>
/// <param name="CallId">The model's name for the call.</param>
/// <param name="WorkingDirectory">Where relative paths begin, as a full path.</param>
public sealed record ToolCallContext(string SessionId, string CallId, string WorkingDirectory)
{
    /// <summary>The context of a call, or null when the function is not called by an agent's loop.</summary>
    public static ToolCallContext? Of(AIFunctionArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments.Context?.TryGetValue(typeof(ToolCallContext), out var value) == true ? value as ToolCallContext : null;
    }

    internal void AttachTo(AIFunctionArguments arguments) =>
        (arguments.Context ??= new Dictionary<object, object?>())[typeof(ToolCallContext)] = this;
}
