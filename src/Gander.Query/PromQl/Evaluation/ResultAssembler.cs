using System.Numerics;
using Gander.Query.PromQl.Series;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>Makes answers of the last operator's values: names that were to go are dropped now.</summary>
internal static class ResultAssembler
{
    private const long BytesOfSample = 16;

    /// <summary>The samples of the one step, in the operator's order.</summary>
    public static async ValueTask<List<VectorSample>> VectorAsync(VectorOperator vector, EvaluationContext context)
    {
        var found = new VectorSample?[vector.Series.Count];
        await SeriesScan.EachAsync(vector, context, (index, block) =>
        {
            if (block.Has(0))
            {
                found[index] = new VectorSample(Final(vector.Series[index]), context.StartMillis, block.Values[0], block.HistogramAt(0));
            }
        }).ConfigureAwait(false);
        var samples = new List<VectorSample>();
        var seen = new HashSet<Labels>();
        foreach (var sample in found)
        {
            if (sample is not null)
            {
                samples.Add(seen.Add(sample.Labels) ? sample : throw Duplicate());
            }
        }

        return samples;
    }

    /// <summary>The samples of all steps, sorted by labels; series without any are left out.</summary>
    public static async ValueTask<List<MatrixSeries>> MatrixAsync(VectorOperator vector, EvaluationContext context)
    {
        var found = new Samples?[vector.Series.Count];
        await SeriesScan.EachAsync(vector, context, (index, block) => found[index] = block.IsEmpty ? null : ToSamples(block, context)).ConfigureAwait(false);
        var series = new List<MatrixSeries>(found.Length);
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i] is { } samples)
            {
                series.Add(new MatrixSeries(Final(vector.Series[i]), samples));
            }
        }

        var sorted = series.OrderBy(one => one.Labels).ToList();
        series.Clear();
        foreach (var one in sorted)
        {
            if (series.Count > 0 && series[^1].Labels == one.Labels)
            {
                series[^1] = new MatrixSeries(one.Labels, Merge(series[^1].Samples, one.Samples));
            }
            else
            {
                series.Add(one);
            }
        }

        return series;
    }

    /// <summary>The raw samples of a range at one step, sorted by labels.</summary>
    public static async ValueTask<List<MatrixSeries>> WindowsAsync(RangeInput range, EvaluationContext context)
    {
        var found = new Samples?[range.Series.Count];
        var (start, end) = (range.References[0] - range.RangeMillis, range.References[0]);
        await SeriesScan.ChunksAsync(found.Length, context, async (from, to, scratch) =>
        {
            for (var i = from; i < to; i++)
            {
                var buffer = scratch.Samples(1);
                await range.ReadAsync(i, buffer, scratch).ConfigureAwait(false);
                var window = new Samples();
                Append(buffer.Span[0], window, start, end);
                context.Query.Reserve(window.Count * BytesOfSample);
                found[i] = window.Count > 0 ? window : null;
            }
        }).ConfigureAwait(false);
        var series = new List<MatrixSeries>();
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i] is { } window)
            {
                series.Add(new MatrixSeries(Final(range.Series[i]), window));
            }
        }

        series.Sort((left, right) => left.Labels.CompareTo(right.Labels));
        return series;
    }

    private static Labels Final(ResultSeries series) => series.DropsName ? series.Labels.WithoutName() : series.Labels;

    // The same labels may come from series that are never there at the same step.
    private static Samples Merge(Samples left, Samples right)
    {
        var merged = new Samples();
        int i = 0, j = 0;
        while (i < left.Count || j < right.Count)
        {
            var isLeft = j == right.Count || (i < left.Count && left.Times[i] < right.Times[j]);
            if (!isLeft && i < left.Count && left.Times[i] == right.Times[j])
            {
                throw Duplicate();
            }

            Add(isLeft ? left : right, isLeft ? i++ : j++, merged);
        }

        return merged;
    }

    private static void Append(Samples from, Samples to, long start, long end)
    {
        for (var i = 0; i < from.Count; i++)
        {
            if (from.Times[i] > start && from.Times[i] <= end)
            {
                Add(from, i, to);
            }
        }
    }

    private static void Add(Samples from, int at, Samples to)
    {
        if (from.HasHistograms && from.Histograms[at] is { } histogram)
        {
            to.Add(from.Times[at], histogram);
        }
        else
        {
            to.Add(from.Times[at], from.Values[at]);
        }
    }

    private static Samples ToSamples(StepBlock block, EvaluationContext context)
    {
        var samples = new Samples();
        if (block.HasHistograms)
        {
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

            context.Query.Reserve(samples.Count * BytesOfSample);
            return samples;
        }

        var count = 0;
        foreach (var word in block.Presence)
        {
            count += BitOperations.PopCount(word);
        }

        context.Query.Reserve(count * BytesOfSample);
        samples.Reserve(count, out var times, out var values);
        var at = 0;
        for (var word = 0; word < block.Presence.Length; word++)
        {
            for (var bits = block.Presence[word]; bits != 0; bits &= bits - 1)
            {
                var step = (word * 64) + BitOperations.TrailingZeroCount(bits);
                times[at] = context.TimeOf(step);
                values[at++] = block.Values[step];
            }
        }

        samples.Advance(count);
        return samples;
    }

    private static QueryException Duplicate() => new(QueryErrorKind.Execution, "vector cannot contain metrics with the same labelset");
}
