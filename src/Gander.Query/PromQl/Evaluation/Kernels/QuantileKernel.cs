using System.Buffers;

namespace Gander.Query.PromQl.Evaluation.Kernels;

/// <summary>A quantile of each window: the samples are kept sorted while the window moves.</summary>
/// <param name="quantiles">The quantile of each step.</param>
internal sealed class QuantileKernel(double[] quantiles) : SeriesKernel
{
    public override void Run(ReadOnlySpan<long> times, ReadOnlySpan<double> values, WindowSteps steps, StepBlock block)
    {
        var sorted = ArrayPool<double>.Shared.Rent(Math.Max(1, values.Length));
        int from = 0, to = 0;
        var cursor = new WindowCursor(times);
        for (var step = 0; step < steps.Count; step++)
        {
            var end = steps.References[step];
            cursor.MoveTo(end - steps.RangeMillis, end);
            var (changed, size) = (cursor.From - from + cursor.To - to, cursor.To - cursor.From);
            if (changed > size / 4)
            {
                values[cursor.From..cursor.To].CopyTo(sorted);
                sorted.AsSpan(0, size).Sort();
            }
            else if (changed > 0)
            {
                Move(sorted, values, (from, to), (cursor.From, cursor.To));
            }

            (from, to) = (cursor.From, cursor.To);
            if (size > 0)
            {
                block.Values[step] = Statistics.QuantileOfSorted(quantiles[step], sorted.AsSpan(0, size));
                block.MarkPresent(step);
            }
        }

        ArrayPool<double>.Shared.Return(sorted);
    }

    // NaN sorts first for both the search and the sort.
    private static void Move(double[] sorted, ReadOnlySpan<double> values, (int From, int To) old, (int From, int To) next)
    {
        var size = old.To - old.From;
        for (var i = old.From; i < next.From; i++)
        {
            var at = sorted.AsSpan(0, size).BinarySearch(values[i]);
            sorted.AsSpan(at + 1, size - at - 1).CopyTo(sorted.AsSpan(at));
            size--;
        }

        for (var i = old.To; i < next.To; i++)
        {
            var at = sorted.AsSpan(0, size).BinarySearch(values[i]);
            at = at < 0 ? ~at : at;
            sorted.AsSpan(at, size - at).CopyTo(sorted.AsSpan(at + 1));
            sorted[at] = values[i];
            size++;
        }
    }
}
