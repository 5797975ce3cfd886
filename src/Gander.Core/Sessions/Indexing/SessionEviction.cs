namespace Gander.Sessions.Indexing;

/// <summary>Keeps memory bounded: drops facts of sessions that fell idle, the longest idle first, and of traces that no session names.</summary>
internal sealed class SessionEviction(Dictionary<ulong, EmitterEntry> emitters, AbsentTraces absent, SessionIndexOptions options, long lookbackNanos, Action<EmitterEntry> dropping)
{
    private const long SweepNanos = 10_000_000_000;
    private const int FoldExcess = 4;
    private const long TrimSlackNanos = 3_600_000_000_000;

    // How long the spans of a trace wait for one that names the session: goose exports every 5 seconds.
    private const long PatienceNanos = 120_000_000_000;

    private long _factCount;
    private long _nextSweepNanos;

    /// <summary>Facts in memory after the last run.</summary>
    public long FactCount => _factCount;

    /// <summary>
    /// The same in the middle of a fold, only when memory is far too full: sessions that are not folded yet cannot be dropped,
    /// so that those would go which were just folded and will be touched next.
    /// </summary>
    public void RunInFold(long now)
    {
        if (emitters.Values.Sum(entry => (long)entry.Facts.Count) > options.MaxSessionFacts * (long)FoldExcess)
        {
            Run(now);
        }
    }

    /// <summary>Drops what may be dropped, when it is time or memory is full.</summary>
    public void Run(long now)
    {
        _factCount = emitters.Values.Sum(entry => (long)entry.Facts.Count);
        if (now < _nextSweepNanos && _factCount <= options.MaxSessionFacts)
        {
            return;
        }

        _nextSweepNanos = now > long.MaxValue - SweepNanos ? long.MaxValue : now + SweepNanos;
        var idle = options.SessionIdleSeconds * 1_000_000_000L;
        foreach (var entry in emitters.Values)
        {
            ForgetUnnamed(entry, now - PatienceNanos);
        }

        // Down to nine tenths of the limit, so that the next batch does not start all over.
        var most = _factCount > options.MaxSessionFacts ? options.MaxSessionFacts / 10 * 9 : options.MaxSessionFacts;
        foreach (var (entry, id, session) in emitters.Values
            .SelectMany(entry => entry.Sessions.Select(session => (Entry: entry, Id: session.Key, Session: session.Value)))
            .Where(item => item.Session is { IsDirty: false, IsComplete: true })
            .OrderBy(item => item.Session.TouchedOrder).ToList())
        {
            if (now - session.TouchedNanos < idle && _factCount <= most)
            {
                break;
            }

            _factCount -= Drop(entry, id);
            session.IsComplete = false;

            // Only loose records can make a session change that no telemetry names; without any, nothing of it is needed.
            if (entry.Facts.Loose.Count == 0)
            {
                entry.Sessions.Remove(id);
            }
        }

        // Traces that wait for a name go last: what belongs to them is most likely on its way.
        if (_factCount > options.MaxSessionFacts)
        {
            foreach (var entry in emitters.Values)
            {
                ForgetUnnamed(entry, now);
            }
        }

        foreach (var (id, entry) in emitters.ToList())
        {
            entry.Trim(now - lookbackNanos - TrimSlackNanos);
            if (!entry.IsDirty && now - entry.TouchedNanos >= idle && entry.Sessions.Values.All(session => !session.IsComplete))
            {
                dropping(entry);
                emitters.Remove(id);
            }
        }
    }

    private void ForgetUnnamed(EmitterEntry entry, long beforeNanos)
    {
        while (entry.Unnamed.TryPeek(out var oldest) && oldest.SinceNanos <= beforeNanos)
        {
            entry.Unnamed.Dequeue();
            if (!entry.Facts.Traces.TryGetValue(oldest.Trace, out var trace) || trace.Sessions.Count > 0)
            {
                continue;
            }

            var before = entry.Facts.Count;
            entry.Facts.Remove(trace);
            _factCount -= before - entry.Facts.Count;
            absent.Add(oldest.Trace);
        }
    }

    // When it was active stays known, so that others' runs are not matched with its time.
    private int Drop(EmitterEntry entry, string id)
    {
        var facts = entry.Facts;
        var before = facts.Count;
        if (!facts.Sessions.TryGetValue(id, out var session))
        {
            return 0;
        }

        if (facts.Loose.Count > 0)
        {
            facts.Remember(new SessionFold(facts, default).Stretches(session));
        }

        foreach (var trace in session.Traces)
        {
            if (facts.Traces.TryGetValue(trace, out var members) && members.Sessions.TrueForAll(other => other == id || !facts.Sessions.ContainsKey(other)))
            {
                facts.Remove(members);
                absent.Add(trace);
            }
        }

        facts.Remove(session);
        return before - facts.Count;
    }
}
