using Gander.Agent.Tools.Ignore;

namespace Gander.Agent.Tools.Searching;

/// <summary>Chooses files by a pattern such as <c>*.cs</c>, <c>src/**/*.{ts,tsx}</c>: as in an ignore file, one without a slash is about names at any depth.</summary>
internal sealed class FileFilter
{
    // a{b,c}{d,e}... doubles with each pair of braces.
    private const int MaxAlternatives = 256;

    private readonly IgnoreRule[] _rules;

    /// <param name="glob">The pattern; null chooses everything.</param>
    public FileFilter(string? glob) => _rules = glob is null ? [] : [.. Expand(glob).Select(IgnoreRule.Parse).OfType<IgnoreRule>()];

    /// <summary>Whether a file is chosen; its path starts from the folder that is searched.</summary>
    public bool Accepts(string path) => _rules.Length == 0 || Array.Exists(_rules, rule => rule.Matches(path, isFolder: false));

    private static List<string> Expand(string glob)
    {
        var done = new List<string>();
        var open = new Stack<string>([glob]);
        while (open.TryPop(out var pattern))
        {
            if (done.Count + open.Count > MaxAlternatives)
            {
                throw new ToolRefusedException($"\"glob\" has more than {MaxAlternatives} alternatives.");
            }

            // The innermost braces first, so that nested ones need no thought.
            var end = pattern.IndexOf('}', StringComparison.Ordinal);
            var start = end < 0 ? -1 : pattern.LastIndexOf('{', end);
            if (start < 0)
            {
                done.Add(pattern);
                continue;
            }

            foreach (var choice in pattern[(start + 1)..end].Split(','))
            {
                open.Push(string.Concat(pattern.AsSpan(0, start), choice, pattern.AsSpan(end + 1)));
            }
        }

        return done;
    }
}
