namespace Gander.Agent.Telemetry.Metrics;

/// <summary>One series of an instrument: its labels and what was measured. Guarded by the collector's lock.</summary>
internal sealed class MetricSeries(KeyValuePair<string, object?>[] labels, double[]? bounds)
{
    public KeyValuePair<string, object?>[] Labels { get; } = labels;

    /// <summary>The sum of a counter.</summary>
    public long Total { get; private set; }

    /// <summary>The sum of a histogram.</summary>
    public double Sum { get; private set; }

    public ulong Count { get; private set; }

    public double Min { get; private set; } = double.PositiveInfinity;

    public double Max { get; private set; } = double.NegativeInfinity;

    /// <summary>How many measurements fell into each bucket; the last one is above all bounds.</summary>
    public ulong[] Buckets { get; } = bounds is null ? [] : new ulong[bounds.Length + 1];

    public void Add(long value)
    {
        Total += value;
        Count++;
    }

    public void Record(double value)
    {
        var bucket = Array.BinarySearch(bounds!, value);
        Buckets[bucket < 0 ? ~bucket : bucket]++;
        Sum += value;
        Count++;
        Min = Math.Min(Min, value);
        Max = Math.Max(Max, value);
    }

    public void Reset()
    {
        (Total, Sum, Count, Min, Max) = (0, 0, 0, double.PositiveInfinity, double.NegativeInfinity);
        Array.Clear(Buckets);
    }
}
