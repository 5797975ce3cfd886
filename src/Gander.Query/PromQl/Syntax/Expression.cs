using Gander.Query.Shared;

namespace Gander.Query.PromQl.Syntax;

/// <summary>A PromQL expression with its place in the query. Immutable; types are checked by the parser.</summary>
/// <param name="Position">Where it stands.</param>
public abstract record Expression(TextPosition Position)
{
    /// <summary>What it evaluates to.</summary>
    public abstract ExpressionType Type { get; }

    /// <summary>The parts it is made of, in the order they are written; a parameter comes before what is aggregated.</summary>
    public virtual IReadOnlyList<Expression> Children => [];

    /// <summary>The expression without the parentheses around it.</summary>
    public Expression Unwrapped => this is Parenthesised inner ? inner.Inner.Unwrapped : this;

    /// <summary>A number, or a duration used as one (in seconds).</summary>
    /// <param name="Value">The value.</param>
    /// <param name="Position">Where it stands.</param>
    public sealed record Number(double Value, TextPosition Position) : Expression(Position)
    {
        /// <summary>Whether it was written with a unit of time.</summary>
        public bool IsDuration { get; init; }

        /// <inheritdoc/>
        public override ExpressionType Type => ExpressionType.Scalar;
    }

    /// <summary>A text constant.</summary>
    /// <param name="Value">The unquoted text.</param>
    /// <param name="Position">Where it stands.</param>
    public sealed record Text(string Value, TextPosition Position) : Expression(Position)
    {
        /// <inheritdoc/>
        public override ExpressionType Type => ExpressionType.Text;
    }

    /// <summary>Series chosen by name and labels.</summary>
    /// <param name="Name">The metric name written before or as first word inside the braces, or null.</param>
    /// <param name="Matchers">All matchers, the one for <c>__name__</c> included.</param>
    /// <param name="Modifiers">Offset and <c>@</c>.</param>
    /// <param name="Position">Where it stands.</param>
    public sealed record VectorSelector(
        string? Name, IReadOnlyList<LabelMatcher> Matchers, Modifiers Modifiers, TextPosition Position) : Expression(Position)
    {
        /// <inheritdoc/>
        public override ExpressionType Type => ExpressionType.InstantVector;
    }

    /// <summary>A window of samples of each selected series.</summary>
    /// <param name="Selector">The series; its modifiers are those of the window.</param>
    /// <param name="Range">The length of the window.</param>
    /// <param name="Position">Where it stands.</param>
    public sealed record RangeSelector(VectorSelector Selector, DurationExpression Range, TextPosition Position) : Expression(Position)
    {
        /// <inheritdoc/>
        public override IReadOnlyList<Expression> Children => [Selector];

        /// <inheritdoc/>
        public override ExpressionType Type => ExpressionType.RangeVector;
    }

    /// <summary>A window of results of an inner query.</summary>
    /// <param name="Inner">What is evaluated at each inner step.</param>
    /// <param name="Range">The length of the window.</param>
    /// <param name="Step">The inner step, or null for the server's default.</param>
    /// <param name="Modifiers">Offset and <c>@</c>.</param>
    /// <param name="Position">Where it stands.</param>
    public sealed record Subquery(
        Expression Inner, DurationExpression Range, DurationExpression? Step, Modifiers Modifiers, TextPosition Position) : Expression(Position)
    {
        /// <inheritdoc/>
        public override IReadOnlyList<Expression> Children => [Inner];

        /// <inheritdoc/>
        public override ExpressionType Type => ExpressionType.RangeVector;
    }

    /// <summary>A function call.</summary>
    /// <param name="Function">The function.</param>
    /// <param name="Arguments">Its arguments, checked against the signature.</param>
    /// <param name="Position">Where it stands.</param>
    public sealed record Call(FunctionSignature Function, IReadOnlyList<Expression> Arguments, TextPosition Position) : Expression(Position)
    {
        /// <inheritdoc/>
        public override IReadOnlyList<Expression> Children => Arguments;

        /// <inheritdoc/>
        public override ExpressionType Type => Function.Returns;
    }

    /// <summary>An aggregation over series.</summary>
    /// <param name="Operator">Which.</param>
    /// <param name="Parameter">The parameter of <c>topk</c> and its like, or null.</param>
    /// <param name="Inner">What is aggregated.</param>
    /// <param name="Grouping">Labels to keep, or with <paramref name="Without"/> to drop.</param>
    /// <param name="Without">Whether the grouping drops labels.</param>
    /// <param name="Position">Where it stands.</param>
    public sealed record Aggregate(
        AggregateOperator Operator,
        Expression? Parameter,
        Expression Inner,
        IReadOnlyList<string> Grouping,
        bool Without,
        TextPosition Position) : Expression(Position)
    {
        /// <inheritdoc/>
        public override IReadOnlyList<Expression> Children => Parameter is null ? [Inner] : [Parameter, Inner];

        /// <inheritdoc/>
        public override ExpressionType Type => ExpressionType.InstantVector;
    }

    /// <summary>A sign before an expression.</summary>
    /// <param name="Negates">Whether the sign is a minus.</param>
    /// <param name="Inner">The operand.</param>
    /// <param name="Position">Where it stands.</param>
    public sealed record Unary(bool Negates, Expression Inner, TextPosition Position) : Expression(Position)
    {
        /// <inheritdoc/>
        public override IReadOnlyList<Expression> Children => [Inner];

        /// <inheritdoc/>
        public override ExpressionType Type => Inner.Type;
    }

    /// <summary>Two operands and an operator.</summary>
    /// <param name="Operator">The operator.</param>
    /// <param name="Left">The left operand.</param>
    /// <param name="Right">The right operand.</param>
    /// <param name="ReturnsBool">Whether a comparison answers 0 or 1 instead of filtering.</param>
    /// <param name="Matching">How series are paired, or null unless both sides are vectors.</param>
    /// <param name="Position">Where it stands.</param>
    public sealed record Binary(
        BinaryOperator Operator, Expression Left, Expression Right, bool ReturnsBool, VectorMatching? Matching, TextPosition Position)
        : Expression(Position)
    {
        /// <inheritdoc/>
        public override IReadOnlyList<Expression> Children => [Left, Right];

        /// <inheritdoc/>
        public override ExpressionType Type =>
            Left.Type == ExpressionType.Scalar && Right.Type == ExpressionType.Scalar ? ExpressionType.Scalar : ExpressionType.InstantVector;
    }

    /// <summary>An expression in parentheses.</summary>
    /// <param name="Inner">What stands inside.</param>
    /// <param name="Position">Where it stands.</param>
    public sealed record Parenthesised(Expression Inner, TextPosition Position) : Expression(Position)
    {
        /// <inheritdoc/>
        public override IReadOnlyList<Expression> Children => [Inner];

        /// <inheritdoc/>
        public override ExpressionType Type => Inner.Type;
    }
}
