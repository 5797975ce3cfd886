namespace Gander.Query.PromQl.Histograms;

/// <summary>
/// Cuts a native histogram at a value, as Prometheus' trim operators do: inside the bucket that is cut, observations are
/// taken to be spread as they are for quantiles; a bucket without an end on one side cannot be divided and is kept or
/// dropped whole.
/// </summary>
public static class HistogramTrimming
{
    /// <summary>Keeps the observations below the value, or those above; count and sum are then estimated from the buckets left.</summary>
    public static FloatHistogram Trim(FloatHistogram histogram, double value, bool keepsBelow)
    {
        var (count, sum, zero, isChanged) = (0.0, 0.0, 0.0, false);
        var positive = new double[histogram.Positive.Counts.Count];
        var negative = new double[histogram.Negative.Counts.Count];
        foreach (var bucket in histogram.Buckets())
        {
            var isZero = !histogram.HasCustomBuckets && bucket.Lower <= 0 && bucket.Upper >= 0;
            var (kept, middle) = Part(histogram, bucket, value, keepsBelow, isZero);
            isChanged |= kept != bucket.Count;
            count += kept;
            sum += kept == 0 ? 0 : kept * middle;
            if (isZero)
            {
                zero = kept;
            }
            else if (bucket.Upper <= 0 && !histogram.HasCustomBuckets)
            {
                negative[bucket.Index - histogram.Negative.Offset] = kept;
            }
            else
            {
                positive[bucket.Index - histogram.Positive.Offset] = kept;
            }
        }

        return !isChanged ? histogram : HistogramArithmetic.Compact(histogram with
        {
            Count = count,
            Sum = sum,
            ZeroCount = zero,
            Positive = histogram.Positive with { Counts = positive },
            Negative = histogram.Negative with { Counts = negative },
        });
    }

    /// <summary>How many observations of a bucket stay, and the middle of the part that stays.</summary>
    private static (double Kept, double Middle) Part(FloatHistogram histogram, Bucket bucket, double value, bool keepsBelow, bool isZero)
    {
        if (isZero)
        {
            bucket = HistogramStatistics.WithoutUnusedHalf(histogram, bucket);
        }

        if (double.IsNegativeInfinity(bucket.Lower) && bucket.Upper > 0 && (keepsBelow || value >= 0))
        {
            bucket = bucket with { Lower = 0 };
        }

        var isWhole = keepsBelow ? value >= bucket.Upper : value <= bucket.Lower;
        var isGone = keepsBelow ? value <= bucket.Lower : value >= bucket.Upper;
        if (isWhole || isGone)
        {
            return isGone && !isWhole ? (0, 0) : (bucket.Count, Middle(bucket.Lower, bucket.Upper, histogram.HasCustomBuckets || isZero));
        }

        if (double.IsInfinity(bucket.Lower) || double.IsInfinity(bucket.Upper))
        {
            var isOpenTowardsKept = keepsBelow ? double.IsInfinity(bucket.Lower) : double.IsInfinity(bucket.Upper);
            return isOpenTowardsKept && !double.IsNaN(value) ? (bucket.Count, value) : (0, 0);
        }

        var below = HistogramStatistics.ShareBelow(value, histogram, bucket);
        return keepsBelow
            ? (bucket.Count * below, Middle(bucket.Lower, value, histogram.HasCustomBuckets || isZero))
            : (bucket.Count * (1 - below), Middle(value, bucket.Upper, histogram.HasCustomBuckets || isZero));
    }

    private static double Middle(double lower, double upper, bool isLinear)
    {
        if (double.IsInfinity(lower) || double.IsInfinity(upper))
        {
            return double.IsInfinity(lower) ? upper : lower;
        }

        return isLinear ? (lower + upper) / 2 : Math.Sqrt(lower * upper) * (upper <= 0 ? -1 : 1);
    }
}
