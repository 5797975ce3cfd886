using System.Text.Json;

namespace Gander.Web.Content;

/// <summary>What a tool was called with, taken apart for reading.</summary>
/// <param name="Summary">One line that tells calls of one tool apart: the command, the path, the query.</param>
/// <param name="Named">The arguments by name in their order; empty when the text is no JSON object.</param>
/// <param name="Raw">The text when it is no JSON object; else null.</param>
public sealed record ToolArguments(string Summary, IReadOnlyList<(string Name, string Value)> Named, string? Raw)
{
    private const int MaxSummaryChars = 160;

    // What says most about a call, best first.
    private static readonly string[] Telling =
        ["command", "cmd", "file_path", "path", "filename", "url", "query", "pattern", "instructions", "prompt", "description", "name"];

    /// <summary>Reads arguments as agents send them, with or without goose's <c>{"tool":…,"arguments":…}</c> around them.</summary>
    public static ToolArguments Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new("", [], null);
        }

        if (!JsonText.TryParse(text, out var root) || root.ValueKind != JsonValueKind.Object)
        {
            return new(OneLine(text), [], text);
        }

        var arguments = JsonText.Text(root, "tool") is not null && JsonText.TryMember(root, "arguments", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : root;
        var named = arguments.EnumerateObject().Select(member => (member.Name, JsonText.Pretty(member.Value))).ToList();
        var telling = Telling.Select(name => named.Find(argument => argument.Name == name).Item2).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));
        return new(OneLine(telling ?? (named.Count == 0 ? "" : JsonSerializer.Serialize(arguments))), named, null);
    }

    private static string OneLine(string text)
    {
        var line = text.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        var cut = end >= 0 || line.Length > MaxSummaryChars;
        line = end >= 0 ? line[..end] : line;
        return (line.Length > MaxSummaryChars ? line[..MaxSummaryChars] : line).ToString() + (cut ? " …" : "");
    }
}
