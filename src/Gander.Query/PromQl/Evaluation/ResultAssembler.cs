using Gander.Query.PromQl.Series;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>Makes answers of the last operator's values: names that were to go are dropped now.</summary>
internal static class ResultAssembler
{
    /// <summary>The samples of the one step, in the operator's order.</summary>
    public static List<VectorSample> Vector(VectorOperator vector, EvaluationContext context)
    {
        var samples = new List<VectorSample>();
        var seen = new HashSet<Labels>();
        var block = new StepBlock(1);
        for (var i = 0; i < vector.Series.Count; i++)
        {
            block.Clear();
            vector.Read(i, block);
            if (!block.Has(0))
            {
                continue;
            }

            var labels = Final(vector.Series[i]);
            if (!seen.Add(labels))
            {
                throw Duplicate();
            }

            samples.Add(new VectorSample(labels, context.StartMillis, block.Values[0], block.HistogramAt(0)));
        }

        return samples;
    }

    /// <summary>The samples of all steps, sorted by labels; series without any are left out.</summary>
    public static List<MatrixSeries> Matrix(VectorOperator vector, EvaluationContext context)
    {
        var merged = new Dictionary<Labels, StepBlock>();
        for (var i = 0; i < vector.Series.Count; i++)
        {
            context.Query.CancellationToken.ThrowIfCancellationRequested();
            var block = new StepBlock(context.Steps);
            vector.Read(i, block);
            if (block.IsEmpty)
            {
                continue;
            }

            var labels = Final(vector.Series[i]);
            if (!merged.TryAdd(labels, block))
            {
                Merge(merged[labels], block);
            }
        }

        return [.. merged.OrderBy(entry => entry.Key).Select(entry => new MatrixSeries(entry.Key, Samples(entry.Value, context)))];
    }

    /// <summary>The raw samples of a range at one step, sorted by labels.</summary>
    public static List<MatrixSeries> Windows(RangeInput range)
    {
        var series = new List<MatrixSeries>();
        for (var i = 0; i < range.Series.Count; i++)
        {
            var all = range.Read(i);
            var window = new Samples();
            for (var at = 0; at < all.Count; at++)
            {
                if (all.Times[at] <= range.References[0] - range.RangeMillis || all.Times[at] > range.References[0])
                {
                    continue;
                }

                if (all.HasHistograms && all.Histograms[at] is { } histogram)
                {
                    window.Add(all.Times[at], histogram);
                }
                else
                {
                    window.Add(all.Times[at], all.Values[at]);
                }
            }

            if (window.Count > 0)
            {
                series.Add(new MatrixSeries(Final(range.Series[i]), window));
            }
        }

        series.Sort((left, right) => left.Labels.CompareTo(right.Labels));
        return series;
    }

    private static Labels Final(ResultSeries series) => series.DropsName ? series.Labels.WithoutName() : series.Labels;

    private static void Merge(StepBlock into, StepBlock block)
    {
        for (var step = 0; step < block.Steps; step++)
        {
            if (block.Has(step) && into.Has(step))
            {
                throw Duplicate();
            }

            if (block.Has(step))
            {
                into.SetFrom(block, step);
            }
        }
    }

    private static Samples Samples(StepBlock block, EvaluationContext context)
    {
        var samples = new Samples();
        for (var step = 0; step < block.Steps; step++)
        {
            if (block.Has(step) && block.HistogramAt(step) is { } histogram)
            {
                samples.Add(context.TimeOf(step), histogram);
            }
            else if (block.Has(step))
            {
                samples.Add(context.TimeOf(step), block.Values[step]);
            }
        }

        return samples;
    }

    private static QueryException Duplicate() => new(QueryErrorKind.Execution, "vector cannot contain metrics with the same labelset");
}
