using Gander.Sessions.Facts;
using Gander.Telemetry;

namespace Gander.Sessions.Agents;

/// <summary>
/// How one agent speaks: what its spans and logs mean, and how its turns are read. A new agent is a new subclass in a file
/// of its own, listed in <see cref="AgentDialects"/>. Stateless and thread-safe.
/// </summary>
internal abstract class AgentDialect
{
    /// <summary>The agent's name in sessions, or null where each service names itself.</summary>
    public abstract string? Agent { get; }

    /// <summary>Whether its session ids are unique in the world, so that records that name different hosts, or none, may be of one session.</summary>
    public virtual bool HasUniqueIds => false;

    /// <summary>Whether <c>service.version</c> is the version of the agent.</summary>
    public virtual bool SendsItsVersion => true;

    /// <summary>Whether a process with this resource is this agent for certain.</summary>
    public abstract bool Owns(Resource resource);

    /// <summary>Whether records of this scope speak the dialect, whatever the service is called.</summary>
    public abstract bool Owns(InstrumentationScope scope);

    /// <summary>Decides the span's role and completes its traits.</summary>
    public abstract void ReadSpan(SpanFacts facts, in SpanHints hints);

    /// <summary>What a log body or an event's name means; <paramref name="tool"/> is the tool it names, or empty.</summary>
    public abstract LogFactKind KindOfText(ReadOnlySpan<byte> text, int severity, out ReadOnlySpan<byte> tool);

    /// <summary>The tool of a tool span that does not carry it as an attribute, or empty.</summary>
    public abstract ReadOnlySpan<byte> ToolOf(SpanBatch batch, int row);

    /// <summary>Reads one turn.</summary>
    internal abstract Turn ReadTurn(TurnFacts facts);

    /// <summary>What the session cannot show, why, and what would bring it.</summary>
    internal abstract IEnumerable<MissingPart> Missing(SessionShape shape);
}
