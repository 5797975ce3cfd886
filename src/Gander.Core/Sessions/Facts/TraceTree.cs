using Gander.Telemetry;

namespace Gander.Sessions.Facts;

/// <summary>
/// The spans of one trace, each once, in order of start, with their parents and with the session of each, also where the
/// span does not carry it: that of its nearest ancestor, else of its first descendant, else the only one of the trace.
/// </summary>
internal sealed class TraceTree
{
    // Deeper ancestors are not looked at, so that a hostile trace cannot make the fold slow.
    private const int MaxDepth = 256;

    private static readonly Comparison<SpanFacts> ByStart = CompareStarts;

    private readonly SpanFacts[] _spans;
    private readonly Dictionary<SpanId, int> _byId;
    private readonly int[] _parents;
    private readonly string[] _sessions;

    /// <summary>Builds the tree; the facts may hold duplicates and be in any order.</summary>
    public TraceTree(TraceFacts trace)
    {
        Trace = trace;
        _byId = new Dictionary<SpanId, int>(trace.Spans.Count);
        _spans = Distinct(trace.Spans);
        _parents = Parents();
        _sessions = ResolveSessions(trace);
    }

    /// <summary>The facts it was built from.</summary>
    public TraceFacts Trace { get; }

    /// <summary>The spans, earliest start first.</summary>
    public ReadOnlySpan<SpanFacts> Spans => _spans;

    /// <summary>Whether the span is here.</summary>
    public bool Contains(SpanId id) => _byId.ContainsKey(id);

    /// <summary>The index of a span, or -1 when it is not here.</summary>
    public int IndexOf(SpanId id) => _byId.TryGetValue(id, out var index) ? index : -1;

    /// <summary>The index of the parent of span <paramref name="index"/>, or -1.</summary>
    public int ParentOf(int index) => _parents[index];

    /// <summary>The session of span <paramref name="index"/>, or empty.</summary>
    public string SessionOf(int index) => _sessions[index];

    /// <summary>The nearest ancestor's session that is not the span's own; empty when there is none.</summary>
    public string ForeignSessionAbove(int index)
    {
        var own = _sessions[index];
        var steps = 0;
        for (var i = _parents[index]; i >= 0 && steps++ < MaxDepth; i = _parents[i])
        {
            if (_spans[i].Role != SpanRole.Carrier && _sessions[i].Length > 0 && _sessions[i] != own)
            {
                return _sessions[i];
            }
        }

        return "";
    }

    /// <summary>The topmost turn above or at a span without leaving its session; -1 when there is none.</summary>
    public int TurnOf(int index)
    {
        var turn = -1;
        var steps = 0;
        for (var i = index; i >= 0 && _sessions[i] == _sessions[index] && steps++ < MaxDepth; i = _parents[i])
        {
            if (_spans[i].Role == SpanRole.Turn)
            {
                turn = i;
            }
        }

        return turn;
    }

    private SpanFacts[] Distinct(List<SpanFacts> facts)
    {
        var distinct = new SpanFacts[facts.Count];
        var count = 0;
        foreach (var span in facts)
        {
            if (_byId.TryAdd(span.Span, 0))
            {
                distinct[count++] = span;
            }
        }

        Array.Resize(ref distinct, count);
        Array.Sort(distinct, ByStart);
        return distinct;
    }

    private static int CompareStarts(SpanFacts left, SpanFacts right)
    {
        var order = left.StartNanos.CompareTo(right.StartNanos);
        order = order != 0 ? order : right.EndNanos.CompareTo(left.EndNanos);
        return order != 0 ? order : left.Span.Value.CompareTo(right.Span.Value);
    }

    private int[] Parents()
    {
        for (var i = 0; i < _spans.Length; i++)
        {
            _byId[_spans[i].Span] = i;
        }

        var parents = new int[_spans.Length];
        for (var i = 0; i < _spans.Length; i++)
        {
            var span = _spans[i];
            parents[i] = !span.Parent.IsEmpty && _byId.TryGetValue(span.Parent, out var parent) && parent != i ? parent : -1;
        }

        return parents;
    }

    private string[] ResolveSessions(TraceFacts trace)
    {
        var sessions = new string[_spans.Length];
        for (var i = 0; i < _spans.Length; i++)
        {
            sessions[i] = _spans[i].Role == SpanRole.Carrier ? "" : Nearest(i);
        }

        // Children name their parents only where no ancestor did; in order of start, so that the first child decides.
        for (var i = 0; i < _spans.Length; i++)
        {
            var steps = 0;
            for (var up = _parents[i];
                 up >= 0 && sessions[i].Length > 0 && sessions[up].Length == 0 && _spans[up].Role != SpanRole.Carrier && steps++ < MaxDepth;
                 up = _parents[up])
            {
                sessions[up] = sessions[i];
            }
        }

        for (var i = 0; i < _spans.Length && trace.Sessions.Count == 1; i++)
        {
            if (sessions[i].Length == 0 && _spans[i].Role != SpanRole.Carrier)
            {
                sessions[i] = trace.Sessions[0];
            }
        }

        return sessions;
    }

    private string Nearest(int index)
    {
        var steps = 0;
        for (var i = index; i >= 0 && steps++ < MaxDepth; i = _parents[i])
        {
            if (_spans[i].Role == SpanRole.Carrier)
            {
                return "";
            }

            if (_spans[i].Session.Length > 0)
            {
                return _spans[i].Session;
            }
        }

        return "";
    }
}
