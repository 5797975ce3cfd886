using System.Text;
using System.Text.Json;

namespace Gander.Commands.Chat;

/// <summary>What a person typed before, oldest first, kept in a file that its owner alone can read. A file that cannot be used is done without.</summary>
internal sealed class PromptHistory
{
    /// <summary>Prompts that are kept.</summary>
    public const int MaxEntries = 1_000;

    private const int MaxEntryLength = 20_000;
    private const int MaxFileBytes = 8 * 1024 * 1024;

    private readonly string _path;
    private readonly List<string> _entries;

    private PromptHistory(string path, List<string> entries) => (_path, _entries) = (path, entries);

    /// <summary>The prompts.</summary>
    public IReadOnlyList<string> Entries => _entries;

    /// <summary>Reads the file of a folder; without one the history is empty.</summary>
    public static PromptHistory Open(string folder)
    {
        var path = Path.Combine(folder, "history.jsonl");
        var history = new PromptHistory(path, Read(path));
        if (history._entries.Count > MaxEntries)
        {
            history._entries.RemoveRange(0, history._entries.Count - MaxEntries);
            history.Write(FileMode.Create, history._entries);
        }

        return history;
    }

    /// <summary>Adds a prompt, unless it repeats the last one.</summary>
    public void Add(string prompt)
    {
        if (string.IsNullOrWhiteSpace(prompt) || prompt.Length > MaxEntryLength || _entries.LastOrDefault() == prompt)
        {
            return;
        }

        _entries.Add(prompt);
        Write(FileMode.Append, [prompt]);
    }

    private static List<string> Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return !file.Exists || file.Length > MaxFileBytes ? [] : [.. File.ReadLines(path).Select(Parse).OfType<string>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // A line that was cut off by a crash is no reason to lose the others.
    private static string? Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.String ? document.RootElement.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Write(FileMode mode, IEnumerable<string> entries)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.ReadWrite };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var stream = new FileStream(_path, options);
            foreach (var entry in entries)
            {
                stream.Write(Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(entry)}\"\n"));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What was typed is not worth a complaint with every prompt.
        }
    }
}
