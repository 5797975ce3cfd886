using Gander.Sessions.Facts;

namespace Gander.Sessions.Indexing;

/// <summary>What the index holds of one emitter.</summary>
internal sealed class EmitterEntry
{
    /// <summary>The facts in memory.</summary>
    public EmitterFacts Facts { get; } = new();

    /// <summary>Its sessions by id, those included whose facts are not in memory.</summary>
    public Dictionary<string, SessionEntry> Sessions { get; } = new(StringComparer.Ordinal);

    /// <summary>Its saved sessions without an id, by key.</summary>
    public Dictionary<string, SessionSummary> Nameless { get; } = new(StringComparer.Ordinal);

    /// <summary>The resources seen of it.</summary>
    public HashSet<ulong> Resources { get; } = [];

    /// <summary>From when on its loose records and the stretches of its sessions are in memory, Unix nanoseconds.</summary>
    public long ContextFromNanos { get; set; } = long.MaxValue;

    /// <summary>Whether its runs may have changed since they were matched.</summary>
    public bool IsDirty { get; set; }

    /// <summary>The earliest instant that must be in memory before its runs are matched.</summary>
    public long WantedFromNanos { get; set; } = long.MaxValue;

    /// <summary>When it was touched last, in the index's own time.</summary>
    public long TouchedNanos { get; set; }

    /// <summary>Traces without a session so far, oldest first, with the time at which they began to wait for one.</summary>
    public Queue<(Telemetry.TraceId Trace, long SinceNanos)> Unnamed { get; } = new();

    /// <summary>Traces in memory of which the store may hold more.</summary>
    public HashSet<Telemetry.TraceId> Partial { get; } = [];

    /// <summary>The session, made when it is new.</summary>
    public SessionEntry SessionOf(string id)
    {
        if (!Sessions.TryGetValue(id, out var session))
        {
            session = new SessionEntry();
            Sessions.Add(id, session);
        }

        return session;
    }

    /// <summary>
    /// Drops what is older than <paramref name="cutoffNanos"/>, but nothing that a session in memory still needs, and says so
    /// in <see cref="ContextFromNanos"/>.
    /// </summary>
    public void Trim(long cutoffNanos)
    {
        foreach (var session in Sessions.Values)
        {
            if ((session.IsComplete || session.IsDirty) && session.Saved is { } saved)
            {
                cutoffNanos = Math.Min(cutoffNanos, saved.StartNanos - SessionReader.Slack);
            }
        }

        if (ContextFromNanos >= cutoffNanos || ContextFromNanos == long.MaxValue)
        {
            return;
        }

        ContextFromNanos = WantedFromNanos = cutoffNanos;
        Facts.RemoveLoose(record => record.TimeNanos < cutoffNanos);
        Facts.Known.RemoveAll(stretch => stretch.EndNanos < cutoffNanos);
        foreach (var (key, _) in Nameless.Where(entry => entry.Value.EndNanos < cutoffNanos).ToList())
        {
            Nameless.Remove(key);
        }

        foreach (var (id, _) in Sessions.Where(entry => entry.Value is { IsComplete: false, IsDirty: false } && !(entry.Value.Saved?.EndNanos >= cutoffNanos)).ToList())
        {
            Sessions.Remove(id);
        }
    }
}
