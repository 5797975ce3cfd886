using Gander.Tests.Conformance;

namespace Gander.Tests;

/// <summary>The files of the repository as a reader sees them: without build output and whatever else <c>.gitignore</c> names.</summary>
internal static class SourceTree
{
    private static readonly HashSet<string> CodeExtensions =
        new([".cs", ".razor", ".js", ".css", ".sh", ".csproj", ".props", ".targets"], StringComparer.OrdinalIgnoreCase);

    /// <summary>All files, as paths relative to the repository root with forward slashes, sorted.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. List().Order(StringComparer.Ordinal)];

    /// <summary>Files of code, styles, scripts and build rules.</summary>
    public static IEnumerable<string> Code => Files.Where(file => CodeExtensions.Contains(Path.GetExtension(file)));

    public static string FullPath(string file) => Path.Combine(SharedData.RepositoryRoot, file);

    public static string Read(string file) => File.ReadAllText(FullPath(file));

    private static List<string> List()
    {
        var rules = File.ReadAllLines(FullPath(".gitignore"));
        var ignoredFolders = rules.Where(rule => rule.EndsWith('/')).Select(rule => rule.Trim('/')).Append(".git").ToHashSet(StringComparer.Ordinal);
        var ignoredSuffixes = rules.Where(rule => rule.StartsWith('*')).Select(rule => rule[1..]).ToList();
        var found = new List<string>();
        var pending = new Stack<string>([SharedData.RepositoryRoot]);

        while (pending.TryPop(out var folder))
        {
            foreach (var child in Directory.EnumerateDirectories(folder).Where(child => !ignoredFolders.Contains(Path.GetFileName(child))))
            {
                pending.Push(child);
            }

            // In a linked worktree .git is a file.
            found.AddRange(Directory.EnumerateFiles(folder)
                .Select(file => Path.GetRelativePath(SharedData.RepositoryRoot, file).Replace('\\', '/'))
                .Where(file => file != ".git" && !ignoredSuffixes.Exists(suffix => file.EndsWith(suffix, StringComparison.Ordinal))));
        }

        return found;
    }
}
