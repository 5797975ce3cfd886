using System.Text;

namespace Gander.Agent.Tools.Ignore;

/// <summary>
/// What is ignored in one folder and below, by the files <c>.gitignore</c> and <c>.ignore</c> of it and of the folders above. Rules nearer to an entry
/// win, in one folder the later rule, and <c>.ignore</c> over <c>.gitignore</c>. Immutable.
/// </summary>
internal sealed class IgnoreScope
{
    private const int MaxFileBytes = 1_048_576;

    private static readonly string[] FileNames = [".gitignore", ".ignore"];

    private readonly IgnoreScope? _above;
    private readonly string _folder;
    private readonly IgnoreRule[] _rules;

    private IgnoreScope(IgnoreScope? above, string folder, IgnoreRule[] rules) => (_above, _folder, _rules) = (above, folder, rules);

    /// <summary>The scope of a folder with what the rest of its repository says: the folders above, up to the one with <c>.git</c>.</summary>
    public static IgnoreScope At(string folder)
    {
        var top = RepositoryOf(folder);
        if (top is null)
        {
            return new IgnoreScope(null, folder, ReadRules(folder));
        }

        var scope = new IgnoreScope(null, top, [.. ReadFile(Path.Combine(top, ".git", "info", "exclude")), .. ReadRules(top)]);
        var current = top;
        foreach (var name in Path.GetRelativePath(top, folder).Split(Path.DirectorySeparatorChar).Where(name => name != "."))
        {
            current = Path.Combine(current, name);
            scope = scope.Enter(current);
        }

        return scope;
    }

    /// <summary>The scope of a folder right below this one.</summary>
    public IgnoreScope Enter(string folder) => ReadRules(folder) is { Length: > 0 } rules ? new IgnoreScope(this, folder, rules) : this;

    /// <summary>Whether an entry of the folder, or of one below without rules of its own, is ignored.</summary>
    public bool Ignores(string fullPath, bool isFolder)
    {
        for (var scope = this; scope is not null; scope = scope._above)
        {
            if (scope.Verdict(fullPath, isFolder) is { } isIgnored)
            {
                return isIgnored;
            }
        }

        return false;
    }

    private static IgnoreRule[] ReadRules(string folder) => [.. FileNames.SelectMany(name => ReadFile(Path.Combine(folder, name)))];

    private static IEnumerable<IgnoreRule> ReadFile(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length is 0 or > MaxFileBytes)
        {
            return [];
        }

        try
        {
            return [.. File.ReadAllText(path, Encoding.UTF8).Split('\n').Select(line => IgnoreRule.Parse(line.TrimEnd('\r'))).OfType<IgnoreRule>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? RepositoryOf(string folder)
    {
        for (var current = folder; current is not null; current = Path.GetDirectoryName(current))
        {
            if (Path.Exists(Path.Combine(current, ".git")))
            {
                return current;
            }
        }

        return null;
    }

    private bool? Verdict(string fullPath, bool isFolder)
    {
        var path = Path.GetRelativePath(_folder, fullPath).Replace(Path.DirectorySeparatorChar, '/');
        for (var i = _rules.Length - 1; i >= 0; i--)
        {
            if (_rules[i].Matches(path, isFolder))
            {
                return !_rules[i].Includes;
            }
        }

        return null;
    }
}
