using System.Globalization;
using Gander.Query.PromQl.Histograms;
using Gander.Query.PromQl.Series;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>
/// Classic histograms, series that differ only in their upper bound <c>le</c>, gathered from a vector; series that carry native
/// histograms form one each. Bounds are parsed and sorted once, not at each step. Thread-safe once built.
/// </summary>
internal sealed class ClassicHistograms
{
    private static readonly LabelSelection s_withoutBound = LabelSelection.Dropping(["le"]);

    private readonly List<ResultSeries> _series = [];
    private readonly List<List<(double Bound, StepBlock Block)>> _buckets = [];
    private readonly List<StepBlock?> _native = [];

    private ClassicHistograms(IReadOnlyList<ResultSeries> series, IReadOnlyList<StepBlock> blocks, TextPosition position, EvaluationContext context)
    {
        var groups = new Dictionary<Labels, int>(s_withoutBound);
        for (var i = 0; i < blocks.Count; i++)
        {
            var (labels, block) = (series[i].Labels, blocks[i]);
            if (block.IsEmpty)
            {
                continue;
            }

            var hasBound = TryParseBound(labels["le"], out var bound);
            if (!hasBound && !block.HasHistograms)
            {
                context.Query.Annotations.Warn(
                    $"bucket label \"le\" is missing or has a malformed value of \"{labels["le"]}\" for metric name \"{labels[Labels.MetricName]}\"", position);
                continue;
            }

            if (!groups.TryGetValue(labels, out var group))
            {
                group = _series.Count;
                groups.Add(labels, group);
                _series.Add(new ResultSeries(s_withoutBound.Of(labels), true));
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

    /// <summary>The most buckets that a histogram has.</summary>
    public int MaxBuckets => _buckets.Count == 0 ? 0 : _buckets.Max(buckets => buckets.Count);

    /// <summary>Groups the series of a vector by histogram.</summary>
    public static async ValueTask<ClassicHistograms> ReadAsync(VectorOperator vector, TextPosition position, EvaluationContext context) =>
        new(vector.Series, await SeriesScan.ReadAllAsync(vector, context).ConfigureAwait(false), position, context);

    /// <summary>The native histogram of a group at a step, or null.</summary>
    public FloatHistogram? NativeAt(int group, int step) =>
        _native[group] is { } block && block.Has(step) ? block.HistogramAt(step) : null;

    /// <summary>
    /// The buckets of a group at a step, by bound: equal bounds merged, counts made monotonic. Tells whether a decrease was
    /// larger than rounding explains.
    /// </summary>
    /// <returns>How many buckets there are; 0 when the group has no sample at the step.</returns>
    public int BucketsAt(int group, int step, Span<double> bounds, Span<double> counts, out bool wasForced)
    {
        var count = 0;
        foreach (var (bound, block) in _buckets[group])
        {
            if (!block.Has(step) || (block.HasHistograms && block.HistogramAt(step) is not null))
            {
                continue;
            }

            if (count > 0 && bounds[count - 1] == bound)
            {
                counts[count - 1] += block.Values[step];
            }
            else
            {
                (bounds[count], counts[count]) = (bound, block.Values[step]);
                count++;
            }
        }

        wasForced = BucketStatistics.MakeMonotonic(counts[..count]);
        return count;
    }

    private static bool TryParseBound(string text, out double bound)
    {
        var magnitude = text.AsSpan().TrimStart("+-");
        if (magnitude.Equals("inf", StringComparison.OrdinalIgnoreCase) || magnitude.Equals("infinity", StringComparison.OrdinalIgnoreCase))
        {
            bound = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out bound);
    }
}
