namespace Gander.Agent.Tools;

/// <summary>The folder an agent works in: relative paths start here, and what lies outside of it is not touched without asking.</summary>
/// <param name="path">An existing folder.</param>
public sealed class WorkFolder(string path)
{
    // As Linux counts before it gives up with ELOOP.
    private const int MaxLinks = 40;

    private readonly string _home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>The folder's absolute path, as it was named.</summary>
    public string FullPath { get; } = Path.GetFullPath(path);

    /// <summary>The absolute form of a path as a model or a shell writes it: relative to the folder, or beginning with <c>~</c>.</summary>
    public string Resolve(string path)
    {
        if (path is "~" || path.StartsWith("~/", StringComparison.Ordinal))
        {
            path = _home + path[1..];
        }

        return Path.GetFullPath(path, FullPath);
    }

    /// <summary>Whether the path, which need not exist, is in the folder once all symbolic links on its way are followed.</summary>
    public bool Contains(string path) => IsWithin(RealPath(Resolve(path)), RealPath(FullPath));

    /// <summary>The path for people: relative to the folder where it is inside, else absolute.</summary>
    public string Display(string path)
    {
        var full = Resolve(path);
        return IsWithin(full, FullPath) ? Path.GetRelativePath(FullPath, full) : full;
    }

    /// <summary>Whether <paramref name="path"/> is <paramref name="folder"/> or below it; both absolute and free of links.</summary>
    public static bool IsWithin(string path, string folder)
    {
        var root = Path.TrimEndingDirectorySeparator(folder);
        return path.StartsWith(root, StringComparison.Ordinal)
            && (path.Length == root.Length || root.EndsWith(Path.DirectorySeparatorChar) || path[root.Length] == Path.DirectorySeparatorChar);
    }

    /// <summary>An absolute path with its links followed as far as it exists; where links go round in circles, the path as it was.</summary>
    public static string RealPath(string path)
    {
        var full = Path.GetFullPath(path);
        var root = Path.GetPathRoot(full)!;
        var rest = new Stack<string>(Components(full[root.Length..]).Reverse());
        var real = root;
        var links = 0;
        while (rest.TryPop(out var name))
        {
            if (name == "..")
            {
                real = Path.GetDirectoryName(real) ?? root;
                continue;
            }

            var next = Path.Combine(real, name);
            if (LinkTarget(next) is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                return full;
            }

            if (Path.IsPathRooted(target))
            {
                real = root;
                target = target[root.Length..];
            }

            foreach (var part in Components(target).Reverse())
            {
                rest.Push(part);
            }
        }

        return real;
    }

    private static IEnumerable<string> Components(string path) => path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".");

    private static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
