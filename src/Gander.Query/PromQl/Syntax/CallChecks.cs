using Gander.Query.Shared;

namespace Gander.Query.PromQl.Syntax;

/// <summary>Which arguments fit which functions and aggregations.</summary>
internal static class CallChecks
{
    public static void Check(Expression.Call call)
    {
        var (function, arguments, position) = (call.Function, call.Arguments, call.Position);
        if (arguments.Count < function.Required || arguments.Count > function.Maximum)
        {
            var quantity = function.Required == function.Maximum ? "" : arguments.Count < function.Required ? "at least " : "at most ";
            var wanted = arguments.Count < function.Required ? function.Required : function.Maximum;
            throw Error($"expected {quantity}{wanted} argument(s) in call to \"{function.Name}\", got {arguments.Count}", position);
        }

        for (var i = 0; i < arguments.Count; i++)
        {
            var wanted = function.Arguments[Math.Min(i, function.Arguments.Count - 1)];
            if (arguments[i].Type != wanted)
            {
                throw Error(
                    $"expected type {wanted.Describe()} in call to function \"{function.Name}\", got {arguments[i].Type.Describe()}",
                    arguments[i].Position);
            }
        }

        if (function.Name == "info" && arguments.Count == 2)
        {
            CheckInfoSelector(arguments[1]);
        }
    }

    public static Expression.Aggregate Create(
        AggregateOperator aggregate, List<Expression> arguments, IReadOnlyList<string> grouping, bool without, TextPosition position)
    {
        var parameterType = ParameterType(aggregate);
        var wanted = parameterType is null ? 1 : 2;
        if (arguments.Count == 0)
        {
            throw Error("no arguments for aggregate expression provided", position);
        }

        if (arguments.Count != wanted)
        {
            throw Error($"wrong number of arguments for aggregate expression provided, expected {wanted}, got {arguments.Count}", position);
        }

        if (arguments[^1].Type != ExpressionType.InstantVector)
        {
            throw Error(
                $"expected type instant vector in aggregation expression, got {arguments[^1].Type.Describe()}", arguments[^1].Position);
        }

        if (parameterType is { } type && arguments[0].Type != type)
        {
            throw Error($"expected type {type.Describe()} in aggregation parameter, got {arguments[0].Type.Describe()}", arguments[0].Position);
        }

        return new Expression.Aggregate(aggregate, parameterType is null ? null : arguments[0], arguments[^1], grouping, without, position);
    }

    private static ExpressionType? ParameterType(AggregateOperator aggregate) => aggregate switch
    {
        AggregateOperator.TopK or AggregateOperator.BottomK or AggregateOperator.Quantile or AggregateOperator.LimitK
            or AggregateOperator.LimitRatio => ExpressionType.Scalar,
        AggregateOperator.CountValues => ExpressionType.Text,
        _ => null,
    };

    private static void CheckInfoSelector(Expression argument)
    {
        if (argument is not Expression.VectorSelector selector)
        {
            throw Error("expected label selectors only", argument.Position);
        }

        if (selector.Name is not null)
        {
            throw Error("expected label selectors only, got vector selector instead", argument.Position);
        }
    }

    private static QueryException Error(string message, TextPosition position) => new(QueryErrorKind.BadQuery, message, position);
}
