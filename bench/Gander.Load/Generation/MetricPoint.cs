namespace Gander.Load.Generation;

/// <summary>One generated data point: a cumulative sum, or a cumulative histogram when it has bucket counts.</summary>
internal sealed class MetricPoint
{
    public Emitter Emitter { get; set; } = null!;

    public byte[] Name { get; set; } = [];

    public byte[] Unit { get; set; } = [];

    public long StartNanos { get; set; }

    public long TimeNanos { get; set; }

    /// <summary>The sum, or for a histogram the sum of what was observed.</summary>
    public double Value { get; set; }

    /// <summary>Bucket counts, one more than <see cref="MetricSource.Bounds"/>; empty for a sum.</summary>
    public List<long> Buckets { get; } = [];

    public List<Field> Attributes { get; } = [];
}
