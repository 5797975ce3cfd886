using Gander.Query.PromQl.Histograms;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>Functions of native histograms in instant vectors.</summary>
internal static class HistogramFunctions
{
    /// <summary>The vector with its sign changed; a negated histogram is a gauge.</summary>
    public static VectorOperator Negate(VectorOperator inner) =>
        new MappedOperator(inner, [.. inner.Series.Select(series => series.WithoutName())], block =>
        {
            for (var step = 0; step < block.Steps; step++)
            {
                if (block.Has(step) && block.HistogramAt(step) is { } histogram)
                {
                    block.Set(step, HistogramArithmetic.Multiply(histogram, -1));
                }
                else if (block.Has(step))
                {
                    block.Set(step, -block.Values[step]);
                }
            }
        });

    /// <summary>The functions that make a float of each histogram; floats are left out.</summary>
    public static VectorOperator Map(string function, VectorOperator inner) =>
        new MappedOperator(inner, [.. inner.Series.Select(series => series.WithoutName())], block =>
        {
            for (var step = 0; step < block.Steps; step++)
            {
                if (block.Has(step) && block.HistogramAt(step) is { } histogram)
                {
                    block.Set(step, Apply(function, histogram));
                }
                else
                {
                    block.Unset(step);
                }
            }
        });

    /// <summary>The value at a quantile.</summary>
    public static double Quantile(double quantile, FloatHistogram histogram, Labels labels, Expression.Call call, EvaluationContext context)
    {
        var result = HistogramStatistics.Quantile(quantile, histogram);
        if (double.IsNaN(histogram.Sum) && quantile is >= 0 and <= 1)
        {
            var what = double.IsNaN(result) ? "result is NaN" : "result is skewed higher";
            context.Query.Annotations.Inform(
                $"input to histogram_quantile has NaN observations, {what} for metric name \"{labels[Labels.MetricName]}\"", VectorOf(call).Position);
        }

        return result;
    }

    /// <summary>The share of observations between two values.</summary>
    public static double Fraction(double lower, double upper, FloatHistogram histogram, Labels labels, Expression.Call call, EvaluationContext context)
    {
        if (double.IsNaN(histogram.Sum))
        {
            context.Query.Annotations.Inform(
                $"input to histogram_fraction has NaN observations, which are excluded from all fractions for metric name \"{labels[Labels.MetricName]}\"",
                VectorOf(call).Position);
        }

        return HistogramStatistics.Fraction(lower, upper, histogram);
    }

    private static Expression VectorOf(Expression.Call call) => call.Arguments.First(argument => argument.Type == ExpressionType.InstantVector);

    private static double Apply(string function, FloatHistogram histogram) => function switch
    {
        "histogram_count" => histogram.Count,
        "histogram_sum" => histogram.Sum,
        "histogram_avg" => histogram.Sum / histogram.Count,
        "histogram_stdvar" => HistogramStatistics.Variance(histogram),
        _ => Math.Sqrt(HistogramStatistics.Variance(histogram)),
    };
}
