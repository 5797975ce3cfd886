using System.Globalization;
using Gander.Query.PromQl.Series;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>Quantiles and fractions of classic histograms: series that differ only in their upper bound <c>le</c>.</summary>
internal sealed class ClassicHistograms
{
    private static readonly HashSet<string> s_boundLabels = new(StringComparer.Ordinal) { "le" };

    private readonly List<ResultSeries> _series = [];
    private readonly List<List<(double Bound, StepBlock Block)>> _buckets = [];
    private readonly List<StepBlock?> _native = [];

    /// <summary>Groups the series of a vector by histogram; series that carry native histograms form one each.</summary>
    public ClassicHistograms(VectorOperator vector, TextPosition position, EvaluationContext context)
    {
        var groups = new Dictionary<Labels, int>();
        for (var i = 0; i < vector.Series.Count; i++)
        {
            var block = new StepBlock(context.Steps);
            vector.Read(i, block);
            var labels = vector.Series[i].Labels;
            var hasBound = double.TryParse(labels["le"].Replace("+Inf", "Infinity", StringComparison.Ordinal).Replace("-Inf", "-Infinity", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var bound);
            if (!hasBound && !block.HasHistograms)
            {
                context.Query.Annotations.Warn(
                    $"bucket label \"le\" is missing or has a malformed value of \"{labels["le"]}\" for metric name \"{labels[Labels.MetricName]}\"", position);
                continue;
            }

            var key = labels.Drop(s_boundLabels);
            if (!groups.TryGetValue(key, out var group))
            {
                group = _series.Count;
                groups.Add(key, group);
                _series.Add(new ResultSeries(key, true));
                _buckets.Add([]);
                _native.Add(null);
            }

            if (hasBound)
            {
                _buckets[group].Add((bound, block));
            }

            if (block.HasHistograms)
            {
                _native[group] = block;
            }
        }

        foreach (var buckets in _buckets)
        {
            buckets.Sort((left, right) => left.Bound.CompareTo(right.Bound));
        }
    }

    /// <summary>The histograms, without <c>le</c>.</summary>
    public IReadOnlyList<ResultSeries> Series => _series;

    /// <summary>The native histogram of a group at a step, or null.</summary>
    public Histograms.FloatHistogram? NativeAt(int group, int step) =>
        _native[group] is { } block && block.Has(step) ? block.HistogramAt(step) : null;

    /// <summary>Whether a group has any classic bucket at a step.</summary>
    public bool HasBuckets(int group, int step) => _buckets[group].Exists(bucket => bucket.Block.Has(step) && bucket.Block.HistogramAt(step) is null);

    /// <summary>
    /// The buckets of a group at a step, by bound: equal bounds merged, counts made monotonic. Tells whether a decrease was
    /// larger than rounding explains.
    /// </summary>
    public List<(double Bound, double Count)> BucketsAt(int group, int step, out bool wasForced)
    {
        var merged = new List<(double Bound, double Count)>();
        foreach (var (bound, block) in _buckets[group])
        {
            if (!block.Has(step) || block.HistogramAt(step) is not null)
            {
                continue;
            }

            if (merged.Count > 0 && merged[^1].Bound == bound)
            {
                merged[^1] = (bound, merged[^1].Count + block.Values[step]);
            }
            else
            {
                merged.Add((bound, block.Values[step]));
            }
        }

        wasForced = MakeMonotonic(merged);
        return merged;
    }

    /// <summary>The value at a quantile, interpolated within its bucket.</summary>
    public static double Quantile(double quantile, List<(double Bound, double Count)> buckets)
    {
        if (double.IsNaN(quantile))
        {
            return double.NaN;
        }

        if (quantile is < 0 or > 1)
        {
            return quantile < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        if (buckets.Count < 2 || !double.IsPositiveInfinity(buckets[^1].Bound) || buckets[^1].Count is 0 or double.NaN)
        {
            return double.NaN;
        }

        var rank = quantile * buckets[^1].Count;
        var at = buckets.FindIndex(bucket => bucket.Count >= rank);
        at = at < 0 ? buckets.Count - 1 : at;
        if (at == buckets.Count - 1)
        {
            return buckets[^2].Bound;
        }

        if (at == 0 && buckets[0].Bound <= 0)
        {
            return buckets[0].Bound;
        }

        var (start, count) = (0.0, buckets[at].Count);
        if (at > 0)
        {
            start = buckets[at - 1].Bound;
            count -= buckets[at - 1].Count;
            rank -= buckets[at - 1].Count;
        }

        return start + ((buckets[at].Bound - start) * (rank / count));
    }

    /// <summary>The share of observations between two values, interpolated within buckets.</summary>
    public static double Fraction(double lower, double upper, List<(double Bound, double Count)> buckets)
    {
        if (buckets.Count == 0 || !double.IsPositiveInfinity(buckets[^1].Bound) || buckets[^1].Count is 0 or double.NaN
            || double.IsNaN(lower) || double.IsNaN(upper))
        {
            return double.NaN;
        }

        return lower >= upper ? 0 : (CountBelow(upper, buckets) - CountBelow(lower, buckets)) / buckets[^1].Count;
    }

    private static double CountBelow(double value, List<(double Bound, double Count)> buckets)
    {
        if (double.IsNegativeInfinity(value))
        {
            return 0;
        }

        var (start, below) = (buckets[0].Bound > 0 ? 0 : double.NegativeInfinity, 0.0);
        foreach (var (bound, count) in buckets)
        {
            if (value < bound)
            {
                // Nothing can be interpolated in a bucket without a lower end: all of it counts as below.
                return double.IsNegativeInfinity(start) ? count
                    : value <= start || double.IsInfinity(bound) ? below
                    : below + ((count - below) * ((value - start) / (bound - start)));
            }

            (start, below) = (bound, count);
        }

        return buckets[^1].Count;
    }

    // A decrease below this share of the sum is floating-point noise and repaired without a word (Prometheus, quantile.go).
    private static bool MakeMonotonic(List<(double Bound, double Count)> buckets)
    {
        const double Tolerance = 1e-12;
        var wasForced = false;
        for (var i = 1; i < buckets.Count; i++)
        {
            var (previous, current) = (buckets[i - 1].Count, buckets[i].Count);
            var isAlike = previous == current || Math.Abs(previous - current) / (Math.Abs(previous) + Math.Abs(current)) <= Tolerance;
            if (isAlike || current < previous)
            {
                wasForced |= !isAlike;
                buckets[i] = (buckets[i].Bound, previous);
            }
        }

        return wasForced;
    }
}
