using System.Globalization;

namespace Gander.Agent.Tools.Processes;

/// <summary>Finds the processes below another, also those that left its group for a session of their own. Where there is no <c>/proc</c> it finds none.</summary>
internal static class ProcessTree
{
    /// <summary>The processes below <paramref name="root"/>, as they are now.</summary>
    public static IReadOnlyList<ProcessMark> Below(int root)
    {
        var children = All().ToLookup(process => process.Parent, process => process.Mark);
        var found = new List<ProcessMark>();
        var open = new Queue<int>([root]);
        while (open.TryDequeue(out var parent))
        {
            foreach (var child in children[parent])
            {
                found.Add(child);
                open.Enqueue(child.Id);
            }
        }

        return found;
    }

    /// <summary>Whether the process still runs, and is not another that got its id.</summary>
    public static bool IsRunning(ProcessMark mark) => Read(mark.Id) is { } now && now.Mark == mark;

    private static IEnumerable<(int Parent, ProcessMark Mark)> All() =>
        !Directory.Exists("/proc/self") ? []
            : Directory.EnumerateDirectories("/proc")
                .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Read(id) : null)
                .OfType<(int Parent, ProcessMark Mark)>();

    // proc_pid_stat(5): the name may hold anything, so fields count from the last parenthesis: state, parent, and as the twentieth the start time.
    private static (int Parent, ProcessMark Mark)? Read(int id)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : (int.Parse(fields[1], CultureInfo.InvariantCulture), new ProcessMark(id, fields[19]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
