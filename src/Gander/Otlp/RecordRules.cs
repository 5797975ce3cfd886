using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>
/// What a record must satisfy to be stored, the same for both encodings. A broken rule refuses that record alone; the reason
/// goes back to the sender in <c>partial_success</c>. Where a record can be saved it is: missing times get the receiver's.
/// </summary>
internal static class RecordRules
{
    public const string TraceIdInvalid = "the trace id must be 16 bytes and not all zero";
    public const string SpanIdInvalid = "the span id must be 8 bytes and not all zero";
    public const string ParentIdInvalid = "the parent span id must be empty or 8 bytes";
    public const string LogTraceIdInvalid = "the trace id must be empty or 16 bytes";
    public const string LogSpanIdInvalid = "the span id must be empty or 8 bytes";
    public const string StartMissing = "the start time is missing";
    public const string TimeAhead = "the time lies too far in the future";
    public const string MetricNameMissing = "the metric has no name";
    public const string TemporalityMissing = "the aggregation temporality is neither delta nor cumulative";
    public const string BucketCountWrong = "a histogram needs one bucket count more than explicit bounds, or neither";
    public const string BoundsNotAscending = "the explicit bounds of a histogram must ascend";
    public const string ScaleOutOfRange = "the scale of an exponential histogram must lie between -10 and 20";
    public const string BucketOffsetOutOfRange = "the bucket offset of an exponential histogram is out of range";

    /// <summary>Checks a span and mends an end before its start. Returns null when it may be stored.</summary>
    public static string? Check(ref SpanRow span, long latestNanos)
    {
        if (span.TraceId.IsEmpty)
        {
            return TraceIdInvalid;
        }

        if (span.SpanId.IsEmpty)
        {
            return SpanIdInvalid;
        }

        if (span.StartNanos == 0)
        {
            return StartMissing;
        }

        if (IsAhead(span.StartNanos, latestNanos) || IsAhead(span.EndNanos, latestNanos))
        {
            return TimeAhead;
        }

        span.EndNanos = Math.Max(span.StartNanos, span.EndNanos);
        return null;
    }

    /// <summary>Checks a log record and gives one without any time the receiver's. Returns null when it may be stored.</summary>
    public static string? Check(ref LogRow record, long nowNanos, long latestNanos)
    {
        if (IsAhead(record.TimeNanos, latestNanos) || IsAhead(record.ObservedNanos, latestNanos))
        {
            return TimeAhead;
        }

        if ((record.TimeNanos | record.ObservedNanos) == 0)
        {
            record.ObservedNanos = nowNanos;
        }

        return null;
    }

    /// <summary>Checks the times of a data point and gives one without a time the receiver's. Returns null when it may be stored.</summary>
    public static string? Check(ref PointRow point, long nowNanos, long latestNanos)
    {
        if (point.TimeNanos == 0)
        {
            point.TimeNanos = nowNanos;
        }

        return IsAhead(point.TimeNanos, latestNanos) || IsAhead(point.StartNanos, latestNanos) ? TimeAhead : null;
    }

    /// <summary>Checks what the points of a metric share. Returns null when they may be stored.</summary>
    public static string? Check(bool hasName, MetricKind kind, int temporality)
    {
        if (!hasName)
        {
            return MetricNameMissing;
        }

        return kind is MetricKind.Gauge or MetricKind.Summary || temporality is 1 or 2 ? null : TemporalityMissing;
    }

    /// <summary>Checks the shape of a histogram. Returns null when it may be stored.</summary>
    public static string? CheckBuckets(ReadOnlySpan<double> bounds, int buckets)
    {
        if (buckets == 0 ? !bounds.IsEmpty : buckets != bounds.Length + 1)
        {
            return BucketCountWrong;
        }

        for (var i = 0; i < bounds.Length; i++)
        {
            if (double.IsNaN(bounds[i]) || (i > 0 && bounds[i] <= bounds[i - 1]))
            {
                return BoundsNotAscending;
            }
        }

        return null;
    }

    /// <summary>Checks the shape of an exponential histogram. Returns null when it may be stored.</summary>
    public static string? Check(in ExponentialHistogramRow histogram)
    {
        if (histogram.Scale is < -10 or > 20)
        {
            return ScaleOutOfRange;
        }

        return IsInRange(histogram.PositiveOffset, histogram.Positive) && IsInRange(histogram.NegativeOffset, histogram.Negative)
            ? null
            : BucketOffsetOutOfRange;
    }

    /// <summary>A span kind that is known, else unspecified: protobuf enums are open.</summary>
    public static byte Kind(long value) => value is >= 0 and <= 5 ? (byte)value : (byte)0;

    /// <summary>A status code that is known, else unset.</summary>
    public static byte StatusCode(long value) => value is >= 0 and <= 2 ? (byte)value : (byte)0;

    /// <summary>A severity that is known, else unspecified.</summary>
    public static byte Severity(long value) => value is >= 0 and <= 24 ? (byte)value : (byte)0;

    // A time beyond 2262 does not fit a signed 64-bit number and shows up as negative.
    private static bool IsAhead(long nanos, long latestNanos) => nanos > latestNanos || nanos < 0;

    private static bool IsInRange(int offset, RowRange buckets) => (long)offset + buckets.Count <= int.MaxValue;
}
