using System.Text.Json;

namespace Gander.Web.Content;

/// <summary>
/// Reads the messages of the GenAI semantic conventions (<c>gen_ai.output.messages</c>): the form with parts and the flat one
/// with <c>content</c>. Text that is neither is one thing said.
/// </summary>
public static class ModelMessages
{
    private const int MaxParts = 200;

    /// <summary>The parts of all messages, in order; empty for no text.</summary>
    public static IReadOnlyList<MessagePart> Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [];
        }

        if (!JsonText.TryParse(text, out var root))
        {
            return [new MessagePart.Said(text)];
        }

        var messages = root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : new[] { root };
        var parts = messages.SelectMany(Parts).Take(MaxParts).ToList();
        return parts.Count > 0 ? parts : [new MessagePart.Other("messages", JsonText.Pretty(root))];
    }

    /// <summary>How many messages the text holds, or null when it holds none that can be counted.</summary>
    public static int? Count(string? text) => JsonText.TryParse(text, out var root) && root.ValueKind == JsonValueKind.Array ? root.GetArrayLength() : null;

    private static IEnumerable<MessagePart> Parts(JsonElement message)
    {
        if (JsonText.TryMember(message, "parts", out var parts) && parts.ValueKind == JsonValueKind.Array)
        {
            return parts.EnumerateArray().Select(Part);
        }

        if (JsonText.TryMember(message, "content", out var content))
        {
            return content.ValueKind == JsonValueKind.Array ? content.EnumerateArray().Select(Part) : [new MessagePart.Said(JsonText.Pretty(content))];
        }

        return [];
    }

    private static MessagePart Part(JsonElement part)
    {
        var text = JsonText.Text(part, "content") ?? JsonText.Text(part, "text");
        return (JsonText.Text(part, "type"), text) switch
        {
            ("text", { } said) => new MessagePart.Said(said),
            ("reasoning" or "thinking", { } thought) => new MessagePart.Thought(thought),
            ("tool_call" or "tool_use", _) => new MessagePart.AskedFor(JsonText.Text(part, "name") ?? "unknown"),
            (var type, _) => new MessagePart.Other(type ?? "part", JsonText.Pretty(part)),
        };
    }
}
