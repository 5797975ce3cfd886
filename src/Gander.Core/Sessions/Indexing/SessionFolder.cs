using System.Runtime.InteropServices;
using Gander.Sessions.Agents;
using Gander.Sessions.Calls;
using Gander.Sessions.Facts;
using Gander.Stores;

namespace Gander.Sessions.Indexing;

/// <summary>
/// Holds the facts of active sessions, folds those that changed, and saves their summaries together with how far the fold
/// has come. Not thread-safe: the index lets one caller in at a time.
/// </summary>
internal sealed class SessionFolder
{
    // Longer sessions are folded less often, so that folding stays a small share of the work: 5 s for 50,000 facts.
    private const long NanosAFact = 100_000;
    private const int SessionsARead = 64;
    private const int MaxRounds = 3;
    private const int MaxAbsentTraces = 100_000;
    private const int SilentARound = 1_000;

    // Points of sessions come in no order; those of a process that could not send for a while come late.
    private const long PointSlackNanos = 3_600_000_000_000;
    private const long SilenceNanos = 5_000_000_000;

    private readonly SessionReader _reader;
    private readonly ISessionStore _store;
    private readonly SessionLoader _loader;
    private readonly SessionEviction _eviction;
    private readonly Dictionary<ulong, EmitterEntry> _emitters = [];
    private long _touches;
    private long _nextSilenceNanos = long.MinValue;
    private FoldProgress _observed;
    private FoldProgress _savedProgress;
    private readonly AbsentTraces _absent = new(MaxAbsentTraces);
    private readonly SessionCallsEncoder _encoder = new();
    private HashSet<ulong> _looseBefore = [];

    /// <summary>Folds into a store what a reader brings.</summary>
    public SessionFolder(SessionReader reader, ISessionStore store, SessionIndexOptions options)
    {
        var lookback = options.SessionLookbackHours * 3600L * 1_000_000_000;
        _reader = reader;
        _store = store;
        _loader = new SessionLoader(reader, store, lookback);
        _eviction = new SessionEviction(_emitters, _absent, options, lookback, RememberLoose);
    }

    /// <summary>Up to which exports everything was added; after a start, up to which everything is saved.</summary>
    public FoldProgress Observed => _observed;

    /// <summary>Up to which exports everything is saved.</summary>
    public FoldProgress SavedProgress => _savedProgress;

    /// <summary>Facts in memory.</summary>
    public long FactCount => _eviction.FactCount;

    /// <summary>Takes up where the saved sessions left off.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        _savedProgress = _observed = await _store.ReadProgressAsync(cancellationToken).ConfigureAwait(false);
        _nextSilenceNanos = long.MinValue;

        // Of these memory sees only the rest.
        _looseBefore = await _reader.LooseBeforeAsync(_savedProgress.Logs, cancellationToken).ConfigureAwait(false);
        foreach (var trace in await _reader.TracesBeforeAsync(_savedProgress.Spans, _absent.Capacity, cancellationToken).ConfigureAwait(false))
        {
            _absent.Add(trace);
        }
    }

    /// <summary>Forgets everything, saved progress included.</summary>
    public void Forget()
    {
        _emitters.Clear();
        _nextSilenceNanos = long.MinValue;
        _absent.Clear();
        _looseBefore = [];
        _savedProgress = _observed = new FoldProgress { Version = SessionFold.Version };
    }

    /// <summary>Adds observed facts.</summary>
    public void Add(PendingContent content, long now)
    {
        foreach (var piece in content.Spans.Pieces)
        {
            Add(piece.Span, now);
        }

        foreach (ref readonly var note in CollectionsMarshal.AsSpan(content.Notes))
        {
            var entry = EmitterOf(note.Emitter, note.TimeNanos, now);
            var isNew = !note.Trace.IsEmpty && !entry.Facts.Traces.ContainsKey(note.Trace);
            entry.Facts.Add(note);
            if (isNew)
            {
                Begin(entry, entry.Facts.Traces[note.Trace], now);
            }

            if (note.Session.Length > 0)
            {
                MarkDirty(entry, note.Session, now);
            }
            else if (note.Trace.IsEmpty)
            {
                Want(entry, note);
            }
            else if (entry.Facts.Traces.TryGetValue(note.Trace, out var trace))
            {
                foreach (var session in trace.Sessions)
                {
                    MarkDirty(entry, session, now);
                }
            }
        }

        Add(content.Points, now);
        Advance(content.Progress);
    }

    /// <summary>Adds observed metric points.</summary>
    public void Add(List<PointFacts> points, long now)
    {
        foreach (ref readonly var point in CollectionsMarshal.AsSpan(points))
        {
            EmitterOf(point.Emitter, point.TimeNanos, now).Facts.Add(point);
            if (point.Session.Length > 0)
            {
                MarkDirty(EmitterOf(point.Emitter.Id, now), point.Session, now);
            }
            else
            {
                MarkServed(EmitterOf(point.Emitter.Id, now), point.Emitter, now);
            }

            _observed = _observed with { PointNanos = Math.Max(_observed.PointNanos, Math.Min(point.TimeNanos, now)) };
        }
    }

    /// <summary>Has the sessions read anew that have metric points after the last that was added, or a little before it.</summary>
    public async Task CatchUpPointsAsync(long now, CancellationToken cancellationToken)
    {
        foreach (var (emitter, session) in await _reader.SessionsOfPointsAsync(_observed.PointNanos - PointSlackNanos, cancellationToken).ConfigureAwait(false))
        {
            Touch(EmitterOf(emitter, now, now), session, now);
        }
    }

    /// <summary>Counts all exports up to some as added, those included that held nothing.</summary>
    public void Advance(FoldProgress progress) =>
        _observed = new FoldProgress(Math.Max(_observed.Spans, progress.Spans), Math.Max(_observed.Logs, progress.Logs))
        {
            PointNanos = _observed.PointNanos,
            Version = SessionFold.Version,
        };

    /// <summary>Folds what changed and saves it; without <paramref name="force"/> large sessions may wait.</summary>
    public async Task FoldAsync(FoldContext context, bool force, CancellationToken cancellationToken)
    {
        var changes = new FoldChanges(_encoder);
        try
        {
            await WakeSilentAsync(context, changes, cancellationToken).ConfigureAwait(false);
            var progress = _observed;
            foreach (var (id, entry) in _emitters)
            {
                if (entry.IsDirty)
                {
                    await FoldAsync(id, entry, context, force, changes, cancellationToken).ConfigureAwait(false);
                    progress = Postponed(entry, progress);
                }
            }

            if (!changes.IsEmpty || progress != _savedProgress)
            {
                await _store.SaveAsync(changes.Saved, changes.Calls, changes.Usage, changes.Removed, progress, cancellationToken).ConfigureAwait(false);
                _savedProgress = progress;
                changes.Accept();
            }
        }
        catch
        {
            changes.Reject();
            throw;
        }

        _eviction.Run(context.NowNanos);
    }

    // What still waits must be found again after a crash.
    private static FoldProgress Postponed(EmitterEntry entry, FoldProgress progress)
    {
        entry.IsDirty = false;
        foreach (var session in entry.Sessions.Values)
        {
            if (session.IsDirty)
            {
                entry.IsDirty = true;
                progress = new FoldProgress(Math.Min(progress.Spans, session.DirtyFrom.Spans), Math.Min(progress.Logs, session.DirtyFrom.Logs))
                {
                    PointNanos = Math.Min(progress.PointNanos, session.DirtyFrom.PointNanos),
                    Version = SessionFold.Version,
                };
            }
        }

        return progress;
    }

    private void RememberLoose(EmitterEntry entry)
    {
        if (entry.Facts.Loose.Count > 0 && _looseBefore.Count < SessionReader.MaxResourcesBefore)
        {
            _looseBefore.UnionWith(entry.Resources);
        }
    }

    private static long Later(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;

    private static bool SameRuns(SessionSummary? saved, List<ProcessRun> runs) =>
        (saved?.Runs ?? []).SequenceEqual(runs.Select(run => run.Summary));

    private EmitterEntry EmitterOf(Emitter emitter, long time, long now)
    {
        var entry = EmitterOf(emitter.Id, now);
        if (entry.Resources.Add(emitter.ResourceId))
        {
            // Its records of another resource were not read yet.
            entry.ContextFromNanos = long.MaxValue;
            if (_looseBefore.Contains(emitter.ResourceId))
            {
                entry.WantedFromNanos = Math.Min(entry.WantedFromNanos, _loader.Back(time));
            }
        }

        return entry;
    }

    private EmitterEntry EmitterOf(ulong emitterId, long now)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_emitters, emitterId, out _);
        entry ??= new EmitterEntry();
        entry.TouchedNanos = now;
        entry.IsDirty = true;
        return entry;
    }

    private void Add(ReadOnlySpan<SpanFacts> spans, long now)
    {
        foreach (var span in spans)
        {
            var entry = EmitterOf(span.Emitter, span.StartNanos, now);
            var trace = entry.Facts.Add(span);
            if (trace.Spans.Count + trace.Notes.Count == 1)
            {
                Begin(entry, trace, now);
            }

            foreach (var session in trace.Sessions)
            {
                MarkDirty(entry, session, now);
            }

            if (span.Dialect is CallDialect { MetricsNameNoSession: true })
            {
                MarkServed(entry, span.Emitter, now);
            }
        }
    }

    private void Begin(EmitterEntry entry, TraceFacts trace, long now)
    {
        if (trace.Sessions.Count == 0)
        {
            entry.Unnamed.Enqueue((trace.Id, now));
        }

        if (_absent.Remove(trace.Id))
        {
            entry.Partial.Add(trace.Id);
        }
    }

    private void MarkDirty(EmitterEntry entry, string id, long now)
    {
        var session = entry.SessionOf(id);
        session.TouchedNanos = now;
        session.TouchedOrder = ++_touches;
        if (!session.IsDirty)
        {
            session.IsDirty = true;
            session.DirtyFrom = _observed;
        }
    }

    // A process with a session more may have points that are no longer one session's.
    private void MarkServed(EmitterEntry entry, Emitter emitter, long now)
    {
        if (entry.Facts.Processes.TryGetValue(emitter.ResourceId, out var process))
        {
            foreach (var session in process.Sessions)
            {
                MarkDirty(entry, session, now);
            }
        }
    }

    private void Touch(EmitterEntry entry, string id, long now)
    {
        MarkDirty(entry, id, now);
        entry.Sessions[id].IsComplete = false;
        entry.Sessions[id].NeedsStore = true;
    }

    private void Want(EmitterEntry entry, in LogFacts record) =>
        entry.WantedFromNanos = Math.Min(entry.WantedFromNanos, _loader.Back(record.TimeNanos - record.DurationNanos));

    // A session that counted as running and fell silent changes without new telemetry. The store knows which: there may be
    // more of them than memory should hold.
    private async Task WakeSilentAsync(FoldContext context, FoldChanges changes, CancellationToken cancellationToken)
    {
        if (context.NowNanos < _nextSilenceNanos)
        {
            return;
        }

        var query = new SessionQuery(Status: "running", EndedBy: context.NowNanos - context.RunningNanos, Limit: SilentARound);
        var silent = await _store.ListAsync(query, cancellationToken).ConfigureAwait(false);
        _nextSilenceNanos = silent.Count < SilentARound ? Later(context.NowNanos, SilenceNanos) : context.NowNanos;
        foreach (var summary in silent)
        {
            if (_emitters.GetValueOrDefault(summary.EmitterId)?.Sessions.GetValueOrDefault(summary.Id) is { IsDirty: true })
            {
                continue;
            }

            if (summary.WhenSilent is not null)
            {
                changes.Save(summary.Silenced(), static () => { }, () => _nextSilenceNanos = long.MinValue);
                continue;
            }

            var entry = EmitterOf(summary.EmitterId, context.NowNanos);
            entry.Resources.UnionWith(summary.Runs.Select(run => run.ResourceId));
            if (summary.Id.Length == 0)
            {
                entry.Nameless[summary.Key] = summary;
                entry.WantedFromNanos = Math.Min(entry.WantedFromNanos, _loader.Back(summary.StartNanos));
            }
            else
            {
                MarkDirty(entry, summary.Id, context.NowNanos);
            }
        }
    }

    private async Task FoldAsync(ulong id, EmitterEntry entry, FoldContext context, bool force, FoldChanges changes, CancellationToken cancellationToken)
    {
        if (entry.Partial.Count > 0)
        {
            foreach (var session in await _reader.SessionsOfTracesAsync(id, entry.Partial, cancellationToken).ConfigureAwait(false))
            {
                Touch(entry, session, context.NowNanos);
            }

            entry.Partial.Clear();
        }

        var due = entry.Sessions.Where(session => session.Value.IsDirty && (force || session.Value.DueNanos <= context.NowNanos)).Select(session => session.Key).ToList();
        await FoldAsync(id, entry, due, context, changes, cancellationToken).ConfigureAwait(false);
        await _loader.ReadContextAsync(id, entry, cancellationToken).ConfigureAwait(false);

        // A session folded now may take a run from another: those are folded again, until nothing moves.
        var fold = new SessionFold(entry.Facts, context);
        for (var round = 0; round < MaxRounds; round++)
        {
            var moved = Moved(entry, fold);
            if (moved.Count == 0)
            {
                break;
            }

            await FoldAsync(id, entry, moved, context, changes, cancellationToken).ConfigureAwait(false);
            fold = new SessionFold(entry.Facts, context);
        }

        SaveNameless(entry, fold, changes);
    }

    private async Task FoldAsync(ulong id, EmitterEntry entry, List<string> sessions, FoldContext context, FoldChanges changes, CancellationToken cancellationToken)
    {
        foreach (var chunk in sessions.Chunk(SessionsARead))
        {
            await _loader.CompleteAsync(id, entry, chunk, cancellationToken).ConfigureAwait(false);
            await _loader.ReadContextAsync(id, entry, cancellationToken).ConfigureAwait(false);
            var family = chunk.SelectMany(session => WithRelatives(entry, session)).Distinct(StringComparer.Ordinal).ToList();
            await _loader.CompleteAsync(id, entry, family, cancellationToken).ConfigureAwait(false);
            var fold = new SessionFold(entry.Facts, context);
            foreach (var session in family)
            {
                if (fold.Fold(session) is { } folded)
                {
                    Save(entry, session, folded, context, changes);
                }
                else
                {
                    // Nothing that makes a session came so far; what comes next is folded with what is here.
                    entry.SessionOf(session).IsDirty = false;
                }
            }

            if (sessions.Count > SessionsARead)
            {
                _eviction.RunInFold(context.NowNanos);
            }
        }
    }

    private static List<string> Moved(EmitterEntry entry, SessionFold fold)
    {
        if (entry.Facts.Loose.Count == 0)
        {
            return [];
        }

        var runs = fold.Runs.Where(run => run.Session is not null).GroupBy(run => run.Session!).ToDictionary(group => group.Key, group => group.ToList());
        return [.. entry.Sessions
            .Where(session => session.Value is { IsDirty: false, Saved: { } saved }
                && saved.StartNanos >= entry.ContextFromNanos
                && !fold.HasNamedRuns(session.Key)
                && !SameRuns(saved, runs.GetValueOrDefault(session.Key, [])))
            .Select(session => session.Key)];
    }

    private static IEnumerable<string> WithRelatives(EmitterEntry entry, string session)
    {
        yield return session;
        if (!entry.Facts.Sessions.TryGetValue(session, out var facts))
        {
            yield break;
        }

        foreach (var trace in facts.Traces)
        {
            if (entry.Facts.Traces.TryGetValue(trace, out var members) && members.Sessions.Count > 1)
            {
                foreach (var relative in members.Sessions)
                {
                    yield return relative;
                }
            }
        }
    }

    private static void Save(EmitterEntry entry, string sessionId, Session folded, FoldContext context, FoldChanges changes)
    {
        var summary = folded.Summary;
        var session = entry.SessionOf(sessionId);
        var spans = entry.Facts.Sessions[sessionId].Traces.Sum(trace => (long)(entry.Facts.Traces.GetValueOrDefault(trace)?.Spans.Count ?? 0));
        session.DueNanos = Later(context.NowNanos, NanosAFact * spans);
        session.IsDirty = false;
        session.Saved = summary;
        changes.Save(folded, static () => { }, () => session.IsDirty = entry.IsDirty = true);
    }

    private static void SaveNameless(EmitterEntry entry, SessionFold fold, FoldChanges changes)
    {
        var current = fold.Runs.Where(SessionFold.IsNameless).Where(run => run.StartNanos >= entry.ContextFromNanos)
            .Select(run => fold.FoldNameless(run.Summary)).OfType<Session>()
            .DistinctBy(session => session.Summary.Key)
            .ToDictionary(session => session.Summary.Key, StringComparer.Ordinal);
        foreach (var (key, summary) in entry.Nameless.ToList())
        {
            if (!current.ContainsKey(key) && summary.StartNanos >= entry.ContextFromNanos)
            {
                changes.Remove(key, () => entry.Nameless.Remove(key), () => entry.IsDirty = true);
            }
        }

        foreach (var (key, session) in current)
        {
            if (!entry.Nameless.TryGetValue(key, out var saved) || !SameNameless(saved, session.Summary))
            {
                changes.Save(session, () => entry.Nameless[key] = session.Summary, () => entry.IsDirty = true);
            }
        }
    }

    private static bool SameNameless(SessionSummary left, SessionSummary right) =>
        (left.StartNanos, left.EndNanos, left.Status, left.Exit) == (right.StartNanos, right.EndNanos, right.Status, right.Exit)
        && left.Runs.SequenceEqual(right.Runs)
        && left.Missing.SequenceEqual(right.Missing);

}
