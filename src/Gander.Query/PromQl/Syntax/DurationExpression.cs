using Gander.Query.Shared;

namespace Gander.Query.PromQl.Syntax;

/// <summary>A length of time in a window, step or offset: a closed set of cases, in seconds.</summary>
/// <param name="Position">Where it stands.</param>
public abstract record DurationExpression(TextPosition Position)
{
    /// <summary>A constant.</summary>
    /// <param name="Seconds">Its length.</param>
    /// <param name="Position">Where it stands.</param>
    public sealed record Constant(double Seconds, TextPosition Position) : DurationExpression(Position)
    {
        /// <summary>Whether it was written without a unit of time.</summary>
        public bool IsBare { get; init; }
    }

    /// <summary><c>step()</c>: the query's step.</summary>
    /// <param name="Position">Where it stands.</param>
    public sealed record QueryStep(TextPosition Position) : DurationExpression(Position);

    /// <summary><c>range()</c>: the query's end minus its start.</summary>
    /// <param name="Position">Where it stands.</param>
    public sealed record QueryRange(TextPosition Position) : DurationExpression(Position);

    /// <summary>A sign.</summary>
    /// <param name="Inner">The operand.</param>
    /// <param name="Position">Where it stands.</param>
    public sealed record Negated(DurationExpression Inner, TextPosition Position) : DurationExpression(Position);

    /// <summary>Arithmetic: <c>+ - * / % ^</c>.</summary>
    /// <param name="Operator">The operator.</param>
    /// <param name="Left">The left operand.</param>
    /// <param name="Right">The right operand.</param>
    /// <param name="OperatorPosition">Where the operator stands.</param>
    /// <param name="Position">Where the whole stands.</param>
    public sealed record Arithmetic(
        BinaryOperator Operator, DurationExpression Left, DurationExpression Right, TextPosition OperatorPosition, TextPosition Position)
        : DurationExpression(Position);

    /// <summary><c>min_of</c> or <c>max_of</c>.</summary>
    /// <param name="IsMin">Whether the smaller is meant.</param>
    /// <param name="Left">One operand.</param>
    /// <param name="Right">The other.</param>
    /// <param name="Position">Where it stands.</param>
    public sealed record Extreme(bool IsMin, DurationExpression Left, DurationExpression Right, TextPosition Position)
        : DurationExpression(Position);

    /// <summary>Evaluates in seconds.</summary>
    /// <exception cref="QueryException">Division by zero.</exception>
    public double Evaluate(double stepSeconds, double rangeSeconds) => this switch
    {
        Constant constant => constant.Seconds,
        QueryStep => stepSeconds,
        QueryRange => rangeSeconds,
        Negated negated => -negated.Inner.Evaluate(stepSeconds, rangeSeconds),
        Extreme { IsMin: true } least => Math.Min(least.Left.Evaluate(stepSeconds, rangeSeconds), least.Right.Evaluate(stepSeconds, rangeSeconds)),
        Extreme most => Math.Max(most.Left.Evaluate(stepSeconds, rangeSeconds), most.Right.Evaluate(stepSeconds, rangeSeconds)),
        Arithmetic arithmetic => Compute(
            arithmetic, arithmetic.Left.Evaluate(stepSeconds, rangeSeconds), arithmetic.Right.Evaluate(stepSeconds, rangeSeconds)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Whether the length is known without the query's step and range.</summary>
    public bool IsConstant => this switch
    {
        Constant => true,
        QueryStep or QueryRange => false,
        Negated negated => negated.Inner.IsConstant,
        Extreme extreme => extreme.Left.IsConstant && extreme.Right.IsConstant,
        Arithmetic arithmetic => arithmetic.Left.IsConstant && arithmetic.Right.IsConstant,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static double Compute(Arithmetic expression, double left, double right) => expression.Operator switch
    {
        BinaryOperator.Add => left + right,
        BinaryOperator.Subtract => left - right,
        BinaryOperator.Multiply => left * right,
        BinaryOperator.Power => Math.Pow(left, right),
        BinaryOperator.Divide when right != 0 => left / right,
        BinaryOperator.Modulo when right != 0 => left % right,
        BinaryOperator.Divide => throw new QueryException(QueryErrorKind.BadQuery, "division by zero", expression.OperatorPosition),
        BinaryOperator.Modulo => throw new QueryException(QueryErrorKind.BadQuery, "modulo by zero", expression.OperatorPosition),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
