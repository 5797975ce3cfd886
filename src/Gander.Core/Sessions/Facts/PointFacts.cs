using Gander.Sessions.Agents;

namespace Gander.Sessions.Facts;

/// <summary>What the session fold needs of one metric point. Strings are pooled, and empty where there is none.</summary>
internal struct PointFacts
{
    /// <summary>Who sent it.</summary>
    public Emitter Emitter;

    /// <summary>Who understands it.</summary>
    public CallDialect Dialect;

    /// <summary>Its session id; empty for those of an agent whose metrics name none.</summary>
    public string Session;

    /// <summary>The model, or empty.</summary>
    public string Model;

    /// <summary>The series: the same for points of one metric, one resource and the same attributes.</summary>
    public ulong Series;

    /// <summary>Start of the interval or of the stream, Unix nanoseconds.</summary>
    public long StartNanos;

    /// <summary>Time of the point, Unix nanoseconds.</summary>
    public long TimeNanos;

    /// <summary>The value; of a histogram its sum.</summary>
    public decimal Value;

    /// <summary>What it counts.</summary>
    public PointFactKind Kind;

    /// <summary>Whether the value counts from the start of the stream; else since the point before.</summary>
    public bool IsCumulative;

    /// <summary>What tells it from all other points.</summary>
    public readonly (ulong Series, long StartNanos, long TimeNanos) Identity => (Series, StartNanos, TimeNanos);
}
