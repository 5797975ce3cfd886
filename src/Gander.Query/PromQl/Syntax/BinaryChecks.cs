using Gander.Query.Shared;

namespace Gander.Query.PromQl.Syntax;

/// <summary>Which operators fit which operands.</summary>
internal static class BinaryChecks
{
    public static Expression.Binary Create(
        BinaryOperator binaryOperator,
        TextPosition operatorPosition,
        Expression left,
        Expression right,
        (bool ReturnsBool, VectorMatching? Matching) modifiers)
    {
        var position = TextPosition.Covering(left.Position, right.Position);
        var matching = modifiers.Matching!;
        var bothVectors = left.Type == ExpressionType.InstantVector && right.Type == ExpressionType.InstantVector;
        var hasMatching = matching.On || matching.Labels.Count > 0 || matching.Include.Count > 0 || matching.FillLeft is not null || matching.FillRight is not null;
        var text = Keywords.TextOf(binaryOperator);
        foreach (var operand in (Expression[])[left, right])
        {
            if (operand.Type is not (ExpressionType.Scalar or ExpressionType.InstantVector))
            {
                throw Error($"binary expression must contain only scalar and instant vector types, got {operand.Type.Describe()}", operand.Position);
            }
        }

        if (Keywords.IsComparison(binaryOperator) && !modifiers.ReturnsBool && left.Type == ExpressionType.Scalar && right.Type == ExpressionType.Scalar)
        {
            throw Error("comparisons between scalars must use BOOL modifier", operatorPosition);
        }

        if (!bothVectors && hasMatching)
        {
            throw Error("vector matching only allowed between instant vectors", position);
        }

        if (!bothVectors && Keywords.IsSetOperator(binaryOperator))
        {
            throw Error($"set operator \"{text}\" not allowed in binary scalar expression", position);
        }

        CheckMatching(binaryOperator, matching, text, position);
        return new Expression.Binary(binaryOperator, left, right, modifiers.ReturnsBool, bothVectors ? matching : null, position);
    }

    private static void CheckMatching(BinaryOperator binaryOperator, VectorMatching matching, string text, TextPosition position)
    {
        if (Keywords.IsSetOperator(binaryOperator) && matching.Cardinality != MatchCardinality.ManyToMany)
        {
            throw Error($"no grouping allowed for \"{text}\" operation", position);
        }

        if (Keywords.IsSetOperator(binaryOperator) && (matching.FillLeft is not null || matching.FillRight is not null))
        {
            throw Error($"filling in missing series not allowed for \"{text}\" operation", position);
        }

        if (matching.On && matching.Labels.FirstOrDefault(matching.Include.Contains) is { } both)
        {
            throw Error($"label \"{both}\" must not occur in ON and GROUP clause at once", position);
        }
    }

    private static QueryException Error(string message, TextPosition position) => new(QueryErrorKind.BadQuery, message, position);
}
