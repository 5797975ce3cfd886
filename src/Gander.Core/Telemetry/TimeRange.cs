namespace Gander.Telemetry;

/// <summary>A half-open interval in Unix nanoseconds, the unit OTLP sends, so that storing never converts.</summary>
public readonly record struct TimeRange
{
    /// <summary>Makes a range; an empty one (start = end) is allowed.</summary>
    public TimeRange(long startNanos, long endNanos)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(startNanos, endNanos);
        (StartNanos, EndNanos) = (startNanos, endNanos);
    }

    /// <summary>All of time.</summary>
    public static TimeRange All { get; } = new(long.MinValue, long.MaxValue);

    /// <summary>The first instant inside.</summary>
    public long StartNanos { get; }

    /// <summary>The first instant after.</summary>
    public long EndNanos { get; }

    /// <summary>Whether <paramref name="nanos"/> lies inside.</summary>
    public bool Contains(long nanos) => nanos >= StartNanos && nanos < EndNanos;

    /// <summary>Whether the two ranges share an instant.</summary>
    public bool Overlaps(TimeRange other) => StartNanos < other.EndNanos && other.StartNanos < EndNanos;
}
