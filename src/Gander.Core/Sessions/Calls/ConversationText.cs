using System.Text.Json;

namespace Gander.Sessions.Calls;

/// <summary>
/// Reads what was said out of a list of messages in JSON, as the GenAI conventions (<c>parts</c>) and the Vercel AI SDK (<c>content</c>)
/// write it.
/// </summary>
internal static class ConversationText
{
    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = 64 };

    /// <summary>The text of the last message of a role; null when there is none, or when this is no such list.</summary>
    public static string? Last(string messages, string role)
    {
        try
        {
            using var document = JsonDocument.Parse(messages, Limits);
            return document.RootElement.ValueKind != JsonValueKind.Array
                ? null
                : document.RootElement.EnumerateArray().Where(message => Text(message, "role") == role).Select(TextOf).LastOrDefault(text => text is { Length: > 0 });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement message) =>
        Text(message, "content")
        ?? ((message.TryGetProperty("parts", out var parts) || message.TryGetProperty("content", out parts)) && parts.ValueKind == JsonValueKind.Array
            ? string.Join('\n', parts.EnumerateArray().Where(part => Text(part, "type") == "text").Select(part => Text(part, "content") ?? Text(part, "text")).OfType<string>())
            : null);

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
