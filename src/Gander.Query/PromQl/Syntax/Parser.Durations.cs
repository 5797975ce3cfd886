using Gander.Query.Shared;

namespace Gander.Query.PromQl.Syntax;

/// <content>Windows, steps and offsets.</content>
public sealed partial class Parser
{
    private const double MaxSeconds = 9_223_372_036.0;

    private Expression ParseBrackets(Expression expression)
    {
        var open = Take();
        var range = ParsePositiveDuration();
        DurationExpression? step = null;
        var isSubquery = _token.Is(":") || (_token.Kind == TokenKind.Word && _token.Text[0] == ':');
        if (isSubquery)
        {
            Take();
            step = _token.Is("]") ? null : ParsePositiveDuration();
        }

        if (!_token.Is("]"))
        {
            throw Error($"unexpected {_token} in subquery or range selector, expected \":\" or \"]\"", _token.Position);
        }

        Take();
        var position = new TextPosition(expression.Position.Start, _lastEnd);
        if (isSubquery)
        {
            return expression.Type == ExpressionType.InstantVector || expression.Type == ExpressionType.Scalar
                ? new Expression.Subquery(expression, range, step, default, position)
                : throw Error($"subquery is only allowed on instant vector, got {expression.Type.Describe()} instead", position);
        }

        var brackets = new TextPosition(open.Position.Start, _lastEnd);
        if (expression is not Expression.VectorSelector selector)
        {
            throw Error("ranges only allowed for vector selectors", brackets);
        }

        if (selector.Modifiers.Offset is not null || selector.Modifiers.At is not null)
        {
            throw Error($"no {(selector.Modifiers.At is not null ? "@" : "offset")} modifiers allowed before range", brackets);
        }

        return new Expression.RangeSelector(selector, range, position);
    }

    private DurationExpression ParsePositiveDuration()
    {
        if (_token.Is("]"))
        {
            throw Error(
                "unexpected \"]\" in subquery or range selector, expected number, duration, step(), or range()", _token.Position);
        }

        var duration = CheckDuration(ParseDuration(0));
        return !duration.IsConstant || duration.Evaluate(0, 0) > 0
            ? duration
            : throw Error("duration must be greater than 0", duration.Position);
    }

    private DurationExpression ParseOffset()
    {
        var isSigned = _token.Is("-") || _token.Is("+");
        var sign = isSigned ? Take() : default;
        var operand = ParseDurationPrimary();
        return CheckDuration(isSigned && sign.Text == "-"
            ? new DurationExpression.Negated(operand, TextPosition.Covering(sign.Position, operand.Position))
            : operand);
    }

    private DurationExpression CheckDuration(DurationExpression duration)
    {
        var isPlain = duration is DurationExpression.Constant || (duration is DurationExpression.Negated && duration.IsConstant);
        if (!isPlain && !_features.HasFlag(PromQlFeatures.DurationExpressions))
        {
            throw Error("duration expressions are not enabled; start with the feature promql-duration-expr", duration.Position);
        }

        return !duration.IsConstant || Math.Abs(duration.Evaluate(0, 0)) <= MaxSeconds
            ? duration
            : throw Error("duration out of range", duration.Position);
    }

    private DurationExpression ParseDuration(int minPrecedence)
    {
        if (++_depth > MaxDepth)
        {
            throw Error($"the query is nested more than {MaxDepth} levels deep", _token.Position);
        }

        DurationExpression left;
        if (_token.Is("-") || _token.Is("+"))
        {
            var sign = Take();
            left = ParseDuration(Keywords.Precedence(BinaryOperator.Multiply));
            left = sign.Text == "-" ? new DurationExpression.Negated(left, TextPosition.Covering(sign.Position, left.Position)) : left;
        }
        else
        {
            left = ParseDurationPrimary();
        }

        while (TryPeekOperator(out var binaryOperator)
            && binaryOperator is BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply or BinaryOperator.Divide
                or BinaryOperator.Modulo or BinaryOperator.Power
            && Keywords.Precedence(binaryOperator) > minPrecedence)
        {
            var operatorToken = Take();
            var precedence = Keywords.Precedence(binaryOperator);
            var right = ParseDuration(binaryOperator == BinaryOperator.Power ? precedence - 1 : precedence);
            left = Combine(binaryOperator, left, right, operatorToken.Position);
        }

        _depth--;
        return left;
    }

    private static DurationExpression.Arithmetic Combine(
        BinaryOperator binaryOperator, DurationExpression left, DurationExpression right, TextPosition operatorPosition)
    {
        if (binaryOperator is BinaryOperator.Divide or BinaryOperator.Modulo && right.IsConstant && right.Evaluate(0, 0) == 0)
        {
            throw Error(binaryOperator == BinaryOperator.Divide ? "division by zero" : "modulo by zero", operatorPosition);
        }

        return new(binaryOperator, left, right, operatorPosition, TextPosition.Covering(left.Position, right.Position));
    }

    private DurationExpression ParseDurationPrimary()
    {
        var token = _token;
        if (token.Kind == TokenKind.Number && Literals.TryReadNumber(token.Text, out var seconds))
        {
            Take();
            return new DurationExpression.Constant(seconds, token.Position) { IsBare = !Literals.IsDuration(token.Text) };
        }

        if (token.Is("("))
        {
            Take();
            var inner = ParseDuration(0);
            Close();
            return inner;
        }

        if (token.Kind == TokenKind.Word && _next.Is("("))
        {
            return ParseDurationFunction();
        }

        throw Error(
            token.Kind == TokenKind.End
                ? "unexpected end of input in duration expression"
                : $"unexpected {token} in duration expression, expected number, duration, step(), or range()",
            token.Kind == TokenKind.Word ? _next.Position : token.Position);
    }

    private DurationExpression ParseDurationFunction()
    {
        var name = Take();
        Expect("(", "in duration expression");
        if (name.IsWord("step") || name.IsWord("range"))
        {
            var position = TextPosition.Covering(name.Position, Close());
            return name.IsWord("step") ? new DurationExpression.QueryStep(position) : new DurationExpression.QueryRange(position);
        }

        if (!name.IsWord("min_of") && !name.IsWord("max_of"))
        {
            throw Error($"unexpected {name} in duration expression, expected number, duration, step(), range(), min_of() or max_of()", name.Position);
        }

        var left = ParseDuration(0);
        Expect(",", "in duration expression");
        var right = ParseDuration(0);
        return new DurationExpression.Extreme(name.IsWord("min_of"), left, right, TextPosition.Covering(name.Position, Close()));
    }
}
