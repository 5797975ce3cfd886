namespace Gander.Agent.Tools.Ignore;

/// <summary>One line of an ignore file, by gitignore(5).</summary>
internal sealed class IgnoreRule
{
    private readonly PathPattern? _path;
    private readonly SegmentPattern? _name;
    private readonly bool _onlyFolders;

    private IgnoreRule(string pattern, bool includes, bool onlyFolders)
    {
        Includes = includes;
        _onlyFolders = onlyFolders;

        // A slash ties the pattern to the file's folder; without one it is about names at any depth.
        if (pattern.Contains('/', StringComparison.Ordinal))
        {
            _path = new PathPattern(pattern);
        }
        else
        {
            _name = new SegmentPattern(pattern);
        }
    }

    /// <summary>Whether it takes back what an earlier rule ignored.</summary>
    public bool Includes { get; }

    /// <summary>Reads a line; null for comments and lines that say nothing.</summary>
    public static IgnoreRule? Parse(string line)
    {
        var pattern = WithoutTrailingSpaces(line);
        if (pattern.Length == 0 || pattern[0] == '#')
        {
            return null;
        }

        var includes = pattern[0] == '!';
        pattern = includes ? pattern[1..] : pattern;
        var onlyFolders = pattern.EndsWith('/');
        pattern = onlyFolders ? pattern[..^1] : pattern;
        return pattern.Length == 0 ? null : new IgnoreRule(pattern, includes, onlyFolders);
    }

    /// <summary>Whether it is about the entry.</summary>
    /// <param name="path">Its path from the folder of the ignore file, with slashes.</param>
    /// <param name="isFolder">Whether it is a folder, not a link to one.</param>
    public bool Matches(string path, bool isFolder) =>
        (isFolder || !_onlyFolders)
        && (_path?.Matches(path) ?? _name!.Matches(path.AsSpan(path.LastIndexOf('/') + 1)));

    private static string WithoutTrailingSpaces(string line)
    {
        var end = line.Length;
        while (end > 0 && line[end - 1] == ' ' && !IsEscaped(line, end - 1))
        {
            end--;
        }

        return line[..end];
    }

    private static bool IsEscaped(string line, int at)
    {
        var backslashes = 0;
        while (at > backslashes && line[at - 1 - backslashes] == '\\')
        {
            backslashes++;
        }

        return backslashes % 2 == 1;
    }
}
