using Gander.Telemetry;

namespace Gander.Web.Timeline;

/// <summary>
/// Maps time onto 0 to 100. Stretches in which nothing happens for longer than <see cref="MinIdleNanos"/> shrink to a break
/// of fixed width: agent sessions are mostly waiting, and a straight axis would draw the work as hairlines.
/// </summary>
public sealed class TimelineAxis
{
    /// <summary>Shorter pauses are drawn as long as they are.</summary>
    public const long MinIdleNanos = 30_000_000_000;

    private const double BreakWidth = 2.4;
    private const double MaxBreaksWidth = 40;

    private readonly List<(long Start, long End, double X, double Width)> _pieces = [];

    /// <summary>Makes the axis of some work, in any order; with no work it spans one instant.</summary>
    public TimelineAxis(IEnumerable<TimeRange> work)
    {
        var busy = Merge(work);
        var idle = busy.Count > 1 ? busy.Count - 1 : 0;
        var breakWidth = idle == 0 ? 0 : Math.Min(BreakWidth, MaxBreaksWidth / idle);
        var total = Math.Max(1d, busy.Sum(range => (double)(range.EndNanos - range.StartNanos)));
        var scale = (100 - (idle * breakWidth)) / total;
        var x = 0d;
        for (var index = 0; index < busy.Count; index++)
        {
            var width = (busy[index].EndNanos - busy[index].StartNanos) * scale;
            _pieces.Add((busy[index].StartNanos, busy[index].EndNanos, x, width));
            x += width;
            if (index + 1 < busy.Count)
            {
                _pieces.Add((busy[index].EndNanos, busy[index + 1].StartNanos, x, breakWidth));
                Breaks.Add((x, breakWidth, busy[index + 1].StartNanos - busy[index].EndNanos));
                x += breakWidth;
            }
        }
    }

    /// <summary>The breaks: where, how wide, and how long they last in nanoseconds.</summary>
    public IList<(double X, double Width, long Nanos)> Breaks { get; } = [];

    /// <summary>Where an instant lies, 0 to 100; instants outside lie at the ends.</summary>
    public double At(long nanos)
    {
        foreach (var (start, end, x, width) in _pieces)
        {
            if (nanos <= end)
            {
                return end == start || nanos <= start ? x : x + (width * ((double)(nanos - start) / (end - start)));
            }
        }

        return _pieces.Count == 0 ? 0 : 100;
    }

    private static List<TimeRange> Merge(IEnumerable<TimeRange> work)
    {
        var merged = new List<TimeRange>();
        foreach (var range in work.OrderBy(range => range.StartNanos))
        {
            if (merged.Count > 0 && range.StartNanos - merged[^1].EndNanos <= MinIdleNanos)
            {
                merged[^1] = new(merged[^1].StartNanos, Math.Max(merged[^1].EndNanos, range.EndNanos));
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }
}
