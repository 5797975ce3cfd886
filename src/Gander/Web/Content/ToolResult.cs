using System.Text.Json;

namespace Gander.Web.Content;

/// <summary>What a tool answered, taken apart for reading: the streams of a command, or text, or JSON.</summary>
public sealed record ToolResult
{
    /// <summary>What the command wrote, or null.</summary>
    public string? Stdout { get; private init; }

    /// <summary>What the command complained of, or null.</summary>
    public string? Stderr { get; private init; }

    /// <summary>The command's exit code, or null.</summary>
    public int? ExitCode { get; private init; }

    /// <summary>The text of the answer where there are no streams; null when there is none.</summary>
    public string? Text { get; private init; }

    /// <summary>Whether there is nothing to read.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(Stdout) && string.IsNullOrEmpty(Stderr) && string.IsNullOrEmpty(Text);

    /// <summary>Whether a reader of the answer has read <paramref name="error"/> as well: its lines are in it, or only say that the command failed.</summary>
    public bool Holds(string error) => Array.TrueForAll(error.Split('\n'), line => string.IsNullOrWhiteSpace(line)
        || Contains(Stdout, line) || Contains(Stderr, line) || Contains(Text, line)
        || (ExitCode is { } code && (line.Trim() == $"Command exited with code {code}" || line.Trim() == "(no output)")));

    /// <summary>
    /// Reads an MCP <c>CallToolResult</c> with or without goose's <c>{"status":…,"value":…}</c> around it; any other text is
    /// kept, JSON spread over lines.
    /// </summary>
    public static ToolResult Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return new();
        }

        if (!JsonText.TryParse(text, out var root) || root.ValueKind != JsonValueKind.Object)
        {
            return new() { Text = JsonText.Pretty(text) };
        }

        if (JsonText.Text(root, "status") is not null)
        {
            if (JsonText.TryMember(root, "value", out var value))
            {
                root = value;
            }
            else if (JsonText.TryMember(root, "error", out var error))
            {
                return new() { Text = JsonText.Pretty(error) };
            }
        }

        var streams = JsonText.TryMember(root, "structuredContent", out var structured) ? structured : root;
        if (JsonText.Text(streams, "stdout") is { } stdout)
        {
            return new()
            {
                Stdout = stdout,
                Stderr = JsonText.Text(streams, "stderr"),
                ExitCode = JsonText.TryMember(streams, "exit_code", out var code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number) ? number : null,
            };
        }

        return new() { Text = Texts(root) ?? JsonText.Pretty(root) };
    }

    private static bool Contains(string? text, string line) => text?.Contains(line.Trim(), StringComparison.Ordinal) == true;

    private static string? Texts(JsonElement root)
    {
        if (!JsonText.TryMember(root, "content", out var content) || content.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var texts = content.EnumerateArray().Select(part => JsonText.Text(part, "text") ?? JsonText.Pretty(part)).ToList();
        return texts.Count == 0 ? null : string.Join('\n', texts);
    }
}
