using Gander.Agent.Tools.Ignore;

namespace Gander.Agent.Tools.Files;

/// <summary>Walks a folder in the order of names, without what ignore files leave out and without the folders of version control. It ends at its limits.</summary>
/// <param name="root">An absolute path of a folder.</param>
/// <param name="maxEntries">Entries after which it ends.</param>
/// <param name="deadline">Cancelled when its time is over.</param>
internal sealed class FileWalk(string root, int maxEntries, CancellationToken deadline)
{
    private static readonly string[] NeverWalked = [".git", ".hg", ".svn", ".jj"];

    private int _entries;

    /// <summary>Why it ended before it had seen everything; null where it did not.</summary>
    public string? CutReason { get; private set; }

    /// <summary>All entries, each folder before what is in it.</summary>
    /// <param name="maxDepth">How deep it goes; 1 lists the folder alone.</param>
    public IEnumerable<WalkEntry> Entries(int maxDepth = int.MaxValue) => Below(root, 1, maxDepth, IgnoreScope.At(root));

    private IEnumerable<WalkEntry> Below(string folder, int depth, int maxDepth, IgnoreScope scope)
    {
        foreach (var (path, isFolder) in List(folder))
        {
            if (scope.Ignores(path, isFolder))
            {
                continue;
            }

            if (CutReason is not null || IsAtLimit())
            {
                yield break;
            }

            yield return new WalkEntry(path, depth, isFolder);
            if (isFolder && depth < maxDepth)
            {
                foreach (var entry in Below(path, depth + 1, maxDepth, scope.Enter(path)))
                {
                    yield return entry;
                }
            }
        }
    }

    private bool IsAtLimit()
    {
        CutReason = deadline.IsCancellationRequested ? "the time was over"
            : _entries++ >= maxEntries ? $"{maxEntries} entries is the limit"
            : null;
        return CutReason is not null;
    }

    // A folder that cannot be read, or has just gone, is like an empty one.
    private static List<(string Path, bool IsFolder)> List(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos()
                .Where(entry => !NeverWalked.Contains(entry.Name, StringComparer.Ordinal))
                .OrderBy(entry => entry.Name, StringComparer.Ordinal)
                .Select(entry => (entry.FullName, entry is DirectoryInfo && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint)))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
