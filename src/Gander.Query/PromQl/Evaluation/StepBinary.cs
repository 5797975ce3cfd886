using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>A binary operator between the values of two series at one step.</summary>
internal static class StepBinary
{
    /// <summary>Sets the result; answers false when there is none because a comparison does not hold or the kinds of values do not fit.</summary>
    public static bool Apply(Expression.Binary expression, StepBlock left, StepBlock right, StepBlock result, int step, EvaluationContext context)
    {
        if (left.HistogramAt(step) is not null || right.HistogramAt(step) is not null)
        {
            return HistogramBinary.Apply(expression, left, right, result, step, context);
        }

        if (expression.Operator is BinaryOperator.TrimLower or BinaryOperator.TrimUpper)
        {
            HistogramBinary.Incompatible(expression, "float", "float", context);
            return false;
        }

        var (one, other) = (left.Values[step], right.Values[step]);
        if (!Keywords.IsComparison(expression.Operator))
        {
            result.Set(step, FloatOperators.Compute(expression.Operator, one, other));
            return true;
        }

        var holds = FloatOperators.Compare(expression.Operator, one, other);
        if (holds || expression.ReturnsBool)
        {
            result.Set(step, expression.ReturnsBool ? (holds ? 1 : 0) : one);
        }

        return holds || expression.ReturnsBool;
    }
}
