namespace Gander.Telemetry;

/// <summary>What every data point has, whatever its kind.</summary>
public record struct PointRow
{
    /// <summary>Index into <see cref="MetricBatch.Metrics"/>.</summary>
    public int Metric { get; set; }

    /// <summary>Start of the stream (cumulative) or of the interval (delta), Unix nanoseconds; 0 when not sent.</summary>
    public long StartNanos { get; set; }

    /// <summary>Time of the point, Unix nanoseconds.</summary>
    public long TimeNanos { get; set; }

    /// <summary>The <c>flags</c> field; bit 0 says that no value was recorded.</summary>
    public uint Flags { get; set; }

    /// <summary>Rows of <see cref="TelemetryBatch.Attributes"/>.</summary>
    public RowRange Attributes { get; set; }

    /// <summary>Rows of <see cref="MetricBatch.Exemplars"/>.</summary>
    public RowRange Exemplars { get; set; }

    /// <summary>Int or Double for the value of a gauge or sum; Empty for the other kinds and for no value.</summary>
    public AttributeKind ValueKind { get; set; }

    /// <summary>The integer, or the IEEE 754 bits of the double.</summary>
    public long ValueBits { get; set; }

    /// <summary>Row of <see cref="MetricBatch.Histograms"/>, <see cref="MetricBatch.ExponentialHistograms"/> or <see cref="MetricBatch.Summaries"/>; -1 for gauges and sums.</summary>
    public int Distribution { get; set; }
}
