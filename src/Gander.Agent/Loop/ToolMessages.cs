using Microsoft.Extensions.AI;

namespace Gander.Agent.Loop;

/// <summary>Results of tools as parts of a conversation.</summary>
internal static class ToolMessages
{
    /// <summary>A result for the model; the whole of it stays at hand for storing.</summary>
    public static FunctionResultContent Content(string callId, ToolResult result) => new(callId, result.Text)
    {
        RawRepresentation = result,

        // Providers that mark failed results do it where there is an exception.
        Exception = result.IsError ? new ToolFailure(result.Text) : null,
    };
}
