using Gander.Telemetry;

namespace Gander.Api.Calls;

/// <summary>A range cut into buckets of one round length that begin at round times, so that the first may begin before the range.</summary>
internal sealed class TimeBuckets
{
    private static readonly long[] StepSeconds =
        [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 2_419_200, 31_536_000, 315_360_000, 3_153_600_000];

    private readonly long _first;

    /// <summary>Cuts a range.</summary>
    /// <param name="range">The range; not empty.</param>
    /// <param name="maxBuckets">The most buckets, at least 10.</param>
    public TimeBuckets(TimeRange range, int maxBuckets)
    {
        Range = range;
        var seconds = ((Int128)range.EndNanos - range.StartNanos) / 1_000_000_000;
        var step = StepSeconds.First(step => (seconds / step) + 2 <= maxBuckets || step == StepSeconds[^1]);
        StepNanos = step * 1_000_000_000;
        _first = FloorDivide(range.StartNanos, StepNanos);
        Count = (int)(FloorDivide(range.EndNanos - 1, StepNanos) - _first + 1);
    }

    /// <summary>The range.</summary>
    public TimeRange Range { get; }

    /// <summary>The length of a bucket.</summary>
    public long StepNanos { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>The bucket of an instant inside the range.</summary>
    public int Of(long nanos) => (int)(FloorDivide(nanos, StepNanos) - _first);

    /// <summary>The start of a bucket, Unix nanoseconds.</summary>
    public long Start(int bucket) => (long)Int128.Clamp((Int128)(_first + bucket) * StepNanos, long.MinValue, long.MaxValue);

    private static long FloorDivide(long value, long by) => (value / by) - (value % by < 0 ? 1 : 0);
}
