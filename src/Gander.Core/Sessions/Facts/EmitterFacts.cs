using Gander.Telemetry;

namespace Gander.Sessions.Facts;

/// <summary>
/// All facts of one emitter that are at hand: the input of the fold. What it holds after some adds does not depend on their
/// order, and adding a record twice changes nothing that the fold sees. Not thread-safe.
/// </summary>
internal sealed class EmitterFacts
{
    private const int FactsASession = 8;

    private int _records;

    /// <summary>Traces by id.</summary>
    public Dictionary<TraceId, TraceFacts> Traces { get; } = [];

    /// <summary>Sessions by id.</summary>
    public Dictionary<string, SessionFacts> Sessions { get; } = new(StringComparer.Ordinal);

    /// <summary>Records without session and trace that tell of processes and tools.</summary>
    public List<LogFacts> Loose { get; } = [];

    /// <summary>Processes by resource, of agents whose metrics name no session.</summary>
    public Dictionary<ulong, ProcessFacts> Processes { get; } = [];

    /// <summary>When sessions were active whose other facts were forgotten.</summary>
    public List<ActiveStretch> Known { get; } = [];

    /// <summary>Facts held; traces and sessions count for as many as they take the memory of.</summary>
    public int Count => _records + Traces.Count + (Sessions.Count * FactsASession);

    /// <summary>Adds a span and the events of it that mean something.</summary>
    public TraceFacts Add(SpanFacts span)
    {
        var trace = TraceOf(span.Trace);
        trace.Spans.Add(span);
        _records++;
        if (span.Session.Length > 0)
        {
            var session = SessionOf(span.Session);
            session.Offer(span.Emitter, span.Dialect);
            Join(trace, session);
            if (span.Dialect is Agents.CallDialect { MetricsNameNoSession: true })
            {
                ProcessOf(span.Emitter).Join(span.Session);
            }
        }

        return trace;
    }

    /// <summary>Adds a log record or event; records that mean nothing only show that their session was alive.</summary>
    public void Add(in LogFacts log)
    {
        var trace = log.Trace.IsEmpty ? null : TraceOf(log.Trace);
        if (log.Session.Length > 0)
        {
            var session = SessionOf(log.Session);
            session.Touch(log);
            if (trace is not null)
            {
                Join(trace, session);
            }
            else if (log.Kind != LogFactKind.Other)
            {
                session.Notes.Add(log);
                _records++;
            }
        }

        if (log.Kind == LogFactKind.Other)
        {
            return;
        }

        if (trace is not null)
        {
            trace.Notes.Add(log);
            _records++;
        }
        else if (log.Session.Length == 0)
        {
            Loose.Add(log);
            _records++;
        }
    }

    /// <summary>Adds a metric point. Of two with the same series, start and time the larger stays, whichever came first.</summary>
    public void Add(in PointFacts point)
    {
        if (point.Session.Length == 0)
        {
            Add(ProcessOf(point.Emitter).Points, point);
            return;
        }

        var session = SessionOf(point.Session);
        session.Offer(point.Emitter, point.Dialect);
        Add(session.Points, point);
    }

    /// <summary>The processes that served a session, of an agent whose metrics name none.</summary>
    public IEnumerable<ProcessFacts> ProcessesOf(string session) => Processes.Values.Where(process => process.Sessions.Contains(session));

    /// <summary>Forgets a trace.</summary>
    public void Remove(TraceFacts trace)
    {
        if (Traces.Remove(trace.Id))
        {
            _records -= trace.Spans.Count + trace.Notes.Count;
        }
    }

    /// <summary>Forgets a session; its traces stay.</summary>
    public void Remove(SessionFacts session)
    {
        if (Sessions.Remove(session.Id))
        {
            _records -= session.Notes.Count + session.Points.Count;
            foreach (var (id, process) in Processes.Where(process => process.Value.Sessions.Contains(session.Id) && !process.Value.Sessions.Any(Sessions.ContainsKey)).ToList())
            {
                _records -= process.Points.Count;
                Processes.Remove(id);
            }
        }
    }

    /// <summary>Forgets loose records for which <paramref name="match"/> holds.</summary>
    public void RemoveLoose(Predicate<LogFacts> match) => _records -= Loose.RemoveAll(match);

    /// <summary>Adds what others hold and this does not, records alike once.</summary>
    public void Absorb(EmitterFacts others)
    {
        foreach (var trace in others.Traces.Values)
        {
            var spans = Traces.TryGetValue(trace.Id, out var mine) ? mine.Spans.Select(span => span.Span).ToHashSet() : [];
            foreach (var span in trace.Spans.Where(span => spans.Add(span.Span)))
            {
                Add(span);
            }

            var notes = mine is null ? [] : mine.Notes.Select(Identity).ToHashSet();
            foreach (var note in trace.Notes.Where(note => notes.Add(Identity(note))))
            {
                Add(note);
            }
        }

        AbsorbProcesses(others);
        foreach (var session in others.Sessions.Values)
        {
            var mine = SessionOf(session.Id);
            mine.Absorb(session);
            var notes = mine.Notes.Select(Identity).ToHashSet();
            foreach (var note in session.Notes.Where(note => notes.Add(Identity(note))))
            {
                Add(note);
            }

            foreach (var point in session.Points.Values)
            {
                Add(point);
            }

            foreach (var trace in session.Traces)
            {
                Join(TraceOf(trace), mine);
            }
        }
    }

    private void AbsorbProcesses(EmitterFacts others)
    {
        foreach (var (id, process) in others.Processes)
        {
            if (!Processes.TryGetValue(id, out var mine))
            {
                Processes.Add(id, mine = new ProcessFacts(process.Instance));
            }

            foreach (var session in process.Sessions)
            {
                mine.Join(session);
            }

            foreach (var point in process.Points.Values)
            {
                Add(mine.Points, point);
            }
        }
    }

    /// <summary>Adds loose records that others hold and this does not.</summary>
    public void AbsorbLoose(EmitterFacts others)
    {
        var mine = Loose.Select(Identity).ToHashSet();
        foreach (var record in others.Loose.Where(record => mine.Add(Identity(record))))
        {
            Add(record);
        }
    }

    /// <summary>Remembers stretches, each once.</summary>
    public void Remember(IEnumerable<ActiveStretch> stretches)
    {
        var mine = Known.ToHashSet();
        Known.AddRange(stretches.Where(mine.Add));
    }

    private static (ulong, long, LogFactKind, SpanId, string, string, bool, bool, long, string?, string?, (long, bool, string)?) Identity(LogFacts note) => (
        note.Emitter.ResourceId, note.TimeNanos, note.Kind, note.Span, note.Tool, note.Detail, note.Failed, note.IsEvent,
        note.Sequence, note.Call?.CallId, note.Call?.RequestId, note.Call?.Outcome);

    private static void Join(TraceFacts trace, SessionFacts session)
    {
        if (trace.Join(session.Id))
        {
            session.Traces.Add(trace.Id);
        }
    }

    private void Add(Dictionary<(ulong Series, long StartNanos, long TimeNanos), PointFacts> points, in PointFacts point)
    {
        if (points.TryGetValue(point.Identity, out var known))
        {
            if (known.Value < point.Value)
            {
                points[point.Identity] = point;
            }

            return;
        }

        points.Add(point.Identity, point);
        _records++;
    }

    private ProcessFacts ProcessOf(Emitter emitter)
    {
        if (!Processes.TryGetValue(emitter.ResourceId, out var process))
        {
            Processes.Add(emitter.ResourceId, process = new ProcessFacts(emitter.Instance));
        }

        return process;
    }

    private TraceFacts TraceOf(TraceId id)
    {
        if (!Traces.TryGetValue(id, out var trace))
        {
            trace = new TraceFacts(id);
            Traces.Add(id, trace);
        }

        return trace;
    }

    private SessionFacts SessionOf(string id)
    {
        if (!Sessions.TryGetValue(id, out var session))
        {
            session = new SessionFacts(id);
            Sessions.Add(id, session);
        }

        return session;
    }
}
