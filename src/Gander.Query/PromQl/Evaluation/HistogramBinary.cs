using Gander.Query.PromQl.Histograms;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>Binary operators with a native histogram on at least one side.</summary>
internal static class HistogramBinary
{
    /// <summary>A histogram and a number; the block holds the histogram at the step and then the result, if there is one.</summary>
    public static void ApplyScalar(
        Expression.Binary expression, FloatHistogram histogram, double scalar, bool swapped, StepBlock block, int step, EvaluationContext context)
    {
        var result = swapped ? Compute(expression.Operator, scalar, histogram) : Compute(expression.Operator, histogram, scalar);
        if (result is not null)
        {
            block.Set(step, result);
            return;
        }

        Incompatible(expression, swapped ? "float" : "histogram", swapped ? "histogram" : "float", context);
        block.Unset(step);
    }

    /// <summary>Two values of which at least one is a histogram. Answers whether a comparison held or a value was computed.</summary>
    public static bool Apply(
        Expression.Binary expression, StepBlock left, StepBlock right, StepBlock result, int step, EvaluationContext context)
    {
        if (left.HistogramAt(step) is { } leftHistogram && right.HistogramAt(step) is { } rightHistogram)
        {
            return ApplyBoth(expression, leftHistogram, rightHistogram, result, step, context);
        }

        var computed = left.HistogramAt(step) is { } one
            ? Compute(expression.Operator, one, right.Values[step])
            : Compute(expression.Operator, left.Values[step], right.HistogramAt(step)!);
        if (computed is not null)
        {
            result.Set(step, computed);
            return true;
        }

        Incompatible(
            expression, left.HistogramAt(step) is null ? "float" : "histogram", right.HistogramAt(step) is null ? "float" : "histogram", context);
        return false;
    }

    /// <summary>Says that the operator does not fit the kinds of values it met.</summary>
    public static void Incompatible(Expression.Binary expression, string left, string right, EvaluationContext context)
    {
        var text = Keywords.TextOf(expression.Operator);
        context.Query.Annotations.Inform(
            $"incompatible sample types encountered for binary operator \"{text}\": {left} {text} {right}", expression.Position);
    }

    private static FloatHistogram? Compute(BinaryOperator binaryOperator, FloatHistogram histogram, double number) => binaryOperator switch
    {
        BinaryOperator.Multiply => HistogramArithmetic.Multiply(histogram, number),
        BinaryOperator.Divide => HistogramArithmetic.Divide(histogram, number),
        BinaryOperator.TrimUpper => HistogramTrimming.Trim(histogram, number, keepsBelow: true),
        BinaryOperator.TrimLower => HistogramTrimming.Trim(histogram, number, keepsBelow: false),
        _ => null,
    };

    private static FloatHistogram? Compute(BinaryOperator binaryOperator, double number, FloatHistogram histogram) =>
        binaryOperator == BinaryOperator.Multiply ? HistogramArithmetic.Multiply(histogram, number) : null;

    private static bool ApplyBoth(
        Expression.Binary expression, FloatHistogram left, FloatHistogram right, StepBlock result, int step, EvaluationContext context)
    {
        switch (expression.Operator)
        {
            case BinaryOperator.Add or BinaryOperator.Subtract:
                return AddOrSubtract(expression, left, right, result, step, context);
            case BinaryOperator.Equal or BinaryOperator.NotEqual:
                var holds = left.HasSameContent(right) == (expression.Operator == BinaryOperator.Equal);
                if (expression.ReturnsBool)
                {
                    result.Set(step, holds ? 1 : 0);
                    return true;
                }

                if (holds)
                {
                    result.Set(step, left);
                }

                return holds;
            default:
                Incompatible(expression, "histogram", "histogram", context);
                return false;
        }
    }

    private static bool AddOrSubtract(
        Expression.Binary expression, FloatHistogram left, FloatHistogram right, StepBlock result, int step, EvaluationContext context)
    {
        var isAddition = expression.Operator == BinaryOperator.Add;
        if (HistogramArithmetic.AreIncompatible(left, right))
        {
            context.Query.Annotations.Warn(
                $"incompatible bucket layout encountered for binary operator {Keywords.TextOf(expression.Operator)}", expression.Position);
            return false;
        }

        if (HistogramArithmetic.HaveOtherBounds(left, right))
        {
            context.Query.Annotations.Inform(
                $"mismatched custom buckets were reconciled during {(isAddition ? "addition" : "subtraction")}", expression.Position);
        }

        if (HistogramArithmetic.HintsCollide(left, right))
        {
            context.Query.Annotations.Warn(
                $"conflicting counter resets during histogram {(isAddition ? "addition" : "subtraction")}", expression.Position);
        }

        result.Set(step, HistogramArithmetic.Compact(isAddition ? HistogramArithmetic.Add(left, right) : HistogramArithmetic.Subtract(left, right)));
        return true;
    }
}
