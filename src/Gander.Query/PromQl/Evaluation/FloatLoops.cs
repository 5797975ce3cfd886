using System.Diagnostics;
using System.Numerics;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>Binary operators over the floats of all steps at once; the operator is chosen outside of the loop.</summary>
internal static class FloatLoops
{
    private interface IOperation
    {
        static abstract double Compute(double left, double right);
    }

    private interface IComparison
    {
        static abstract bool Holds(double left, double right);
    }

    /// <summary>
    /// Applies a binary operator to all values that are present in <paramref name="result"/>, which may be one of the operands'
    /// memory. A comparison that filters takes away values that do not hold and keeps those of <paramref name="kept"/>.
    /// </summary>
    public static void Apply(Expression.Binary expression, ReadOnlySpan<double> left, ReadOnlySpan<double> right, ReadOnlySpan<double> kept, StepBlock result)
    {
        var values = result.Values.AsSpan();
        switch (expression.Operator)
        {
            case BinaryOperator.Add:
                Compute<Addition>(left, right, values);
                break;
            case BinaryOperator.Subtract:
                Compute<Subtraction>(left, right, values);
                break;
            case BinaryOperator.Multiply:
                Compute<Multiplication>(left, right, values);
                break;
            case BinaryOperator.Divide:
                Compute<Division>(left, right, values);
                break;
            case BinaryOperator.Modulo:
                Compute<Remainder>(left, right, values);
                break;
            case BinaryOperator.Power:
                Compute<Exponentiation>(left, right, values);
                break;
            case BinaryOperator.Atan2:
                Compute<Angle>(left, right, values);
                break;
            case BinaryOperator.Equal:
                Compare<Equality>(expression.ReturnsBool, left, right, kept, result);
                break;
            case BinaryOperator.NotEqual:
                Compare<Inequality>(expression.ReturnsBool, left, right, kept, result);
                break;
            case BinaryOperator.Less:
                Compare<Less>(expression.ReturnsBool, left, right, kept, result);
                break;
            case BinaryOperator.LessOrEqual:
                Compare<LessOrEqual>(expression.ReturnsBool, left, right, kept, result);
                break;
            case BinaryOperator.Greater:
                Compare<Less>(expression.ReturnsBool, right, left, kept, result);
                break;
            case BinaryOperator.GreaterOrEqual:
                Compare<LessOrEqual>(expression.ReturnsBool, right, left, kept, result);
                break;
            default:
                throw new UnreachableException($"no loop for {expression.Operator}");
        }
    }

    private static void Compute<TOperation>(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> values)
        where TOperation : struct, IOperation
    {
        left = left[..values.Length];
        right = right[..values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = TOperation.Compute(left[i], right[i]);
        }
    }

    private static void Compare<TComparison>(bool returnsBool, ReadOnlySpan<double> left, ReadOnlySpan<double> right, ReadOnlySpan<double> kept, StepBlock result)
        where TComparison : struct, IComparison
    {
        for (var word = 0; word < result.Presence.Length; word++)
        {
            var failed = 0UL;
            for (var bits = result.Presence[word]; bits != 0; bits &= bits - 1)
            {
                var at = BitOperations.TrailingZeroCount(bits);
                var step = (word * 64) + at;
                var holds = TComparison.Holds(left[step], right[step]);
                failed |= holds ? 0 : 1UL << at;
                result.Values[step] = returnsBool ? (holds ? 1 : 0) : kept[step];
            }

            if (!returnsBool)
            {
                result.UnsetWord(word, failed);
            }
        }
    }

    private readonly struct Addition : IOperation
    {
        public static double Compute(double left, double right) => left + right;
    }

    private readonly struct Subtraction : IOperation
    {
        public static double Compute(double left, double right) => left - right;
    }

    private readonly struct Multiplication : IOperation
    {
        public static double Compute(double left, double right) => left * right;
    }

    private readonly struct Division : IOperation
    {
        public static double Compute(double left, double right) => left / right;
    }

    private readonly struct Remainder : IOperation
    {
        public static double Compute(double left, double right) => left % right;
    }

    private readonly struct Exponentiation : IOperation
    {
        public static double Compute(double left, double right) => Math.Pow(left, right);
    }

    private readonly struct Angle : IOperation
    {
        public static double Compute(double left, double right) => Math.Atan2(left, right);
    }

    private readonly struct Equality : IComparison
    {
        public static bool Holds(double left, double right) => left == right;
    }

    private readonly struct Inequality : IComparison
    {
        public static bool Holds(double left, double right) => left != right;
    }

    private readonly struct Less : IComparison
    {
        public static bool Holds(double left, double right) => left < right;
    }

    private readonly struct LessOrEqual : IComparison
    {
        public static bool Holds(double left, double right) => left <= right;
    }
}
