using System.Text;
using System.Text.Json;

namespace Gander.Commands.Chat;

/// <summary>
/// What a person typed before, oldest first, kept in a file that its owner alone can read. The newest are kept, at most <see cref="MaxEntries"/> and no
/// more than <see cref="MaxFileBytes"/>. A file that cannot be used is done without.
/// </summary>
internal sealed class PromptHistory
{
    /// <summary>Prompts that are kept.</summary>
    public const int MaxEntries = 1_000;

    /// <summary>Bytes that are read of the file, from its end; beyond them it is written anew.</summary>
    public const int MaxFileBytes = 8 * 1024 * 1024;

    private const int MaxEntryLength = 20_000;

    private readonly string _path;
    private readonly List<string> _entries;

    private PromptHistory(string path, List<string> entries) => (_path, _entries) = (path, entries);

    /// <summary>The prompts.</summary>
    public IReadOnlyList<string> Entries => _entries;

    /// <summary>Reads the file of a folder; without one the history is empty.</summary>
    public static PromptHistory Open(string folder)
    {
        var path = Path.Combine(folder, "history.jsonl");
        var (entries, isCut) = Read(path);
        var history = new PromptHistory(path, entries);
        if (isCut || entries.Count > MaxEntries)
        {
            entries.RemoveRange(0, Math.Max(0, entries.Count - MaxEntries));
            history.Replace();
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

        // Half a letter, as a broken paste leaves it, has no UTF-8.
        var whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(prompt));
        _entries.Add(whole);
        Write(_path, FileMode.Append, [whole]);
    }

    private static (List<string> Entries, bool IsCut) Read(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                return ([], false);
            }

            using var stream = new FileStream(path, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete });
            var isCut = stream.Length > MaxFileBytes;
            if (isCut)
            {
                stream.Position = stream.Length - MaxFileBytes;
            }

            using var reader = new StreamReader(stream, Encoding.UTF8);
            if (isCut)
            {
                reader.ReadLine();
            }

            var entries = new List<string>();
            while (reader.ReadLine() is { } line)
            {
                if (Parse(line) is { } entry)
                {
                    entries.Add(entry);
                }
            }

            return (entries, isCut);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ([], false);
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
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // Beside the old file first: a crash leaves one of the two whole. Half of what is read, so that this is not done at every start.
    private void Replace()
    {
        var (first, bytes) = (_entries.Count, 0L);
        while (first > 0 && (bytes += Line(_entries[first - 1]).Length) <= MaxFileBytes / 2)
        {
            first--;
        }

        _entries.RemoveRange(0, first);
        var beside = _path + ".new";
        if (Write(beside, FileMode.Create, _entries))
        {
            try
            {
                File.Move(beside, _path, overwrite: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The old file serves for another time.
            }
        }
    }

    private static byte[] Line(string entry) => Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(entry)}\"\n");

    private static bool Write(string path, FileMode mode, IEnumerable<string> entries)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.ReadWrite };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var stream = new FileStream(path, options);
            foreach (var entry in entries)
            {
                stream.Write(Line(entry));
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What was typed is not worth a complaint with every prompt.
            return false;
        }
    }
}
