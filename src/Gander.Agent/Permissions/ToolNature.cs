using Microsoft.Extensions.AI;

namespace Gander.Agent.Permissions;

/// <summary>What a tool says of itself, by the name MCP has for it.</summary>
internal static class ToolNature
{
    /// <summary>The key in <see cref="AITool.AdditionalProperties"/>: whether the tool changes nothing (MCP, tool annotations).</summary>
    public const string ReadOnlyHint = "readOnlyHint";

    /// <summary>The properties of a tool that changes nothing.</summary>
    public static IReadOnlyDictionary<string, object?> ReadOnlyProperties { get; } = new Dictionary<string, object?>(StringComparer.Ordinal) { [ReadOnlyHint] = true };

    /// <summary>Whether the tool says that it changes nothing.</summary>
    public static bool IsReadOnly(AITool tool) => tool.AdditionalProperties.TryGetValue(ReadOnlyHint, out var value) && value is true;
}
