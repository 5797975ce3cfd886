using Gander.Sessions.Agents;
using Gander.Telemetry;

namespace Gander.Sessions.Facts;

/// <summary>What the session fold needs of one log record or span event. Strings are pooled, and empty where there is none.</summary>
internal struct LogFacts
{
    /// <summary>When, Unix nanoseconds.</summary>
    public long TimeNanos;

    /// <summary>Its trace, or empty.</summary>
    public TraceId Trace;

    /// <summary>Its span, or empty.</summary>
    public SpanId Span;

    /// <summary>Who sent it.</summary>
    public Emitter Emitter;

    /// <summary>Who understands it.</summary>
    public AgentDialect Dialect;

    /// <summary>Its session id, or empty.</summary>
    public string Session;

    /// <summary>The tool, or empty.</summary>
    public string Tool;

    /// <summary>How a session exited, or the type of a session that started; else empty.</summary>
    public string Detail;

    /// <summary>How long the session took in this process, nanoseconds; 0 when not said.</summary>
    public long DurationNanos;

    /// <summary>The session's token counter; 0 when not said.</summary>
    public long Tokens;

    /// <summary>The session's message counter; -1 when not said.</summary>
    public int Messages;

    /// <summary>What it tells of a call, for the kinds that do; else null.</summary>
    public CallFacts? Call;

    /// <summary>Its place among all events of its session, for agents that number them; else -1.</summary>
    public long Sequence;

    /// <summary>What it means.</summary>
    public LogFactKind Kind;

    /// <summary>Whether it says that something failed.</summary>
    public bool Failed;

    /// <summary>Whether it is an event of a span; else a log record.</summary>
    public bool IsEvent;

    /// <summary>Whether it lies in a trace that is not sampled, so that its spans never come.</summary>
    public bool Unsampled;

    /// <summary>Its row in the log batch, or the event's row in the span batch.</summary>
    public int Row;
}
