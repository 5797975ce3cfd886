using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>Binary operators with a number on at least one side.</summary>
internal static class ScalarBinary
{
    /// <summary>Two numbers.</summary>
    public static double[] Run(Expression.Binary expression, double[] left, double[] right)
    {
        var results = new double[left.Length];
        for (var step = 0; step < results.Length; step++)
        {
            results[step] = Keywords.IsComparison(expression.Operator)
                ? FloatOperators.Compare(expression.Operator, left[step], right[step]) ? 1 : 0
                : FloatOperators.Compute(expression.Operator, left[step], right[step]);
        }

        return results;
    }

    /// <summary>A vector and a number; <paramref name="swapped"/> when the number stands on the left.</summary>
    public static VectorOperator Run(
        Expression.Binary expression, VectorOperator vector, double[] scalar, bool swapped, EvaluationContext context)
    {
        var isFilter = (Keywords.IsComparison(expression.Operator) && !expression.ReturnsBool)
            || expression.Operator is BinaryOperator.TrimLower or BinaryOperator.TrimUpper;
        var series = vector.Series.Select(one => isFilter ? one : one.WithoutName()).ToList();
        return new MappedOperator(vector, series, block =>
        {
            if (block.HasHistograms || expression.Operator is BinaryOperator.TrimLower or BinaryOperator.TrimUpper)
            {
                ApplyAny(expression, block, scalar, swapped, context);
            }
            else
            {
                var values = block.Values;
                FloatLoops.Apply(expression, swapped ? scalar : values, swapped ? values : scalar, values, block);
            }
        });
    }

    private static void ApplyAny(Expression.Binary expression, StepBlock block, double[] scalar, bool swapped, EvaluationContext context)
    {
        for (var step = 0; step < block.Steps; step++)
        {
            if (!block.Has(step))
            {
                continue;
            }

            if (block.HistogramAt(step) is { } histogram)
            {
                HistogramBinary.ApplyScalar(expression, histogram, scalar[step], swapped, block, step, context);
                continue;
            }

            if (expression.Operator is BinaryOperator.TrimLower or BinaryOperator.TrimUpper)
            {
                HistogramBinary.Incompatible(expression, "float", "float", context);
                block.Unset(step);
                continue;
            }

            var value = block.Values[step];
            var (left, right) = swapped ? (scalar[step], value) : (value, scalar[step]);
            if (!Keywords.IsComparison(expression.Operator))
            {
                block.Set(step, FloatOperators.Compute(expression.Operator, left, right));
            }
            else if (expression.ReturnsBool)
            {
                block.Set(step, FloatOperators.Compare(expression.Operator, left, right) ? 1 : 0);
            }
            else if (!FloatOperators.Compare(expression.Operator, left, right))
            {
                block.Unset(step);
            }
        }
    }
}
