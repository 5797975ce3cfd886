using System.Numerics;
using System.Runtime.CompilerServices;
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

        AddFloats(block.Values, block.Presence);
        for (var word = 0; word < block.Presence.Length; word++)
        {
            _sums.MarkWord(word, block.Presence[word]);
        }
    }

    public override void Merge(GroupFold other)
    {
        var added = (SumFold)other;
        for (var step = 0; step < added._histograms?.Length; step++)
        {
            if (added._histograms[step] is { } histograms)
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
        }

        AddFloats(added._sums.Values, added._sums.Presence);
        AddFloats(added._compensations, added._sums.Presence);
        for (var word = 0; word < added._sums.Presence.Length; word++)
        {
            _sums.MarkWord(word, added._sums.Presence[word]);
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

    private void AddFloats(double[] values, ReadOnlySpan<ulong> presence)
    {
        for (var word = 0; word < presence.Length; word++)
        {
            var (bits, from) = (presence[word], word * 64);
            var left = Math.Min(64, values.Length - from);
            if (!Vector256.IsHardwareAccelerated)
            {
                left = 0;
            }

            var done = left / 4 * 4;
            if (bits == ulong.MaxValue)
            {
                AddCompensated(_sums.Values.AsSpan(from, done), _compensations.AsSpan(from, done), values.AsSpan(from, done));
            }
            else if (bits != 0)
            {
                AddPresent(_sums.Values.AsSpan(from, done), _compensations.AsSpan(from, done), values.AsSpan(from, done), bits);
            }

            bits = done == 64 ? 0 : bits >> done << done;
            for (; bits != 0; bits &= bits - 1)
            {
                var step = from + BitOperations.TrailingZeroCount(bits);
                AddOne(step, values[step]);
            }
        }
    }

    // The same as KahanSum.Add, four steps at a time.
    private static void AddCompensated(Span<double> sums, Span<double> compensations, ReadOnlySpan<double> values)
    {
        var sum4 = MemoryMarshal.Cast<double, Vector256<double>>(sums);
        var compensation4 = MemoryMarshal.Cast<double, Vector256<double>>(compensations);
        var value4 = MemoryMarshal.Cast<double, Vector256<double>>(values);
        for (var i = 0; i < sum4.Length; i++)
        {
            (sum4[i], compensation4[i]) = Next(sum4[i], compensation4[i], value4[i]);
        }
    }

    // The same where only some steps have a value; what stands at the others is nobody's.
    private static void AddPresent(Span<double> sums, Span<double> compensations, ReadOnlySpan<double> values, ulong bits)
    {
        var sum4 = MemoryMarshal.Cast<double, Vector256<double>>(sums);
        var compensation4 = MemoryMarshal.Cast<double, Vector256<double>>(compensations);
        var value4 = MemoryMarshal.Cast<double, Vector256<double>>(values);
        var lanes = Vector256.Create(1L, 2, 4, 8);
        for (var i = 0; i < sum4.Length; i++, bits >>= 4)
        {
            var isPresent = Vector256.Equals(Vector256.Create((long)(bits & 15)) & lanes, lanes).AsDouble();
            var (sum, compensation) = Next(sum4[i], compensation4[i], value4[i]);
            sum4[i] = Vector256.ConditionalSelect(isPresent, sum, sum4[i]);
            compensation4[i] = Vector256.ConditionalSelect(isPresent, compensation, compensation4[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double> Sum, Vector256<double> Compensation) Next(Vector256<double> sum, Vector256<double> compensation, Vector256<double> value)
    {
        var next = sum + value;
        var isLarger = Vector256.GreaterThanOrEqual(Vector256.Abs(sum), Vector256.Abs(value));
        var lost = Vector256.ConditionalSelect(isLarger, sum - next + value, value - next + sum);
        var isInfinite = Vector256.Equals(Vector256.Abs(next), Vector256.Create(double.PositiveInfinity));
        return (next, Vector256.ConditionalSelect(isInfinite, Vector256<double>.Zero, compensation + lost));
    }
}
