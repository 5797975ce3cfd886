using Gander.Query.PromQl.Histograms;
using Gander.Telemetry;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>Turns points that are whole distributions into native histograms.</summary>
internal static class NativeFlow
{
    private const int MaxSchema = 8;
    private const int MinSchema = -4;

    // What Prometheus takes for the width of a zero bucket that is not said.
    private const double LeastZeroThreshold = 1e-128;

    /// <summary>The histogram of a point; null when it has none, or none that Prometheus has a form for.</summary>
    public static FloatHistogram? Read(MetricBatch batch, in MetricDescriptor metric, in PointRow point)
    {
        if (point.Distribution < 0 || (point.Flags & 1) != 0)
        {
            return null;
        }

        var hint = metric.Temporality == Temporality.Unspecified ? CounterResetHint.Gauge : CounterResetHint.Unknown;
        return metric.Kind == MetricKind.Histogram
            ? ReadCustom(batch, batch.Histograms[point.Distribution]) with { ResetHint = hint }
            : ReadExponential(batch, batch.ExponentialHistograms[point.Distribution]) is { } histogram ? histogram with { ResetHint = hint } : null;
    }

    /// <summary>As they came.</summary>
    public static void Level(IReadOnlyList<NativePoint> points, SampleWriter writer)
    {
        foreach (var point in points)
        {
            Add(writer, point);
        }
    }

    /// <summary>See <see cref="CounterFlow.Follow"/>.</summary>
    public static void Follow(IReadOnlyList<NativePoint> points, long readFromNanos, SampleWriter writer)
    {
        var stream = long.MinValue;
        foreach (var point in points)
        {
            if (point.Histogram is { } histogram && point.StartNanos > stream)
            {
                stream = point.StartNanos;
                if (CounterFlow.ZeroOf(point.TimeNanos, stream, readFromNanos, writer.LastTime) is { } zero)
                {
                    writer.Add(zero, EmptyLike(histogram));
                }
            }

            Add(writer, point);
        }
    }

    /// <summary>See <see cref="CounterFlow.AddUp"/>.</summary>
    public static void AddUp(IReadOnlyList<NativePoint> points, SampleWriter writer)
    {
        var clock = new StreamClock<FloatHistogram>(endsWithDay: true);
        FloatHistogram? total = null;
        foreach (var point in points)
        {
            if (point.Histogram is not { } histogram)
            {
                Add(writer, point);
                continue;
            }

            clock.Take(point.TimeNanos, point.StartNanos, point.Origin, point.IsDelta, histogram);
            total = clock.IsNewCount || total is null || HistogramArithmetic.AreIncompatible(total, histogram) ? EmptyLike(histogram) : total;
            if (clock.HoldMillis > writer.LastTime)
            {
                writer.Add(clock.HoldMillis, total);
            }

            total = NewsOf(clock, histogram) is { } news ? HistogramArithmetic.Add(total, news) with { ResetHint = CounterResetHint.Unknown } : total;
            writer.Add(FlowRules.Millis(point.TimeNanos), total);
        }
    }

    private static FloatHistogram? NewsOf(StreamClock<FloatHistogram> clock, FloatHistogram histogram) => clock.News switch
    {
        PointNews.Whole => histogram,
        PointNews.Growth => HistogramArithmetic.DetectsReset(histogram, clock.Before!) ? histogram : HistogramArithmetic.Subtract(histogram, clock.Before!),
        _ => null,
    };

    private static void Add(SampleWriter writer, in NativePoint point)
    {
        var time = FlowRules.Millis(point.TimeNanos);
        if (point.Histogram is { } histogram)
        {
            writer.Add(time, histogram);
        }
        else if (time > writer.LastTime)
        {
            writer.AddStale(time);
        }
    }

    private static FloatHistogram EmptyLike(FloatHistogram histogram) => new()
    {
        Schema = histogram.Schema,
        ZeroThreshold = histogram.ZeroThreshold,
        CustomBounds = histogram.CustomBounds,
        ResetHint = histogram.ResetHint,
    };

    private static FloatHistogram ReadCustom(MetricBatch batch, in HistogramRow row) => new()
    {
        Schema = FloatHistogram.CustomBucketsSchema,
        Count = row.Count,
        Sum = row.Sum ?? 0,
        CustomBounds = batch.Doubles.Values[row.Bounds.Start..row.Bounds.End].ToArray(),
        Positive = new BucketRun(0, Counts(batch, row.Buckets)),
    };

    // Bucket i of OTLP ends at 2^((i+1)/2^scale), that of Prometheus at 2^(i/2^schema).
    private static FloatHistogram? ReadExponential(MetricBatch batch, in ExponentialHistogramRow row)
    {
        if (row.Scale < MinSchema)
        {
            return null;
        }

        var histogram = new FloatHistogram
        {
            Schema = row.Scale,
            Count = row.Count,
            Sum = row.Sum ?? 0,
            ZeroCount = row.ZeroCount,
            ZeroThreshold = Math.Max(row.ZeroThreshold, LeastZeroThreshold),
            Positive = new BucketRun(row.PositiveOffset + 1, Counts(batch, row.Positive)),
            Negative = new BucketRun(row.NegativeOffset + 1, Counts(batch, row.Negative)),
        };
        return HistogramArithmetic.Coarsen(histogram, Math.Min(row.Scale, MaxSchema));
    }

    private static double[] Counts(MetricBatch batch, RowRange rows)
    {
        var counts = new double[rows.Count];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = batch.Counts[rows.Start + i];
        }

        return counts;
    }
}
