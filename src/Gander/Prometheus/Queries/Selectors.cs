using Gander.Query.PromQl.Syntax;

namespace Gander.Prometheus.Queries;

/// <summary>Finds the selectors of a query.</summary>
internal static class Selectors
{
    /// <summary>Every selector, in the order of the text.</summary>
    public static IEnumerable<Expression.VectorSelector> Of(Expression expression) => expression switch
    {
        Expression.VectorSelector selector => [selector],
        Expression.RangeSelector range => [range.Selector],
        Expression.Subquery subquery => Of(subquery.Inner),
        Expression.Parenthesised inner => Of(inner.Inner),
        Expression.Unary unary => Of(unary.Inner),
        Expression.Call call => call.Arguments.SelectMany(Of),
        Expression.Aggregate { Parameter: { } parameter } aggregate => [.. Of(parameter), .. Of(aggregate.Inner)],
        Expression.Aggregate aggregate => Of(aggregate.Inner),
        Expression.Binary binary => [.. Of(binary.Left), .. Of(binary.Right)],
        _ => [],
    };
}
