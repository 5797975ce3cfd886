using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Gander.Query.PromQl.Histograms;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>The compensated sum of one group; of histograms too, but not of a mixture at one step.</summary>
internal sealed class SumFold(Expression.Aggregate expression, EvaluationContext context) : GroupFold
{
    private readonly StepBlock _sums = new(context.Steps);
    private readonly double[] _compensations = new double[context.Steps];
    private HistogramSum?[]? _histograms;

    public override long Bytes => StepBlock.BytesOf(context.Steps) + (context.Steps * 8L);

    public override void Add(StepBlock block, ResultSeries series)
    {
        if (block.HasHistograms)
        {
            AddAny(block, series);
            return;
        }

        var values = block.Values;
        for (var word = 0; word < block.Presence.Length; word++)
        {
            var bits = block.Presence[word];
            if (bits == ulong.MaxValue && Vector256.IsHardwareAccelerated)
            {
                AddCompensated(_sums.Values.AsSpan(word * 64, 64), _compensations.AsSpan(word * 64, 64), values.AsSpan(word * 64, 64));
                _sums.MarkWord(word, bits);
                continue;
            }

            _sums.MarkWord(word, bits);
            for (; bits != 0; bits &= bits - 1)
            {
                var step = (word * 64) + BitOperations.TrailingZeroCount(bits);
                AddOne(step, values[step]);
            }
        }
    }

    public override void Merge(GroupFold other)
    {
        var added = (SumFold)other;
        for (var step = 0; step < context.Steps; step++)
        {
            if (added._histograms?[step] is { } histograms)
            {
                _histograms ??= new HistogramSum?[context.Steps];
                if (_histograms[step] is { } mine)
                {
                    mine.Merge(histograms);
                }
                else
                {
                    _histograms[step] = histograms;
                }
            }

            if (added._sums.Has(step))
            {
                _sums.MarkPresent(step);
                AddOne(step, added._sums.Values[step]);
                AddOne(step, added._compensations[step]);
            }
        }
    }

    public override void Clear()
    {
        _sums.Clear();
        _sums.Values.AsSpan().Clear();
        _compensations.AsSpan().Clear();
        _histograms = null;
    }

    public override StepBlock Finish()
    {
        for (var step = 0; step < _sums.Steps; step++)
        {
            // An infinity needs no compensation, which would turn it into NaN.
            if (!double.IsInfinity(_sums.Values[step]))
            {
                _sums.Values[step] += _compensations[step];
            }
        }

        HistogramGroups.Finish(_histograms, _sums, expression, context);
        return _sums;
    }

    private void AddAny(StepBlock block, ResultSeries series)
    {
        for (var step = 0; step < block.Steps; step++)
        {
            if (block.Has(step) && block.HistogramAt(step) is { } histogram)
            {
                _histograms ??= new HistogramSum?[context.Steps];
                (_histograms[step] ??= new HistogramSum(context.Query.Annotations, expression.Inner.Position, isMean: false)).Add(histogram, series.Labels);
            }
            else if (block.Has(step))
            {
                _sums.MarkPresent(step);
                AddOne(step, block.Values[step]);
            }
        }
    }

    private void AddOne(int step, double value)
    {
        var sum = new KahanSum(_sums.Values[step], _compensations[step]);
        sum.Add(value);
        (_sums.Values[step], _compensations[step]) = (sum.Sum, sum.Compensation);
    }

    // The same as KahanSum.Add, four steps at a time.
    private static void AddCompensated(Span<double> sums, Span<double> compensations, ReadOnlySpan<double> values)
    {
        var sum4 = MemoryMarshal.Cast<double, Vector256<double>>(sums);
        var compensation4 = MemoryMarshal.Cast<double, Vector256<double>>(compensations);
        var value4 = MemoryMarshal.Cast<double, Vector256<double>>(values);
        for (var i = 0; i < sum4.Length; i++)
        {
            var (sum, value) = (sum4[i], value4[i]);
            var next = sum + value;
            var isLarger = Vector256.GreaterThanOrEqual(Vector256.Abs(sum), Vector256.Abs(value));
            var lost = Vector256.ConditionalSelect(isLarger, sum - next + value, value - next + sum);
            var isInfinite = Vector256.Equals(Vector256.Abs(next), Vector256.Create(double.PositiveInfinity));
            compensation4[i] = Vector256.ConditionalSelect(isInfinite, Vector256<double>.Zero, compensation4[i] + lost);
            sum4[i] = next;
        }
    }
}
