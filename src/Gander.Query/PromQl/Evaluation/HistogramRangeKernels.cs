using Gander.Query.PromQl.Histograms;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>The functions over windows that hold native histograms.</summary>
internal sealed class HistogramRangeKernels(Expression.Call call, TextPosition position, EvaluationContext context)
{
    private Annotations Annotations => context.Query.Annotations;

    /// <summary>The kernel of a call.</summary>
    public static HistogramRangeKernel Of(Expression.Call call, RangeInput input, EvaluationContext context)
    {
        var kernels = new HistogramRangeKernels(call, input.Position, context);
        return call.Function.Name switch
        {
            "rate" => kernels.Rate,
            "increase" => kernels.Increase,
            "delta" => kernels.Delta,
            "irate" => kernels.LastTwo,
            "idelta" => kernels.LastTwo,
            "sum_over_time" => kernels.Total,
            "avg_over_time" => kernels.Total,
            "last_over_time" => (in RangeWindow window, ReadOnlySpan<double> _, StepBlock block, int step, ResultSeries _) => Put(window, window.Count - 1, block, step),
            "first_over_time" => (in RangeWindow window, ReadOnlySpan<double> _, StepBlock block, int step, ResultSeries _) => Put(window, 0, block, step),
            "count_over_time" => (in RangeWindow window, ReadOnlySpan<double> _, StepBlock block, int step, ResultSeries _) => block.Set(step, window.Count),
            "present_over_time" or "absent_over_time" => (in RangeWindow _, ReadOnlySpan<double> _, StepBlock block, int step, ResultSeries _) => block.Set(step, 1),
            "ts_of_last_over_time" => (in RangeWindow window, ReadOnlySpan<double> _, StepBlock block, int step, ResultSeries _) => block.Set(step, window.Times[^1] / 1000.0),
            "ts_of_first_over_time" => (in RangeWindow window, ReadOnlySpan<double> _, StepBlock block, int step, ResultSeries _) => block.Set(step, window.Times[0] / 1000.0),
            "changes" => (in RangeWindow window, ReadOnlySpan<double> _, StepBlock block, int step, ResultSeries _) => block.Set(step, Count(window, IsChange)),
            "resets" => (in RangeWindow window, ReadOnlySpan<double> _, StepBlock block, int step, ResultSeries _) => block.Set(step, Count(window, IsReset)),
            _ => kernels.IgnoreHistograms,
        };
    }

    private static void Put(in RangeWindow window, int at, StepBlock block, int step)
    {
        if (window.Histograms[at] is { } histogram)
        {
            block.Set(step, histogram);
        }
        else
        {
            block.Set(step, window.Values[at]);
        }
    }

    private void Rate(in RangeWindow window, ReadOnlySpan<double> arguments, StepBlock block, int step, ResultSeries series) =>
        Extrapolate(window, isCounter: true, isRate: true, block, step, series.Labels);

    private void Increase(in RangeWindow window, ReadOnlySpan<double> arguments, StepBlock block, int step, ResultSeries series) =>
        Extrapolate(window, isCounter: true, isRate: false, block, step, series.Labels);

    private void Delta(in RangeWindow window, ReadOnlySpan<double> arguments, StepBlock block, int step, ResultSeries series) =>
        Extrapolate(window, isCounter: false, isRate: false, block, step, series.Labels);

    private void Extrapolate(in RangeWindow window, bool isCounter, bool isRate, StepBlock block, int step, Labels labels)
    {
        if (HasFloats(window))
        {
            WarnMixed(labels);
            return;
        }

        if (window.Count < 2 || Change(window, isCounter, labels) is not { } change)
        {
            return;
        }

        var factor = RangeKernels.ExtrapolationFactor(window, isCounter, window.Histograms[0]!.Count, change.Count, isRate);
        block.Set(step, HistogramArithmetic.Compact(HistogramArithmetic.Multiply(change, factor)) with { ResetHint = CounterResetHint.Gauge });
    }

    private FloatHistogram? Change(in RangeWindow window, bool isCounter, Labels labels)
    {
        var first = window.Histograms[0]!;

        // A first histogram right before a reset contributes nothing, whatever its buckets are.
        if (isCounter && HistogramArithmetic.DetectsReset(window.Histograms[1]!, first))
        {
            first = window.Histograms[1]! with { Count = 0, Sum = 0, ZeroCount = 0, Positive = BucketRun.Empty, Negative = BucketRun.Empty, ResetHint = CounterResetHint.Unknown };
        }

        var hasOtherBounds = false;
        foreach (var histogram in window.Histograms[1..])
        {
            if (HistogramArithmetic.AreIncompatible(first, histogram!))
            {
                Annotations.WarnMixedSchemas(labels, position);
                return null;
            }

            hasOtherBounds |= HistogramArithmetic.HaveOtherBounds(first, histogram!);
        }

        WarnOfKind(window, isCounter, labels);
        if (hasOtherBounds)
        {
            Annotations.Inform("mismatched custom buckets were reconciled during subtraction", position);
        }

        var change = HistogramArithmetic.Subtract(window.Histograms[^1]!, first);
        for (var i = 1; isCounter && i < window.Count; i++)
        {
            var previous = i == 1 ? first : window.Histograms[i - 1]!;
            if (HistogramArithmetic.DetectsReset(window.Histograms[i]!, previous))
            {
                change = HistogramArithmetic.Add(change, previous);
            }
        }

        return change;
    }

    private void WarnOfKind(in RangeWindow window, bool isCounter, Labels labels)
    {
        var hasGauge = false;
        var hasCounter = false;
        foreach (var histogram in window.Histograms)
        {
            hasGauge |= histogram!.ResetHint == CounterResetHint.Gauge;
            hasCounter |= histogram.ResetHint != CounterResetHint.Gauge;
        }

        if (isCounter ? hasGauge : hasCounter)
        {
            Annotations.Warn($"this native histogram metric is not a {(isCounter ? "counter" : "gauge")}: \"{labels[Labels.MetricName]}\"", position);
        }
    }

    private void LastTwo(in RangeWindow window, ReadOnlySpan<double> arguments, StepBlock block, int step, ResultSeries series)
    {
        var isRate = call.Function.Name == "irate";
        if (window.Count < 2)
        {
            return;
        }

        if (window.Histograms[^1] is not { } last || window.Histograms[^2] is not { } previous)
        {
            if (window.Histograms[^1] is not null || window.Histograms[^2] is not null)
            {
                WarnMixed(series.Labels);
            }
            else
            {
                RangeKernels.ByName[call.Function.Name](window, arguments, out var value);
                block.Set(step, value);
            }

            return;
        }

        WarnOfKind(Tail(window), isRate, series.Labels);
        var isReset = isRate && HistogramArithmetic.DetectsReset(last, previous);
        if (!isReset && HistogramArithmetic.AreIncompatible(last, previous))
        {
            Annotations.WarnMixedSchemas(series.Labels, position);
            return;
        }

        if (!isReset && HistogramArithmetic.HaveOtherBounds(last, previous))
        {
            Annotations.Inform("mismatched custom buckets were reconciled during subtraction", position);
        }

        var change = isReset ? last : HistogramArithmetic.Subtract(last, previous);
        change = isRate ? HistogramArithmetic.Divide(change, (window.Times[^1] - window.Times[^2]) / 1000.0) : change;
        block.Set(step, HistogramArithmetic.Compact(change) with { ResetHint = CounterResetHint.Gauge });
    }

    private static RangeWindow Tail(in RangeWindow window) => new()
    {
        Times = window.Times[^2..],
        Values = window.Values[^2..],
        Histograms = window.Histograms[^2..],
        StartMillis = window.StartMillis,
        EndMillis = window.EndMillis,
        StepTimeMillis = window.StepTimeMillis,
    };

    private void Total(in RangeWindow window, ReadOnlySpan<double> arguments, StepBlock block, int step, ResultSeries series)
    {
        if (HasFloats(window))
        {
            WarnMixed(series.Labels);
            return;
        }

        var sum = new HistogramSum(Annotations, position, call.Function.Name == "avg_over_time");
        foreach (var histogram in window.Histograms)
        {
            sum.Add(histogram!, series.Labels);
        }

        if (sum.Finish() is { } total)
        {
            block.Set(step, total);
        }
    }

    private void IgnoreHistograms(in RangeWindow window, ReadOnlySpan<double> arguments, StepBlock block, int step, ResultSeries series)
    {
        var (times, values) = (new List<long>(), new List<double>());
        for (var i = 0; i < window.Count; i++)
        {
            if (window.Histograms[i] is null)
            {
                times.Add(window.Times[i]);
                values.Add(window.Values[i]);
            }
        }

        if (times.Count == 0)
        {
            return;
        }

        Annotations.Inform(
            $"ignored histograms in a range containing both floats and histograms for metric name \"{series.Labels[Labels.MetricName]}\"", position);
        var floats = new RangeWindow
        {
            Times = times.ToArray(),
            Values = values.ToArray(),
            Histograms = [],
            StartMillis = window.StartMillis,
            EndMillis = window.EndMillis,
            StepTimeMillis = window.StepTimeMillis,
        };
        if (RangeKernels.ByName[call.Function.Name](floats, arguments, out var result))
        {
            block.Set(step, result);
        }
    }

    private static double Count(in RangeWindow window, Func<FloatHistogram?, double, FloatHistogram?, double, bool> isCounted)
    {
        var count = 0;
        for (var i = 1; i < window.Count; i++)
        {
            count += isCounted(window.Histograms[i - 1], window.Values[i - 1], window.Histograms[i], window.Values[i]) ? 1 : 0;
        }

        return count;
    }

    private static bool IsChange(FloatHistogram? previous, double previousValue, FloatHistogram? next, double nextValue) =>
        previous is not null && next is not null ? !previous.HasSameContent(next)
        : previous is not null || next is not null || (previousValue != nextValue && !(double.IsNaN(previousValue) && double.IsNaN(nextValue)));

    private static bool IsReset(FloatHistogram? previous, double previousValue, FloatHistogram? next, double nextValue) =>
        previous is not null && next is not null ? HistogramArithmetic.DetectsReset(next, previous)
        : previous is not null || next is not null || nextValue < previousValue;

    private static bool HasFloats(in RangeWindow window) => window.Histograms.Contains(null);

    private void WarnMixed(Labels labels) => Annotations.Warn(
        $"encountered a mix of histograms and floats for metric name \"{labels[Labels.MetricName]}\"", position);
}
