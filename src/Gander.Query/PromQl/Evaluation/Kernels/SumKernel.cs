using System.Buffers;
using System.Runtime.CompilerServices;

namespace Gander.Query.PromQl.Evaluation.Kernels;

/// <summary>
/// The sum or mean of each window, from sums up to each sample that are kept in double precision twice over: a window costs the
/// same however many samples it has. Where so large values have passed that they might hide the window's own, it is added up
/// sample by sample.
/// </summary>
internal sealed class SumKernel(bool isMean) : SeriesKernel
{
    // Adding up so few is faster, and gives the very digits of Prometheus.
    private const int FewSamples = 16;

    // The sums carry some 104 bits; what is asked of an answer are 44, which leaves the rest for what must cancel out.
    private const double LeastShare = 1.0 / (1L << 56);

    public override void Run(ReadOnlySpan<long> times, ReadOnlySpan<double> values, WindowSteps steps, StepBlock block)
    {
        var pool = ArrayPool<double>.Shared;
        var (sums, rests) = (pool.Rent(values.Length + 1), pool.Rent(values.Length + 1));
        var isUsable = AddUp(values, sums, rests, out var total);
        var least = total * LeastShare;
        var cursor = new WindowCursor(times);
        for (var step = 0; step < steps.Count; step++)
        {
            var end = steps.References[step];
            cursor.MoveTo(end - steps.RangeMillis, end);
            var (from, to) = (cursor.From, cursor.To);
            if (from == to)
            {
                continue;
            }

            var sum = 0.0;
            if (!isUsable || to - from <= FewSamples || !(Math.Abs(sum = Difference(sums, rests, from, to)) > least))
            {
                block.Values[step] = Plain(values[from..to]);
            }
            else
            {
                block.Values[step] = isMean ? sum / (to - from) : sum;
            }

            block.MarkPresent(step);
        }

        pool.Return(sums);
        pool.Return(rests);
    }

    private double Plain(ReadOnlySpan<double> values)
    {
        if (isMean)
        {
            return Statistics.Average(values);
        }

        var sum = new KahanSum();
        foreach (var value in values)
        {
            sum.Add(value);
        }

        return sum.Value;
    }

    /// <summary>The sums up to each sample; false when they overflow or some sample is no number.</summary>
    private static bool AddUp(ReadOnlySpan<double> values, double[] sums, double[] rests, out double total)
    {
        var (sum, rest) = (0.0, 0.0);
        total = 0;
        (sums[0], rests[0]) = (0, 0);
        for (var i = 0; i < values.Length; i++)
        {
            var (next, lost) = TwoSum(sum, values[i]);
            rest += lost;
            sum = next + rest;
            rest -= sum - next;
            (sums[i + 1], rests[i + 1]) = (sum, rest);
            total += Math.Abs(values[i]);
        }

        return double.IsFinite(total);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Difference(double[] sums, double[] rests, int from, int to)
    {
        var (sum, lost) = TwoSum(sums[to], -sums[from]);
        return sum + (lost + (rests[to] - rests[from]));
    }

    /// <summary>The rounded sum and exactly what rounding took (Knuth).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (double Sum, double Lost) TwoSum(double left, double right)
    {
        var sum = left + right;
        var part = sum - left;
        return (sum, left - (sum - part) + (right - part));
    }
}
