using Gander.Query.PromQl.Histograms;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>
/// <c>rate</c>, <c>increase</c> and <c>delta</c> over anchored and smoothed windows. A window here begins with the last sample at or
/// before its start, if there is one, and a smoothed one goes on behind its end.
/// </summary>
internal sealed class ExtendedRate(Expression.Call call, RangeInput input, EvaluationContext context)
{
    private readonly bool _isCounter = call.Function.Name != "delta";
    private readonly bool _isRate = call.Function.Name == "rate";
    private readonly bool _isSmoothed = input.Edges == RangeEdges.Smoothed;

    private Annotations Annotations => context.Query.Annotations;

    /// <summary>Sets the value of a step, if it has one.</summary>
    public void Apply(in RangeWindow window, StepBlock block, int step, Labels labels)
    {
        var last = LastOf(window);
        if (_isSmoothed && window.Times[0] > window.EndMillis)
        {
            return;
        }

        if (!window.HasHistograms)
        {
            block.Set(step, Floats(window, last));
            return;
        }

        if (window.Histograms.Contains(null))
        {
            Annotations.Warn($"encountered a mix of histograms and floats for metric name \"{labels[Labels.MetricName]}\"", input.Position);
        }
        else if (Change(window, last, labels) is { } change)
        {
            change = _isRate ? HistogramArithmetic.Divide(change, window.RangeSeconds) : change;
            block.Set(step, HistogramArithmetic.Compact(change) with { ResetHint = CounterResetHint.Gauge });
        }
    }

    /// <summary>The first sample at or behind the end of a smoothed window, else the last one.</summary>
    private int LastOf(in RangeWindow window)
    {
        if (!_isSmoothed)
        {
            return window.Count - 1;
        }

        var found = window.Times.BinarySearch(window.EndMillis);
        return Math.Min(found < 0 ? ~found : found, window.Count - 1);
    }

    private double Floats(in RangeWindow window, int last)
    {
        var times = window.Times;
        var values = window.Values;
        var left = _isSmoothed && times[0] < window.StartMillis
            ? Interpolation.Between(times[0], values[0], times[1], values[1], window.StartMillis, _isCounter)
            : values[0];
        var right = last > 0 && times[last] > window.EndMillis
            ? Interpolation.Between(times[last - 1], values[last - 1], times[last], values[last], window.EndMillis, _isCounter)
            : values[last];
        var change = right - left;
        if (_isCounter)
        {
            var previous = left;
            for (var i = 0; i <= last; i++)
            {
                if (times[i] > window.StartMillis && times[i] < window.EndMillis)
                {
                    change += values[i] < previous ? previous : 0;
                    previous = values[i];
                }
            }

            change += right < previous ? previous : 0;
        }

        return _isRate ? change / window.RangeSeconds : change;
    }

    private FloatHistogram? Change(in RangeWindow window, int last, Labels labels)
    {
        var histograms = window.Histograms[..(last + 1)];
        foreach (var histogram in histograms)
        {
            if (histogram!.HasCustomBuckets != histograms[0]!.HasCustomBuckets)
            {
                Annotations.WarnMixedSchemas(labels, input.Position);
                return null;
            }

            if (_isCounter && histogram.ResetHint == CounterResetHint.Gauge)
            {
                Annotations.Warn($"this native histogram metric is not a counter: \"{labels[Labels.MetricName]}\"", input.Position);
            }
        }

        var times = window.Times;
        var left = _isSmoothed && times[0] < window.StartMillis
            ? Interpolation.Between(times[0], histograms[0]!, times[1], histograms[1]!, window.StartMillis, _isCounter)
            : histograms[0]!;
        var right = last > 0 && times[last] > window.EndMillis
            ? Interpolation.Between(times[last - 1], histograms[last - 1]!, times[last], histograms[last]!, window.EndMillis, _isCounter)
            : histograms[last]!;
        if (!_isCounter && (left.ResetHint != CounterResetHint.Gauge || right.ResetHint != CounterResetHint.Gauge))
        {
            Annotations.Warn($"this native histogram metric is not a gauge: \"{labels[Labels.MetricName]}\"", input.Position);
        }

        if (HistogramArithmetic.HaveOtherBounds(left, right))
        {
            Annotations.Inform("mismatched custom buckets were reconciled during subtraction", input.Position);
        }

        var change = HistogramArithmetic.Subtract(right, left);
        return _isCounter ? AddLost(change, window, histograms, left, right) : change;
    }

    // The last sample is not looked at by itself: the right value is that sample or has what it knows of resets.
    private FloatHistogram AddLost(
        FloatHistogram change, in RangeWindow window, ReadOnlySpan<FloatHistogram?> histograms, FloatHistogram left, FloatHistogram right)
    {
        var (first, previous) = (1, left);
        if (_isSmoothed && histograms.Length > 1 && window.Times[0] < window.StartMillis && HistogramArithmetic.DetectsReset(histograms[1]!, histograms[0]!))
        {
            // The left value was interpolated across this reset already.
            (first, previous) = (2, histograms[1]!);
        }

        var last = histograms.Length - 1;
        if (first > last)
        {
            return change;
        }

        for (var i = first; i < last; i++)
        {
            change = HistogramArithmetic.DetectsReset(histograms[i]!, previous) ? HistogramArithmetic.Add(change, previous) : change;
            previous = histograms[i]!;
        }

        return HistogramArithmetic.DetectsReset(right, previous) ? HistogramArithmetic.Add(change, previous) : change;
    }
}
