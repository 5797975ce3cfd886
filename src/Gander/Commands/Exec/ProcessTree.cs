namespace Gander.Commands.Exec;

/// <summary>Tells which processes belong to a run and which were sent away from it on purpose.</summary>
internal static class ProcessTree
{
    /// <summary>
    /// The descendants of a program that belong to its run. Those in its session of processes do. A session that was begun below is
    /// somebody's way to detach what is in it, and is left out with all that it started; but agents start each command of a tool in
    /// one as well: with <paramref name="startsToolsInSessions"/> the first session on the way down still belongs to the run, and only
    /// one begun within it does not. What was taken over by another process when its parent ended is no descendant.
    /// </summary>
    public static IReadOnlyList<RunningProcess> Of(int program, IReadOnlyList<RunningProcess> all, bool startsToolsInSessions)
    {
        if (all.FirstOrDefault(process => process.Id == program) is not { } root)
        {
            return [];
        }

        var children = all.ToLookup(process => process.Parent);
        var found = new List<RunningProcess>();
        var seen = new HashSet<int> { program };
        var open = new Queue<RunningProcess>([root]);
        while (open.TryDequeue(out var parent))
        {
            foreach (var child in children[parent.Id])
            {
                var belongs = child.Session == root.Session || child.Session == parent.Session || (startsToolsInSessions && parent.Session == root.Session);
                if (belongs && seen.Add(child.Id))
                {
                    found.Add(child);
                    open.Enqueue(child);
                }
            }
        }

        return found;
    }

    /// <summary>Processes that still run, and what they started since they were noted, each in the session of its parent.</summary>
    public static IReadOnlyList<RunningProcess> Grown(IEnumerable<RunningProcess> noted, IReadOnlyList<RunningProcess> all)
    {
        var alive = noted.Where(process => all.Any(other => other.Id == process.Id && other.StartTicks == process.StartTicks)).ToList();
        return [.. alive.Concat(alive.SelectMany(process => Of(process.Id, all, startsToolsInSessions: false))).DistinctBy(process => process.Id)];
    }
}
