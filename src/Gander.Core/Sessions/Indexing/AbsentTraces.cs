using Gander.Telemetry;

namespace Gander.Sessions.Indexing;

/// <summary>
/// Traces of which the store has spans that memory has not: should more of one come, the rest must be looked up. It remembers
/// at least the latest <paramref name="capacity"/> and at most twice as many. Not thread-safe.
/// </summary>
internal sealed class AbsentTraces(int capacity)
{
    private HashSet<TraceId> _recent = [];
    private HashSet<TraceId> _older = [];

    /// <summary>How many it remembers for sure.</summary>
    public int Capacity => capacity;

    /// <summary>Remembers a trace.</summary>
    public void Add(TraceId trace)
    {
        if (_recent.Count >= capacity)
        {
            (_older, _recent) = (_recent, _older);
            _recent.Clear();
        }

        _recent.Add(trace);
    }

    /// <summary>Forgets a trace; whether it was remembered.</summary>
    public bool Remove(TraceId trace) => _recent.Remove(trace) | _older.Remove(trace);

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _recent.Clear();
        _older.Clear();
    }
}
