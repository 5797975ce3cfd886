using System.Collections.Frozen;
using Gander.Query.PromQl.Evaluation.Kernels;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>The functions over windows of floats. Semantics: the function reference of Prometheus 3.</summary>
internal static class RangeKernels
{
    /// <summary>The kernels by function name.</summary>
    public static FrozenDictionary<string, RangeKernel> ByName { get; } = new Dictionary<string, RangeKernel>
    {
        ["rate"] = (in RangeWindow window, ReadOnlySpan<double> _, out double result) => Extrapolated(window, isCounter: true, isRate: true, out result),
        ["increase"] = (in RangeWindow window, ReadOnlySpan<double> _, out double result) => Extrapolated(window, isCounter: true, isRate: false, out result),
        ["delta"] = (in RangeWindow window, ReadOnlySpan<double> _, out double result) => Extrapolated(window, isCounter: false, isRate: false, out result),
        ["irate"] = (in RangeWindow window, ReadOnlySpan<double> _, out double result) => LastTwo(window, isRate: true, out result),
        ["idelta"] = (in RangeWindow window, ReadOnlySpan<double> _, out double result) => LastTwo(window, isRate: false, out result),
        ["sum_over_time"] = Sum,
        ["avg_over_time"] = Average,
        ["count_over_time"] = (in RangeWindow window, ReadOnlySpan<double> _, out double result) => Always(window.Count, out result),
        ["present_over_time"] = (in RangeWindow _, ReadOnlySpan<double> _, out double result) => Always(1, out result),
        ["min_over_time"] = (in RangeWindow window, ReadOnlySpan<double> _, out double result) => Always(window.Values[Extreme(window.Values, least: true, last: false)], out result),
        ["max_over_time"] = (in RangeWindow window, ReadOnlySpan<double> _, out double result) => Always(window.Values[Extreme(window.Values, least: false, last: false)], out result),
        ["ts_of_min_over_time"] = (in RangeWindow window, ReadOnlySpan<double> _, out double result) => Always(window.Times[Extreme(window.Values, least: true, last: true)] / 1000.0, out result),
        ["ts_of_max_over_time"] = (in RangeWindow window, ReadOnlySpan<double> _, out double result) => Always(window.Times[Extreme(window.Values, least: false, last: true)] / 1000.0, out result),
        ["last_over_time"] = (in RangeWindow window, ReadOnlySpan<double> _, out double result) => Always(window.Values[^1], out result),
        ["first_over_time"] = (in RangeWindow window, ReadOnlySpan<double> _, out double result) => Always(window.Values[0], out result),
        ["ts_of_last_over_time"] = (in RangeWindow window, ReadOnlySpan<double> _, out double result) => Always(window.Times[^1] / 1000.0, out result),
        ["ts_of_first_over_time"] = (in RangeWindow window, ReadOnlySpan<double> _, out double result) => Always(window.Times[0] / 1000.0, out result),
        ["stdvar_over_time"] = (in RangeWindow window, ReadOnlySpan<double> _, out double result) => Always(Statistics.Variance(window.Values), out result),
        ["stddev_over_time"] = (in RangeWindow window, ReadOnlySpan<double> _, out double result) => Always(Math.Sqrt(Statistics.Variance(window.Values)), out result),
        ["quantile_over_time"] = (in RangeWindow window, ReadOnlySpan<double> arguments, out double result) => Always(Statistics.Quantile(arguments[0], window.Values), out result),
        ["mad_over_time"] = (in RangeWindow window, ReadOnlySpan<double> _, out double result) => Always(Statistics.MedianDeviation(window.Values), out result),
        ["changes"] = (in RangeWindow window, ReadOnlySpan<double> _, out double result) => Always(CountChanges(window.Values, (previous, next) => next != previous && !(double.IsNaN(next) && double.IsNaN(previous))), out result),
        ["resets"] = (in RangeWindow window, ReadOnlySpan<double> _, out double result) => Always(CountChanges(window.Values, (previous, next) => next < previous), out result),
        ["deriv"] = Derivative,
        ["predict_linear"] = PredictLinear,
        ["double_exponential_smoothing"] = Smooth,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Growth of a counter (or change of a gauge) over the window, extrapolated to its edges.</summary>
    private static bool Extrapolated(in RangeWindow window, bool isCounter, bool isRate, out double result)
    {
        result = 0;
        var values = window.Values;
        if (values.Length < 2)
        {
            return false;
        }

        result = values[^1] - values[0];
        if (isCounter)
        {
            for (var i = 1; i < values.Length; i++)
            {
                if (values[i] < values[i - 1])
                {
                    result += values[i - 1];
                }
            }
        }

        result *= ExtrapolationFactor(window, isCounter, values[0], result, isRate);
        return true;
    }

    /// <summary>By how much the change between the first and last sample is to be multiplied to cover the whole window.</summary>
    public static double ExtrapolationFactor(in RangeWindow window, bool isCounter, double first, double change, bool isRate) => Extrapolation.Factor(
        window.StartMillis, window.EndMillis, window.Times[0], window.Times[^1], window.Count, isCounter, first, change, isRate);

    private static bool LastTwo(in RangeWindow window, bool isRate, out double result)
    {
        result = 0;
        if (window.Count < 2 || (isRate && window.Times[^1] == window.Times[^2]))
        {
            return false;
        }

        var (previous, last) = (window.Values[^2], window.Values[^1]);
        result = isRate && last < previous ? last : last - previous;
        result = isRate ? result / ((window.Times[^1] - window.Times[^2]) / 1000.0) : result;
        return true;
    }

    private static bool Sum(in RangeWindow window, ReadOnlySpan<double> arguments, out double result)
    {
        var sum = new KahanSum();
        foreach (var value in window.Values)
        {
            sum.Add(value);
        }

        result = sum.Value;
        return true;
    }

    private static bool Average(in RangeWindow window, ReadOnlySpan<double> arguments, out double result)
    {
        result = Statistics.Average(window.Values);
        return true;
    }

    private static bool Derivative(in RangeWindow window, ReadOnlySpan<double> arguments, out double result)
    {
        result = 0;
        if (window.Count < 2)
        {
            return false;
        }

        // The origin at the first sample keeps the squares of times small.
        result = Statistics.Regression(window.Times, window.Values, window.Times[0]).Slope;
        return true;
    }

    private static bool PredictLinear(in RangeWindow window, ReadOnlySpan<double> arguments, out double result)
    {
        result = 0;
        if (window.Count < 2)
        {
            return false;
        }

        var (slope, intercept) = Statistics.Regression(window.Times, window.Values, window.StepTimeMillis);
        result = (slope * arguments[0]) + intercept;
        return true;
    }

    private static bool Smooth(in RangeWindow window, ReadOnlySpan<double> arguments, out double result)
    {
        result = 0;
        var (smoothing, trendFactor) = (arguments[0], arguments[1]);
        var values = window.Values;
        if (values.Length < 2)
        {
            return false;
        }

        var (previous, current, trend) = (0.0, values[0], values[1] - values[0]);
        for (var i = 1; i < values.Length; i++)
        {
            if (i > 1)
            {
                trend = (trendFactor * (current - previous)) + ((1 - trendFactor) * trend);
            }

            (previous, current) = (current, (smoothing * values[i]) + ((1 - smoothing) * (current + trend)));
        }

        result = current;
        return true;
    }

    private static int Extreme(ReadOnlySpan<double> values, bool least, bool last)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            var isBetter = least ? values[i] < values[best] : values[i] > values[best];
            if (isBetter || double.IsNaN(values[best]) || (last && values[i] == values[best]))
            {
                best = i;
            }
        }

        return best;
    }

    private static double CountChanges(ReadOnlySpan<double> values, Func<double, double, bool> isChange)
    {
        var changes = 0;
        for (var i = 1; i < values.Length; i++)
        {
            changes += isChange(values[i - 1], values[i]) ? 1 : 0;
        }

        return changes;
    }

    private static bool Always(double value, out double result)
    {
        result = value;
        return true;
    }
}
