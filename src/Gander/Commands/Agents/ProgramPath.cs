namespace Gander.Commands.Agents;

/// <summary>Finds programs as a shell does: in the folders of <c>PATH</c>, and nowhere else.</summary>
internal static class ProgramPath
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private static readonly string[] WindowsExtensions = [".exe", ".cmd", ".bat", ""];

    /// <summary>The file that <paramref name="program"/> means, or null; a name with a folder in it is taken as it is.</summary>
    public static string? Find(string program, IReadOnlyDictionary<string, string> environment)
    {
        if (program.Contains('/', StringComparison.Ordinal) || program.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return Existing(Path.GetFullPath(program)).FirstOrDefault();
        }

        return environment.GetValueOrDefault("PATH", "")
            .Split(Path.PathSeparator)
            // An empty entry is the current folder (POSIX, "Environment Variables", PATH).
            .Select(folder => Path.GetFullPath(Path.Combine(folder.Length == 0 ? "." : folder, program)))
            .SelectMany(Existing)
            .FirstOrDefault(IsExecutable);
    }

    private static IEnumerable<string> Existing(string path) =>
        (OperatingSystem.IsWindows() ? WindowsExtensions.Select(extension => path + extension) : [path]).Where(File.Exists);

    private static bool IsExecutable(string path) => OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & AnyExecute) != 0;
}
