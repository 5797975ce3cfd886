using System.Runtime.InteropServices;
using Gander.Sessions.Agents;
using Gander.Sessions.Facts;
using Gander.Telemetry;

namespace Gander.Sessions;

/// <summary>
/// Folds the facts of one emitter into sessions. Pure: no clock, no input or output, and neither order nor repetition of the
/// facts changes the result. A fold is made for facts that no longer change, and remembers what it worked out about them.
/// </summary>
internal sealed class SessionFold(EmitterFacts facts, FoldContext context)
{
    /// <summary>Counted up whenever the same telemetry gives other summaries, so that stores made before are folded anew.</summary>
    public const int Version = 6;

    private readonly Dictionary<TraceId, TraceTree> _trees = [];
    private List<ProcessRun>? _runs;

    /// <summary>The processes that loose records tell of, matched with the sessions.</summary>
    public IReadOnlyList<ProcessRun> Runs => _runs ??= facts.Loose.Count == 0
        ? []
        : RunMatcher.Match(facts.Loose, [.. facts.Known, .. facts.Sessions.Values.SelectMany(Stretches)]);

    /// <summary>All sessions, those without an id included, earliest start first.</summary>
    public List<Session> FoldAll(FactTexts? texts = null)
    {
        var sessions = facts.Sessions.Keys.Select(id => Fold(id, texts)).OfType<Session>().ToList();
        sessions.AddRange(Runs.Where(IsNameless).Select(run => FoldNameless(run.Summary)).OfType<Session>());
        sessions.Sort(static (left, right) => left.Summary.StartNanos != right.Summary.StartNanos
            ? left.Summary.StartNanos.CompareTo(right.Summary.StartNanos)
            : string.CompareOrdinal(left.Summary.Key, right.Summary.Key));
        return sessions;
    }

    /// <summary>Whether processes named the session in their records of its start and end, so that nothing has to be matched.</summary>
    public bool HasNamedRuns(string sessionId) => facts.Sessions.TryGetValue(sessionId, out var session) && RunMatcher.Named(session).Count > 0;

    /// <summary>Whether a run is a session of its own: no session with an id can be the one it served.</summary>
    public static bool IsNameless(ProcessRun run) => run is { Session: null, Ambiguous: false };

    /// <summary>The session with this id, with the processes that the loose records at hand tell of; null when nothing is known of it.</summary>
    public Session? Fold(string sessionId, FactTexts? texts = null)
    {
        var runs = Runs.Where(run => run.Session == sessionId).Select(run => run.Summary).ToList();
        return Fold(sessionId, runs, runs.Count == 0 && IsAmbiguous(sessionId), texts);
    }

    /// <summary>The session with this id, served by these processes.</summary>
    public Session? Fold(string sessionId, IReadOnlyList<SessionRun> runs, bool ambiguous, FactTexts? texts)
    {
        if (!facts.Sessions.TryGetValue(sessionId, out var session) || session.Source is not { } source)
        {
            return null;
        }

        var named = RunMatcher.Named(session);
        return named.Count == 0
            ? Fold(session, source, runs, ambiguous, texts)
            : Fold(session, source, [.. runs.Where(run => !named.Exists(own => own.ResourceId == run.ResourceId)).Concat(named).OrderBy(run => run.StartNanos)], false, texts);
    }

    /// <summary>The session of a process that never named it.</summary>
    public Session? FoldNameless(SessionRun run)
    {
        foreach (ref readonly var record in CollectionsMarshal.AsSpan(facts.Loose))
        {
            if (record.Emitter.ResourceId == run.ResourceId && record.Kind is LogFactKind.SessionStarted or LogFactKind.SessionCompleted
                && record.TimeNanos >= run.StartNanos && record.TimeNanos <= run.EndNanos)
            {
                return Fold(new SessionFacts(""), (record.Emitter, record.Dialect), [run], false, null);
            }
        }

        return null;
    }

    // What one session says, hostile or unforeseen as it may be, must not keep the others from being folded.
    private Session? Fold(SessionFacts session, (Emitter Emitter, AgentDialect Dialect) source, IReadOnlyList<SessionRun> runs, bool ambiguous, FactTexts? texts)
    {
        try
        {
            return new SingleSession(facts, session, source, runs, ambiguous, context, TreeOf).Fold(texts);
        }
        catch (Exception exception) when (context.OnFault is not null && exception is not OutOfMemoryException)
        {
            var reason = SessionFault.ReasonOf(exception);
            context.OnFault(new SessionFault(UnreadableSession.KeyOf(session, source.Emitter, runs), source.Emitter.Agent, reason));
            return UnreadableSession.Of(facts, session, source.Emitter, runs, context, reason);
        }
    }

    /// <summary>The stretches in which a session was active, without those it worked for another as a subagent.</summary>
    public IEnumerable<ActiveStretch> Stretches(SessionFacts session)
    {
        var any = false;
        foreach (var id in session.Traces)
        {
            if (!facts.Traces.TryGetValue(id, out var trace) || trace.Spans.Count == 0)
            {
                continue;
            }

            any = true;
            if (trace.Worked is not { } worked || worked.Spans != trace.Spans.Count)
            {
                var tree = TreeOf(trace);
                worked = (trace.Spans.Count, [.. trace.Sessions.Select(id => StretchIn(tree, id)).OfType<ActiveStretch>()]);
                trace.Worked = worked;
            }

            foreach (var stretch in worked.Stretches)
            {
                if (stretch.Session == session.Id)
                {
                    yield return stretch;
                }
            }
        }

        if (!any && session.LastNanos >= session.FirstNanos && session.Source is { } source)
        {
            yield return new ActiveStretch(session.Id, source.Emitter.ResourceId, session.FirstNanos, session.LastNanos);
        }
    }

    private static ActiveStretch? StretchIn(TraceTree tree, string session)
    {
        var (start, end, resource) = (long.MaxValue, long.MinValue, 0UL);
        for (var i = 0; i < tree.Spans.Length; i++)
        {
            var span = tree.Spans[i];
            if (tree.SessionOf(i) != session || tree.ForeignSessionAbove(i).Length > 0)
            {
                continue;
            }

            (start, end) = (Math.Min(start, span.StartNanos), Math.Max(end, span.EndNanos));
            resource = Math.Max(resource, span.Emitter.ResourceId);
        }

        return start <= end ? new ActiveStretch(session, resource, start, end) : null;
    }

    private bool IsAmbiguous(string sessionId)
    {
        if (!facts.Sessions.TryGetValue(sessionId, out var session) || !Runs.Any(run => run.Ambiguous))
        {
            return false;
        }

        return Stretches(session).Any(stretch => Runs.Any(run => run.Ambiguous && run.Emitter.ResourceId == stretch.ResourceId
            && run.StartNanos <= stretch.EndNanos && (!run.Ended || run.EndNanos >= stretch.StartNanos)));
    }

    private TraceTree TreeOf(TraceFacts trace)
    {
        if (!_trees.TryGetValue(trace.Id, out var tree))
        {
            tree = new TraceTree(trace);
            _trees.Add(trace.Id, tree);
        }

        return tree;
    }
}
