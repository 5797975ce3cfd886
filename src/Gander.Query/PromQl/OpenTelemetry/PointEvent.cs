namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>A point of a counter among those of all streams that make up one translated series.</summary>
/// <param name="TimeNanos">When.</param>
/// <param name="StartNanos">The start of its stream or interval, or 0.</param>
/// <param name="Origin">Which stored series it is of.</param>
/// <param name="IsDelta">Whether it counts from its start only.</param>
/// <param name="Value">The count.</param>
internal readonly record struct PointEvent(long TimeNanos, long StartNanos, int Origin, bool IsDelta, double Value) : IComparable<PointEvent>
{
    /// <summary>By time, then start.</summary>
    public int CompareTo(PointEvent other)
    {
        var order = TimeNanos.CompareTo(other.TimeNanos);
        order = order != 0 ? order : StartNanos.CompareTo(other.StartNanos);
        return order != 0 ? order : Origin.CompareTo(other.Origin);
    }
}
