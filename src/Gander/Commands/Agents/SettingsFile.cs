using System.Text.Json;

namespace Gander.Commands.Agents;

/// <summary>A file of settings in JSON, as people write it: with comments, and commas after the last entry.</summary>
internal sealed class SettingsFile
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly JsonElement _root;

    private SettingsFile(string path, JsonElement root, string? problem) => (FullPath, _root, Problem) = (path, root, problem);

    /// <summary>The file.</summary>
    public string FullPath { get; }

    /// <summary>Why nothing can be read from it, or null.</summary>
    public string? Problem { get; }

    /// <summary>Reads those of the files that exist.</summary>
    public static IReadOnlyList<SettingsFile> Read(Surroundings surroundings, params IEnumerable<string> paths) =>
        [.. paths.Select(path => (path, text: surroundings.ReadText(path))).Where(file => !string.IsNullOrWhiteSpace(file.text)).Select(file => Parse(file.path, file.text!))];

    /// <summary>A finding for each file that cannot be read.</summary>
    public static IEnumerable<Finding> Problems(IEnumerable<SettingsFile> files, Surroundings surroundings) =>
        from file in files
        where file.Problem is not null
        select Finding.Problem("file.invalid", $"{surroundings.Shown(file.FullPath)} is not valid JSON", $"Nothing in it counts: {file.Problem}", $"correct {surroundings.Shown(file.FullPath)}");

    /// <summary>The value at a path of keys as text: <c>true</c>, <c>30</c>, or the text itself; null when there is none.</summary>
    public string? Value(params ReadOnlySpan<string> path)
    {
        var at = At(path);
        return at.ValueKind switch
        {
            JsonValueKind.String => at.GetString(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Number => at.GetRawText(),
            _ => null,
        };
    }

    /// <summary>The names of an object's members with their values as text.</summary>
    public IEnumerable<KeyValuePair<string, string>> Members(string key)
    {
        var at = At([key]);
        return at.ValueKind != JsonValueKind.Object ? [] : at.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value.ToString())).ToList();
    }

    private static SettingsFile Parse(string path, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Lenient);
            return new SettingsFile(path, document.RootElement.Clone(), null);
        }
        catch (JsonException e)
        {
            return new SettingsFile(path, default, e.Message);
        }
    }

    private JsonElement At(ReadOnlySpan<string> path)
    {
        var at = _root;
        foreach (var key in path)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(key, out at))
            {
                return default;
            }
        }

        return at;
    }
}
