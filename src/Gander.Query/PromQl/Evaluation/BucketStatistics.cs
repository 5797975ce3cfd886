namespace Gander.Query.PromQl.Evaluation;

/// <summary>Quantiles and fractions of cumulative buckets: upper bounds, ascending, each with the count of observations up to it.</summary>
internal static class BucketStatistics
{
    /// <summary>The value at a quantile, interpolated within its bucket.</summary>
    public static double Quantile(double quantile, ReadOnlySpan<double> bounds, ReadOnlySpan<double> counts)
    {
        if (double.IsNaN(quantile))
        {
            return double.NaN;
        }

        if (quantile is < 0 or > 1)
        {
            return quantile < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        if (bounds.Length < 2 || !double.IsPositiveInfinity(bounds[^1]) || counts[^1] is 0 or double.NaN)
        {
            return double.NaN;
        }

        var rank = quantile * counts[^1];
        var at = 0;
        while (at < counts.Length - 1 && !(counts[at] >= rank))
        {
            at++;
        }

        if (at == bounds.Length - 1)
        {
            return bounds[^2];
        }

        if (at == 0 && bounds[0] <= 0)
        {
            return bounds[0];
        }

        var (start, count) = (0.0, counts[at]);
        if (at > 0)
        {
            start = bounds[at - 1];
            count -= counts[at - 1];
            rank -= counts[at - 1];
        }

        return start + ((bounds[at] - start) * (rank / count));
    }

    /// <summary>The share of observations between two values, interpolated within buckets.</summary>
    public static double Fraction(double lower, double upper, ReadOnlySpan<double> bounds, ReadOnlySpan<double> counts)
    {
        if (bounds.IsEmpty || !double.IsPositiveInfinity(bounds[^1]) || counts[^1] is 0 or double.NaN || double.IsNaN(lower) || double.IsNaN(upper))
        {
            return double.NaN;
        }

        return lower >= upper ? 0 : (CountBelow(upper, bounds, counts) - CountBelow(lower, bounds, counts)) / counts[^1];
    }

    /// <summary>
    /// Lifts each count that is below the one before it. A decrease below this share of the sum is floating-point noise and
    /// repaired without a word (Prometheus, quantile.go); answers whether there was a larger one.
    /// </summary>
    public static bool MakeMonotonic(Span<double> counts)
    {
        const double Tolerance = 1e-12;
        var wasForced = false;
        for (var i = 1; i < counts.Length; i++)
        {
            var (previous, current) = (counts[i - 1], counts[i]);
            if (previous == current)
            {
                continue;
            }

            var isAlike = Math.Abs(previous - current) / (Math.Abs(previous) + Math.Abs(current)) <= Tolerance;
            if (isAlike || current < previous)
            {
                wasForced |= !isAlike;
                counts[i] = previous;
            }
        }

        return wasForced;
    }

    private static double CountBelow(double value, ReadOnlySpan<double> bounds, ReadOnlySpan<double> counts)
    {
        if (double.IsNegativeInfinity(value))
        {
            return 0;
        }

        var (start, below) = (bounds[0] > 0 ? 0 : double.NegativeInfinity, 0.0);
        for (var i = 0; i < bounds.Length; i++)
        {
            if (value < bounds[i])
            {
                // Nothing can be interpolated in a bucket without a lower end: all of it counts as below.
                return double.IsNegativeInfinity(start) ? counts[i]
                    : value <= start || double.IsInfinity(bounds[i]) ? below
                    : below + ((counts[i] - below) * ((value - start) / (bounds[i] - start)));
            }

            (start, below) = (bounds[i], counts[i]);
        }

        return counts[^1];
    }
}
