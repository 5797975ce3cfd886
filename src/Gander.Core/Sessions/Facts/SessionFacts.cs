namespace Gander.Sessions.Facts;

/// <summary>What is known of one session beside its traces.</summary>
internal sealed class SessionFacts(string id)
{
    // Beyond these a session has lost its gaps from view.
    private const int MaxSequences = 65_536;

    private readonly HashSet<long> _sequences = [];

    /// <summary>The id as the agent names it.</summary>
    public string Id { get; } = id;

    /// <summary>The traces in which the id occurs.</summary>
    public HashSet<Telemetry.TraceId> Traces { get; } = [];

    /// <summary>Log records outside traces that mean something.</summary>
    public List<LogFacts> Notes { get; } = [];

    /// <summary>Metric points, each once.</summary>
    public Dictionary<(ulong Series, long StartNanos, long TimeNanos), PointFacts> Points { get; } = [];

    /// <summary>A record of the session, for who sent it and who understands it: the most telling one.</summary>
    public (Emitter Emitter, Agents.AgentDialect Dialect)? Source { get; private set; }

    /// <summary>The first instant at which a log record names the session.</summary>
    public long FirstNanos { get; private set; } = long.MaxValue;

    /// <summary>The last such instant.</summary>
    public long LastNanos { get; private set; } = long.MinValue;

    /// <summary>Whether a log record says that the session's traces are not sampled.</summary>
    public bool Unsampled { get; private set; }

    /// <summary>Numbers that are absent between the first and the last of its numbered events: records that did not arrive.</summary>
    public long MissingSequences => _sequences.Count == 0 ? 0 : _sequences.Max() - _sequences.Min() + 1 - _sequences.Count;

    /// <summary>Counts a record in that belongs to the session.</summary>
    public void Touch(in LogFacts facts)
    {
        FirstNanos = Math.Min(FirstNanos, facts.TimeNanos);
        LastNanos = Math.Max(LastNanos, facts.TimeNanos);
        Unsampled |= facts.Unsampled;
        if (facts.Sequence is >= 0 and < MaxSequences)
        {
            _sequences.Add(facts.Sequence);
        }

        Offer(facts.Emitter, facts.Dialect);
    }

    /// <summary>Offers a sender; of several the choice does not depend on the order in which they are offered.</summary>
    public void Offer(Emitter emitter, Agents.AgentDialect dialect)
    {
        if (Source is not { } current || Rank(emitter, dialect).CompareTo(Rank(current.Emitter, current.Dialect)) > 0)
        {
            Source = (emitter, dialect);
        }
    }

    /// <summary>Takes over what another reading of the same session saw.</summary>
    public void Absorb(SessionFacts other)
    {
        FirstNanos = Math.Min(FirstNanos, other.FirstNanos);
        LastNanos = Math.Max(LastNanos, other.LastNanos);
        Unsampled |= other.Unsampled;
        _sequences.UnionWith(other._sequences);
        if (other.Source is { } source)
        {
            Offer(source.Emitter, source.Dialect);
        }
    }

    // Some agents name the host on their log records alone.
    private static (bool, bool, ulong) Rank(Emitter emitter, Agents.AgentDialect dialect) =>
        (dialect != Agents.AgentDialects.General, emitter.Host is not null, emitter.ResourceId);
}
