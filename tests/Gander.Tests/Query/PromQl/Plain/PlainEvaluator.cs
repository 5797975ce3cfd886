using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Tests.Query.PromQl.Recorded;

namespace Gander.Tests.Query.PromQl.Plain;

/// <summary>
/// Evaluates PromQL in the plainest way: one instant after the other, all samples looked at each time, no state in between. It
/// knows floats alone and a part of the language. The fast engine is compared with it.
/// </summary>
public sealed class PlainEvaluator(MemorySeriesSource source, long queryStartMillis, long queryEndMillis)
{
    private const long LookbackMillis = 300_000;
    private const long DefaultStepMillis = 60_000;

    /// <summary>The vector at one time.</summary>
    public List<PlainSample> Vector(Expression expression, long time) => expression.Unwrapped switch
    {
        Expression.VectorSelector selector => Select(selector, time),
        Expression.Unary unary => [.. Vector(unary.Inner, time).Select(sample => sample with { DropsName = true, Value = unary.Negates ? -sample.Value : sample.Value })],
        Expression.Call call => Call(call, time),
        Expression.Aggregate aggregate => PlainAggregation.Of(
            aggregate, Vector(aggregate.Inner, time), aggregate.Parameter is null ? 0 : Scalar(aggregate.Parameter, time)),
        Expression.Binary binary when binary.Left.Type == ExpressionType.Scalar => PlainBinary.WithScalar(binary, Vector(binary.Right, time), Scalar(binary.Left, time), isLeft: true),
        Expression.Binary binary when binary.Right.Type == ExpressionType.Scalar => PlainBinary.WithScalar(binary, Vector(binary.Left, time), Scalar(binary.Right, time), isLeft: false),
        Expression.Binary binary => PlainBinary.Of(binary, Vector(binary.Left, time), Vector(binary.Right, time)),
        var other => throw new NotSupportedException(other.GetType().Name),
    };

    private double Scalar(Expression expression, long time) => expression.Unwrapped switch
    {
        Expression.Number number => number.Value,
        Expression.Call { Function.Name: "time" } => time / 1000.0,
        Expression.Call { Function.Name: "scalar" } call => Vector(call.Arguments[0], time) is [var only] ? only.Value : double.NaN,
        Expression.Binary binary => PlainBinary.Compute(binary.Operator, Scalar(binary.Left, time), Scalar(binary.Right, time)),
        var other => throw new NotSupportedException(other.GetType().Name),
    };

    private long Reference(Modifiers modifiers, long time) => modifiers.At switch
    {
        AtModifier.Time at => at.Millis,
        AtModifier.QueryStart => queryStartMillis,
        AtModifier.QueryEnd => queryEndMillis,
        _ => time,
    } - Millis(modifiers.Offset);

    private List<PlainSample> Select(Expression.VectorSelector selector, long time)
    {
        var end = Reference(selector.Modifiers, time);
        var found = new List<PlainSample>();
        foreach (var (labels, samples) in source.Find(selector.Matchers))
        {
            if (samples.LastOrDefault(sample => sample.Time <= end && sample.Time > end - LookbackMillis) is { Time: > 0 } last && !StaleMarker.Is(last.Value))
            {
                found.Add(new PlainSample(labels, false, last.Value));
            }
        }

        return found;
    }

    private List<PlainSample> Call(Expression.Call call, long time)
    {
        if (call.Arguments.FirstOrDefault(argument => argument.Type == ExpressionType.RangeVector) is { } range)
        {
            var parameter = call.Arguments.FirstOrDefault(argument => argument.Type == ExpressionType.Scalar);
            return OverWindows(call.Function.Name, range.Unwrapped, parameter is null ? 0 : Scalar(parameter, time), time);
        }

        var inner = Vector(call.Arguments[0], time);
        return call.Function.Name switch
        {
            "abs" => [.. inner.Select(sample => sample with { DropsName = true, Value = Math.Abs(sample.Value) })],
            "clamp_min" => [.. inner.Select(sample => sample with { DropsName = true, Value = Math.Max(sample.Value, Scalar(call.Arguments[1], time)) })],
            var other => throw new NotSupportedException(other),
        };
    }

    private List<PlainSample> OverWindows(string function, Expression range, double parameter, long time)
    {
        var (modifiers, length) = range is Expression.RangeSelector selector
            ? (selector.Selector.Modifiers, Millis(selector.Range))
            : (((Expression.Subquery)range).Modifiers, Millis(((Expression.Subquery)range).Range));
        var end = Reference(modifiers, time);
        var windows = range is Expression.RangeSelector windowed
            ? source.Find(windowed.Selector.Matchers)
                .Select(series => (new PlainSample(series.Labels, false, 0), series.Samples.Where(sample => sample.Time > end - length && sample.Time <= end && !StaleMarker.Is(sample.Value)).ToList()))
            : Subquery((Expression.Subquery)range, end - length, end);
        var results = new List<PlainSample>();
        foreach (var (series, window) in windows)
        {
            if (PlainWindow.Apply(function, parameter, window, end - length, end) is { } value)
            {
                results.Add(new PlainSample(series.Labels, series.DropsName || function is not ("last_over_time" or "first_over_time"), value));
            }
        }

        return results;
    }

    private IEnumerable<(PlainSample Series, List<(long Time, double Value)> Window)> Subquery(Expression.Subquery subquery, long start, long end)
    {
        var step = subquery.Step is null ? DefaultStepMillis : Millis(subquery.Step);
        var windows = new Dictionary<Labels, (PlainSample Series, List<(long, double)> Window)>();
        for (var time = (long)Math.Floor(start / (double)step) * step; time <= end; time += step)
        {
            foreach (var sample in time > start ? Vector(subquery.Inner, time) : [])
            {
                if (!windows.TryGetValue(sample.Labels, out var window))
                {
                    windows.Add(sample.Labels, window = (sample, []));
                }

                window.Window.Add((time, sample.Value));
            }
        }

        return windows.Values;
    }

    private static long Millis(DurationExpression? duration) => duration is null ? 0 : (long)Math.Round(duration.Evaluate(0, 0) * 1000);
}
