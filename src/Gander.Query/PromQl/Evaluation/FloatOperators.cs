using System.Diagnostics;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>Binary operators over two floats.</summary>
internal static class FloatOperators
{
    /// <summary>Applies arithmetic.</summary>
    public static double Compute(BinaryOperator binaryOperator, double left, double right) => binaryOperator switch
    {
        BinaryOperator.Add => left + right,
        BinaryOperator.Subtract => left - right,
        BinaryOperator.Multiply => left * right,
        BinaryOperator.Divide => left / right,
        BinaryOperator.Modulo => left % right,
        BinaryOperator.Power => Math.Pow(left, right),
        BinaryOperator.Atan2 => Math.Atan2(left, right),
        _ => throw new UnreachableException($"{binaryOperator} does not compute"),
    };

    /// <summary>Applies a comparison.</summary>
    public static bool Compare(BinaryOperator binaryOperator, double left, double right) => binaryOperator switch
    {
        BinaryOperator.Equal => left == right,
        BinaryOperator.NotEqual => left != right,
        BinaryOperator.Less => left < right,
        BinaryOperator.LessOrEqual => left <= right,
        BinaryOperator.Greater => left > right,
        BinaryOperator.GreaterOrEqual => left >= right,
        _ => throw new UnreachableException($"{binaryOperator} does not compare"),
    };


}
