namespace Gander.Query.PromQl.Histograms;

/// <summary>Adding, scaling and comparing native histograms, with the rules of Prometheus for unlike resolutions.</summary>
public static class HistogramArithmetic
{
    /// <summary>Whether one histogram has exponential and the other custom buckets, so that nothing can be computed.</summary>
    public static bool AreIncompatible(FloatHistogram left, FloatHistogram right) => left.HasCustomBuckets != right.HasCustomBuckets;

    /// <summary>Whether both have custom buckets with other bounds; they are then merged to the bounds they share.</summary>
    public static bool HaveOtherBounds(FloatHistogram left, FloatHistogram right) =>
        left.HasCustomBuckets && right.HasCustomBuckets && !left.CustomBounds.SequenceEqual(right.CustomBounds);

    /// <summary>Whether one says there was a reset and the other that there was none.</summary>
    public static bool HintsCollide(FloatHistogram left, FloatHistogram right) =>
        (left.ResetHint, right.ResetHint) is (CounterResetHint.Reset, CounterResetHint.NotReset) or (CounterResetHint.NotReset, CounterResetHint.Reset);

    /// <summary>The sum; the coarser resolution and the wider zero bucket win.</summary>
    public static FloatHistogram Add(FloatHistogram left, FloatHistogram right) => Combine(left, right, 1) with { ResetHint = Hint(left, right) };

    /// <summary>Adds to a compensated sum (Neumaier), count by count. The first compensation is <c>Multiply(sum, 0)</c>.</summary>
    public static (FloatHistogram Sum, FloatHistogram Compensation) AddCompensated(FloatHistogram sum, FloatHistogram compensation, FloatHistogram term)
    {
        (sum, term) = Align(sum, term);
        (sum, compensation) = Align(sum, compensation);
        var positive = KahanRuns.Add(sum.Positive, compensation.Positive, term.Positive);
        var negative = KahanRuns.Add(sum.Negative, compensation.Negative, term.Negative);
        var count = KahanRuns.Add(sum.Count, compensation.Count, term.Count);
        var total = KahanRuns.Add(sum.Sum, compensation.Sum, term.Sum);
        var zero = KahanRuns.Add(sum.ZeroCount, compensation.ZeroCount, term.ZeroCount);
        return (
            sum with { Count = count.Sum, Sum = total.Sum, ZeroCount = zero.Sum, Positive = positive.Sum, Negative = negative.Sum, ResetHint = Hint(sum, term) },
            compensation with
            {
                Count = count.Compensation,
                Sum = total.Compensation,
                ZeroCount = zero.Compensation,
                Positive = positive.Compensation,
                Negative = negative.Compensation,
            });
    }

    /// <summary>The difference, which is a gauge.</summary>
    public static FloatHistogram Subtract(FloatHistogram left, FloatHistogram right) => Combine(left, right, -1) with { ResetHint = CounterResetHint.Gauge };

    /// <summary>Every count and the sum multiplied.</summary>
    public static FloatHistogram Multiply(FloatHistogram histogram, double factor) => Scale(
        histogram, value => value * factor, factor < 0);

    /// <summary>Every count and the sum divided; a division by zero leaves no buckets.</summary>
    public static FloatHistogram Divide(FloatHistogram histogram, double divisor)
    {
        var scaled = Scale(histogram, value => value / divisor, divisor < 0);
        return divisor == 0 ? scaled with { Positive = BucketRun.Empty, Negative = BucketRun.Empty } : scaled;
    }

    /// <summary>The histogram without listed buckets that are empty at the ends.</summary>
    public static FloatHistogram Compact(FloatHistogram histogram) => histogram with { Positive = histogram.Positive.Trimmed(), Negative = histogram.Negative.Trimmed() };

    /// <summary>The histogram at a coarser resolution.</summary>
    public static FloatHistogram Coarsen(FloatHistogram histogram, int schema) => histogram.HasCustomBuckets || schema >= histogram.Schema
        ? histogram
        : histogram with
        {
            Schema = schema,
            Positive = histogram.Positive.Coarsened(histogram.Schema - schema),
            Negative = histogram.Negative.Coarsened(histogram.Schema - schema),
        };

    /// <summary>Whether a counter was reset between two of its histograms: some bucket went down, or resolution went up.</summary>
    public static bool DetectsReset(FloatHistogram current, FloatHistogram previous)
    {
        switch (current.ResetHint)
        {
            case CounterResetHint.Reset:
                return true;
            case CounterResetHint.NotReset or CounterResetHint.Gauge:
                return false;
        }

        if (current.Count < previous.Count || AreIncompatible(current, previous))
        {
            return true;
        }

        if (current.HasCustomBuckets)
        {
            var shared = SharedBounds(current, previous);
            return AnyLess(Rebound(current, shared).Positive, Rebound(previous, shared).Positive);
        }

        if (current.Schema > previous.Schema || current.ZeroThreshold < previous.ZeroThreshold)
        {
            return true;
        }

        var widened = WidenZero(previous, current.ZeroThreshold);
        if (widened.ZeroThreshold != current.ZeroThreshold || current.ZeroCount < widened.ZeroCount)
        {
            return true;
        }

        var coarse = Coarsen(widened, current.Schema);
        return AnyLess(current.Positive, coarse.Positive) || AnyLess(current.Negative, coarse.Negative);
    }

    private static FloatHistogram Combine(FloatHistogram left, FloatHistogram right, double factor)
    {
        (left, right) = Align(left, right);
        return left with
        {
            Count = left.Count + (factor * right.Count),
            Sum = left.Sum + (factor * right.Sum),
            ZeroCount = left.ZeroCount + (factor * right.ZeroCount),
            Positive = left.Positive.Plus(right.Positive, factor),
            Negative = left.Negative.Plus(right.Negative, factor),
        };
    }

    /// <summary>Brings two histograms to the same buckets.</summary>
    private static (FloatHistogram Left, FloatHistogram Right) Align(FloatHistogram left, FloatHistogram right)
    {
        if (left.HasCustomBuckets)
        {
            var shared = SharedBounds(left, right);
            return (Rebound(left, shared), Rebound(right, shared));
        }

        while (left.ZeroThreshold != right.ZeroThreshold)
        {
            (left, right) = left.ZeroThreshold < right.ZeroThreshold
                ? (WidenZero(left, right.ZeroThreshold), right)
                : (left, WidenZero(right, left.ZeroThreshold));
        }

        var schema = Math.Min(left.Schema, right.Schema);
        return (Coarsen(left, schema), Coarsen(right, schema));
    }

    /// <summary>
    /// Widens the zero bucket; buckets that it covers are poured into it, and where it would cut a bucket that holds anything
    /// it is widened to that bucket's end.
    /// </summary>
    private static FloatHistogram WidenZero(FloatHistogram histogram, double threshold)
    {
        var (count, positive) = Pour(histogram, histogram.Positive, ref threshold);
        var (negativeCount, negative) = Pour(histogram, histogram.Negative, ref threshold);

        // The negative side may have widened it further, over more of the positive side.
        var (more, rest) = Pour(histogram, positive, ref threshold);
        return histogram with
        {
            ZeroThreshold = threshold,
            ZeroCount = histogram.ZeroCount + count + negativeCount + more,
            Positive = rest,
            Negative = negative,
        };
    }

    private static (double Count, BucketRun Others) Pour(FloatHistogram histogram, BucketRun run, ref double threshold)
    {
        var poured = 0.0;
        var index = run.Offset;
        for (; index < run.End; index++)
        {
            var (lower, upper) = histogram.BoundsAt(index);
            if (lower >= threshold)
            {
                break;
            }

            if (upper > threshold && run[index] != 0)
            {
                threshold = upper;
            }

            poured += run[index];
        }

        return (poured, index >= run.End ? BucketRun.Empty : run.Slice(index, run.End));
    }

    private static List<double> SharedBounds(FloatHistogram left, FloatHistogram right) =>
        left.CustomBounds.SequenceEqual(right.CustomBounds) ? [.. left.CustomBounds] : [.. left.CustomBounds.Intersect(right.CustomBounds).Order()];

    private static FloatHistogram Rebound(FloatHistogram histogram, List<double> bounds)
    {
        if (histogram.CustomBounds.SequenceEqual(bounds))
        {
            return histogram;
        }

        var counts = new double[bounds.Count + 1];
        for (var index = histogram.Positive.Offset; index < histogram.Positive.End; index++)
        {
            var upper = histogram.BoundsAt(index).Upper;
            var at = bounds.FindIndex(bound => bound >= upper);
            counts[at < 0 ? bounds.Count : at] += histogram.Positive[index];
        }

        return histogram with { CustomBounds = bounds, Positive = new BucketRun(0, counts).Trimmed() };
    }

    private static bool AnyLess(BucketRun current, BucketRun previous)
    {
        for (var index = previous.Offset; index < previous.End; index++)
        {
            if (current[index] < previous[index])
            {
                return true;
            }
        }

        return false;
    }

    private static FloatHistogram Scale(FloatHistogram histogram, Func<double, double> change, bool isNegated) => histogram with
    {
        Count = change(histogram.Count),
        Sum = change(histogram.Sum),
        ZeroCount = change(histogram.ZeroCount),
        Positive = histogram.Positive.Map(change),
        Negative = histogram.Negative.Map(change),
        ResetHint = isNegated ? CounterResetHint.Gauge : histogram.ResetHint,
    };

    private static CounterResetHint Hint(FloatHistogram left, FloatHistogram right) =>
        left.ResetHint == right.ResetHint ? left.ResetHint
        : left.ResetHint == CounterResetHint.Gauge || right.ResetHint == CounterResetHint.Gauge ? CounterResetHint.Gauge
        : CounterResetHint.Unknown;
}
