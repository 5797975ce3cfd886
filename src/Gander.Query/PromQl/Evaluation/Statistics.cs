namespace Gander.Query.PromQl.Evaluation;

/// <summary>Statistics over plain numbers, with the rounding and edge cases of Prometheus.</summary>
internal static class Statistics
{
    /// <summary>
    /// The mean: a compensated sum divided at the end or, once the sum overflows, a running mean, so that large values do not
    /// become infinite.
    /// </summary>
    public static double Average(ReadOnlySpan<double> values)
    {
        var mean = new RunningMean();
        foreach (var value in values)
        {
            mean.Add(value);
        }

        return mean.Value;
    }

    /// <summary>Population variance, by Welford's method with compensation.</summary>
    public static double Variance(ReadOnlySpan<double> values)
    {
        var variance = new RunningVariance();
        foreach (var value in values)
        {
            variance.Add(value);
        }

        return variance.Value;
    }

    /// <summary>The value at a quantile, interpolated between neighbours; NaN sorts first.</summary>
    public static double Quantile(double quantile, ReadOnlySpan<double> values)
    {
        return values.IsEmpty ? double.NaN : QuantileInPlace(quantile, values.ToArray());
    }

    /// <summary>The same, sorting the values given.</summary>
    public static double QuantileInPlace(double quantile, Span<double> values)
    {
        values.Sort();
        return QuantileOfSorted(quantile, values);
    }

    /// <summary>The same over values that are sorted already, of which there must be some.</summary>
    public static double QuantileOfSorted(double quantile, ReadOnlySpan<double> sorted)
    {
        if (double.IsNaN(quantile))
        {
            return double.NaN;
        }

        if (quantile is < 0 or > 1)
        {
            return quantile < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        var rank = quantile * (sorted.Length - 1);
        var lower = (int)Math.Max(0, Math.Floor(rank));
        var upper = Math.Min(sorted.Length - 1, lower + 1);
        var weight = rank - Math.Floor(rank);
        return (sorted[lower] * (1 - weight)) + (sorted[upper] * weight);
    }

    /// <summary>The median distance from the median.</summary>
    public static double MedianDeviation(ReadOnlySpan<double> values)
    {
        if (values.ContainsNaN())
        {
            return double.NaN;
        }

        var median = Quantile(0.5, values);
        var distances = values.ToArray();
        for (var i = 0; i < distances.Length; i++)
        {
            distances[i] = Math.Abs(distances[i] - median);
        }

        return Quantile(0.5, distances);
    }

    /// <summary>The least-squares line through samples, with seconds from <paramref name="originMillis"/> as x.</summary>
    public static (double Slope, double Intercept) Regression(ReadOnlySpan<long> times, ReadOnlySpan<double> values, long originMillis)
    {
        KahanSum sumX = new(), sumY = new(), sumXY = new(), sumX2 = new();
        var isConstant = true;
        for (var i = 0; i < times.Length; i++)
        {
            isConstant &= values[i] == values[0];
            var x = (times[i] - originMillis) / 1000.0;
            sumX.Add(x);
            sumY.Add(values[i]);
            sumXY.Add(x * values[i]);
            sumX2.Add(x * x);
        }

        if (isConstant)
        {
            return double.IsInfinity(values[0]) ? (double.NaN, double.NaN) : (0, values[0]);
        }

        var n = (double)times.Length;
        var covariance = sumXY.Value - (sumX.Value * sumY.Value / n);
        var variance = sumX2.Value - (sumX.Value * sumX.Value / n);
        var slope = covariance / variance;
        return (slope, (sumY.Value / n) - (slope * sumX.Value / n));
    }

    private static bool ContainsNaN(this ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (double.IsNaN(value))
            {
                return true;
            }
        }

        return false;
    }
}
