using Gander.Query.PromQl.Evaluation;

namespace Gander.Query.PromQl.Histograms;

/// <summary>Quantiles, fractions and variance of native histograms, with Prometheus' interpolation.</summary>
public static class HistogramStatistics
{
    /// <summary>
    /// The value at a quantile. Inside a bucket observations are taken to be spread exponentially, in the zero bucket and in
    /// custom buckets linearly.
    /// </summary>
    public static double Quantile(double quantile, FloatHistogram histogram)
    {
        if (double.IsNaN(quantile) || histogram.Count == 0)
        {
            return double.NaN;
        }

        if (quantile is < 0 or > 1)
        {
            return quantile < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        // Observations of NaN are in no bucket and count as larger than all others, so ranks must be counted from below.
        var isForward = double.IsNaN(histogram.Sum) || quantile < 0.5;
        var rank = (isForward ? quantile : 1 - quantile) * histogram.Count;
        var (bucket, count) = BucketAt(histogram, rank, isForward);
        bucket = WithoutUnusedHalf(histogram, bucket);
        if (histogram.HasCustomBuckets && double.IsNegativeInfinity(bucket.Lower))
        {
            if (bucket.Upper <= 0)
            {
                return bucket.Upper;
            }

            bucket = bucket with { Lower = 0 };
        }
        else if (histogram.HasCustomBuckets && double.IsPositiveInfinity(bucket.Upper))
        {
            return bucket.Lower;
        }

        count = Math.Min(count, histogram.Count);
        if (count < rank)
        {
            return double.IsNaN(histogram.Sum) ? double.NaN : bucket.Upper;
        }

        var fraction = (isForward ? rank - (count - bucket.Count) : count - rank) / bucket.Count;
        return Interpolate(histogram, bucket, fraction);
    }

    /// <summary>The share of observations between two values.</summary>
    public static double Fraction(double lower, double upper, FloatHistogram histogram)
    {
        if (histogram.Count == 0 || double.IsNaN(lower) || double.IsNaN(upper))
        {
            return double.NaN;
        }

        return lower >= upper ? 0 : (RankOf(upper, histogram) - RankOf(lower, histogram)) / histogram.Count;
    }

    /// <summary>The variance, each bucket's observations taken to be at its middle.</summary>
    public static double Variance(FloatHistogram histogram)
    {
        var mean = histogram.Sum / histogram.Count;
        var squares = new KahanSum();
        foreach (var bucket in histogram.Buckets().Where(bucket => bucket.Count != 0))
        {
            var distance = Middle(histogram, bucket) - mean;
            squares.Add(bucket.Count * distance * distance);
        }

        return squares.Value / histogram.Count;
    }

    private static (Bucket Bucket, double Count) BucketAt(FloatHistogram histogram, double rank, bool isForward)
    {
        var (found, count) = (default(Bucket), 0.0);
        foreach (var bucket in isForward ? histogram.Buckets() : histogram.Buckets().Reverse())
        {
            if (bucket.Count == 0)
            {
                continue;
            }

            found = bucket;
            count += bucket.Count;
            if (count >= rank)
            {
                break;
            }
        }

        return (found, count);
    }

    // With observations of one sign only, the zero bucket holds none of the other.
    internal static Bucket WithoutUnusedHalf(FloatHistogram histogram, Bucket bucket)
    {
        if (histogram.HasCustomBuckets || bucket.Lower >= 0 || bucket.Upper <= 0)
        {
            return bucket;
        }

        return (histogram.Negative.IsEmpty, histogram.Positive.IsEmpty) switch
        {
            (true, false) => bucket with { Lower = 0 },
            (false, true) => bucket with { Upper = 0 },
            _ => bucket,
        };
    }

    private static double Interpolate(FloatHistogram histogram, Bucket bucket, double fraction)
    {
        if (histogram.HasCustomBuckets || (bucket.Lower <= 0 && bucket.Upper >= 0))
        {
            return bucket.Lower + ((bucket.Upper - bucket.Lower) * fraction);
        }

        var (logLower, logUpper) = (Math.Log2(Math.Abs(bucket.Lower)), Math.Log2(Math.Abs(bucket.Upper)));
        return bucket.Lower > 0
            ? Math.Pow(2, logLower + ((logUpper - logLower) * fraction))
            : -Math.Pow(2, logUpper + ((logLower - logUpper) * (1 - fraction)));
    }

    private static double RankOf(double value, FloatHistogram histogram)
    {
        var rank = 0.0;
        foreach (var listed in histogram.Buckets())
        {
            var bucket = WithoutUnusedHalf(histogram, listed);
            if (histogram.HasCustomBuckets && double.IsNegativeInfinity(bucket.Lower) && bucket.Upper > 0)
            {
                bucket = bucket with { Lower = 0 };
            }

            if (bucket.Lower >= value)
            {
                return Math.Min(rank, histogram.Count);
            }

            if (bucket.Upper > value)
            {
                return Math.Min(rank + (bucket.Count * ShareBelow(value, histogram, bucket)), histogram.Count);
            }

            rank += bucket.Count;
        }

        return Math.Min(rank, histogram.Count);
    }

    internal static double ShareBelow(double value, FloatHistogram histogram, Bucket bucket)
    {
        if (double.IsInfinity(bucket.Lower))
        {
            return 1;
        }

        if (double.IsInfinity(bucket.Upper))
        {
            return 0;
        }

        if (histogram.HasCustomBuckets || (bucket.Lower <= 0 && bucket.Upper >= 0))
        {
            return (value - bucket.Lower) / (bucket.Upper - bucket.Lower);
        }

        var (logLower, logUpper, logValue) = (Math.Log2(Math.Abs(bucket.Lower)), Math.Log2(Math.Abs(bucket.Upper)), Math.Log2(Math.Abs(value)));
        return value > 0 ? (logValue - logLower) / (logUpper - logLower) : 1 - ((logValue - logUpper) / (logLower - logUpper));
    }

    private static double Middle(FloatHistogram histogram, Bucket bucket)
    {
        if (histogram.HasCustomBuckets)
        {
            return double.IsNegativeInfinity(bucket.Lower) ? (bucket.Upper > 0 ? bucket.Upper / 2 : bucket.Upper)
                : double.IsPositiveInfinity(bucket.Upper) ? bucket.Lower
                : (bucket.Lower + bucket.Upper) / 2;
        }

        var isZero = bucket.Lower <= 0 && bucket.Upper >= 0;
        return isZero ? 0 : Math.Sqrt(bucket.Lower * bucket.Upper) * (bucket.Upper < 0 || bucket.Lower < 0 ? -1 : 1);
    }
}
