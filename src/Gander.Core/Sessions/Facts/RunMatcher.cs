namespace Gander.Sessions.Facts;

/// <summary>
/// Finds out which process served which session from times alone, as goose's own records of a session's start and end carry
/// no session id. Decides only what follows: a process serves one session at a time, and a session's activity lies inside
/// the run of its process. What that leaves open stays open and is marked ambiguous.
/// </summary>
internal static class RunMatcher
{
    private const long Second = 1_000_000_000;
    private const long Slack = Second / 10;
    private const long PairingSlack = Second / 4;
    private const long Headless = 2 * Second;
    private const long OpenRunReach = 12 * 3600 * Second;

    /// <summary>The runs that loose records tell of, matched with sessions where that is certain; earliest start first.</summary>
    public static List<ProcessRun> Match(IReadOnlyList<LogFacts> loose, IReadOnlyList<ActiveStretch> stretches)
    {
        var matched = new List<ProcessRun>();
        foreach (var records in loose.GroupBy(record => record.Emitter.ResourceId).OrderBy(group => group.Key))
        {
            var runs = FindRuns([.. records]);
            var active = stretches.Where(stretch => stretch.ResourceId == records.Key)
                .Distinct()
                .OrderBy(stretch => stretch.StartNanos).ThenBy(stretch => stretch.EndNanos).ThenBy(stretch => stretch.Session, StringComparer.Ordinal)
                .ToList();
            new Matching(runs, active).Solve();
            ExtendOpenRuns(runs, active, [.. records]);
            MarkShared(runs);
            matched.AddRange(runs);
        }

        return matched;
    }

    /// <summary>The runs of processes whose records of start and end carry the session's id, as goose's do not; earliest start first.</summary>
    public static List<SessionRun> Named(SessionFacts session) =>
        [.. session.Notes.Where(note => note.Kind is LogFactKind.SessionStarted or LogFactKind.SessionCompleted)
            .GroupBy(note => note.Emitter.ResourceId)
            .SelectMany(records => FindRuns([.. records]))
            .Select(run => run.Summary)
            .OrderBy(run => run.StartNanos).ThenBy(run => run.ResourceId)];

    // The record of the end says how long the session took, and so which start it belongs to.
    private static List<ProcessRun> FindRuns(List<LogFacts> records)
    {
        var starts = Distinct(records, LogFactKind.SessionStarted);
        var ends = Distinct(records, LogFactKind.SessionCompleted);
        var pairs = new List<(long Distance, int Start, int End)>();
        for (var end = 0; end < ends.Count; end++)
        {
            for (var start = 0; start < starts.Count; start++)
            {
                var distance = Math.Abs(ends[end].TimeNanos - ends[end].DurationNanos - starts[start].TimeNanos);
                if (ends[end].DurationNanos > 0 && distance <= PairingSlack && starts[start].TimeNanos <= ends[end].TimeNanos)
                {
                    pairs.Add((distance, start, end));
                }
            }
        }

        pairs.Sort();
        var startOf = new Dictionary<int, int>();
        var paired = new HashSet<int>();
        foreach (var (_, start, end) in pairs)
        {
            if (!paired.Contains(start) && startOf.TryAdd(end, start))
            {
                paired.Add(start);
            }
        }

        var runs = new List<ProcessRun>();
        for (var end = 0; end < ends.Count; end++)
        {
            var known = startOf.TryGetValue(end, out var start);
            runs.Add(RunOf(
                known ? starts[start] : ends[end],
                known ? starts[start].TimeNanos : ends[end].TimeNanos - ends[end].DurationNanos,
                ends[end].TimeNanos,
                ended: true));
        }

        runs.AddRange(starts.Where((_, index) => !paired.Contains(index)).Select(open => RunOf(open, open.TimeNanos, open.TimeNanos, ended: false)));
        runs.Sort(static (left, right) => left.StartNanos != right.StartNanos
            ? left.StartNanos.CompareTo(right.StartNanos)
            : left.EndNanos.CompareTo(right.EndNanos));
        return runs;
    }

    private static ProcessRun RunOf(in LogFacts record, long start, long end, bool ended) => new()
    {
        Emitter = record.Emitter,
        Dialect = record.Dialect,
        StartNanos = start,
        EndNanos = end,
        Ended = ended,
        Resumed = record is { Kind: LogFactKind.SessionStarted, Detail: "resumed" },
    };

    private static List<LogFacts> Distinct(List<LogFacts> records, LogFactKind kind) =>
        [.. records.Where(record => record.Kind == kind)
            .DistinctBy(record => (record.TimeNanos, record.DurationNanos, record.Detail))
            .OrderBy(record => record.TimeNanos).ThenBy(record => record.DurationNanos)];

    // A process that never said its end lived at least as long as the last thing that only it can have done.
    private static void ExtendOpenRuns(List<ProcessRun> runs, List<ActiveStretch> stretches, List<LogFacts> records)
    {
        var open = runs.Where(run => !run.Ended).ToList();
        if (open.Count == 0)
        {
            return;
        }

        foreach (var stretch in stretches)
        {
            if (open.LastOrDefault(run => run.Session == stretch.Session && run.StartNanos - Slack <= stretch.StartNanos) is { } run
                && !runs.Exists(other => other.Ended && other.Session == stretch.Session && Contains(other, stretch)))
            {
                run.EndNanos = Math.Max(run.EndNanos, stretch.EndNanos);
            }
        }

        foreach (var record in records.Where(record => record.Kind is LogFactKind.ToolStarted or LogFactKind.ToolCompleted).OrderBy(record => record.TimeNanos))
        {
            if (!runs.Exists(run => run.Ended && run.StartNanos <= record.TimeNanos && run.EndNanos >= record.TimeNanos)
                && open.LastOrDefault(run => run.StartNanos <= record.TimeNanos) is { } run
                && record.TimeNanos - run.EndNanos < OpenRunReach)
            {
                run.EndNanos = Math.Max(run.EndNanos, record.TimeNanos);
            }
        }
    }

    private static void MarkShared(List<ProcessRun> runs)
    {
        for (var i = 0; i < runs.Count; i++)
        {
            for (var j = i + 1; j < runs.Count && runs[j].StartNanos <= runs[i].EndNanos; j++)
            {
                runs[i].Shared = runs[j].Shared = true;
            }
        }

        // An earlier, longer run may reach over more than its neighbours.
        var reach = long.MinValue;
        foreach (var run in runs)
        {
            run.Shared |= run.StartNanos <= reach;
            reach = Math.Max(reach, run.EndNanos);
        }
    }

    private static bool Contains(ProcessRun run, in ActiveStretch stretch) =>
        run.StartNanos - Slack <= stretch.StartNanos
        && (run.Ended ? stretch.EndNanos <= run.EndNanos + Slack : stretch.StartNanos - run.EndNanos < OpenRunReach);

    private sealed class Matching(List<ProcessRun> runs, List<ActiveStretch> stretches)
    {
        private readonly List<ProcessRun>[] _candidates = [.. stretches.Select(stretch => runs.FindAll(run => Contains(run, stretch)))];

        public void Solve()
        {
            // The weaker rules speak only where the stronger ones have come to rest.
            while (Certain() || OwnRun() || HeadlessRun() || OnlyEndedRun() || LatestOpenRun())
            {
            }

            for (var i = 0; i < stretches.Count; i++)
            {
                foreach (var run in _candidates[i].Where(run => run.Session is null))
                {
                    run.Ambiguous = true;
                }
            }
        }

        private bool Certain() => FixFirst(i => _candidates[i].Count == 1 ? _candidates[i][0] : null);

        private bool OwnRun() => FixFirst(i => _candidates[i].Find(run => run.Ended && run.Session == stretches[i].Session));

        private bool HeadlessRun() => FixFirst(i =>
        {
            var close = _candidates[i].FindAll(run => run.Ended && run.Session is null && IsTight(run, i));
            return close.Count == 1 && Rivals(close[0], i).All(other => !IsTight(close[0], other)) ? close[0] : null;
        });

        private bool OnlyEndedRun() => FixFirst(i =>
        {
            var ended = _candidates[i].FindAll(run => run.Ended);
            return ended.Count == 1 && !Rivals(ended[0], i).Any() ? ended[0] : null;
        });

        // Where no run has an end yet, a wrong choice costs nothing that the end will not put right.
        private bool LatestOpenRun() => FixFirst(i =>
        {
            if (_candidates[i].Exists(run => run.Ended))
            {
                return null;
            }

            var own = _candidates[i].FindLast(run => run.Session == stretches[i].Session);
            var latest = _candidates[i].FindLast(run => run.Session is null);
            return latest is { Resumed: true } ? latest : own ?? latest;
        });

        private IEnumerable<int> Rivals(ProcessRun run, int index) =>
            Enumerable.Range(0, stretches.Count).Where(other => stretches[other].Session != stretches[index].Session && _candidates[other].Contains(run));

        private bool IsTight(ProcessRun run, int index) =>
            stretches[index].StartNanos - run.StartNanos <= Headless && run.EndNanos - stretches[index].EndNanos <= Headless;

        private bool FixFirst(Func<int, ProcessRun?> choose)
        {
            var changed = false;
            for (var i = 0; i < stretches.Count; i++)
            {
                if (_candidates[i].Count > 0 && choose(i) is { } run)
                {
                    Fix(i, run);
                    changed = true;
                }
            }

            return changed;
        }

        private void Fix(int index, ProcessRun run)
        {
            var session = stretches[index].Session;
            run.Session ??= session;
            _candidates[index].Clear();
            if (run.Session != session)
            {
                return;
            }

            for (var other = 0; other < stretches.Count; other++)
            {
                if (stretches[other].Session != session)
                {
                    _candidates[other].Remove(run);
                }
            }
        }
    }
}
