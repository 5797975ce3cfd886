using System.Collections.Frozen;
using Gander.Query.PromQl.Syntax;

namespace Gander.Tests.Query.PromQl.Scripts;

/// <summary>Rewrites queries so that all they select is pinned to one time, and says which queries that may change.</summary>
public static class PinnedQuery
{
    private static readonly FrozenSet<string> s_askForTime = FrozenSet.Create(
        StringComparer.Ordinal,
        "time", "timestamp", "predict_linear", "days_in_month", "day_of_month", "day_of_week", "day_of_year", "hour", "minute", "month", "year",
        "start", "end", "step", "range");

    /// <summary>Whether the query asks for the time it is evaluated at.</summary>
    public static bool AsksForTime(Expression expression) =>
        (expression is Expression.Call call && s_askForTime.Contains(call.Function.Name)) || AsksForSteps(expression) || expression.Children.Any(AsksForTime);

    /// <summary>Whether the query asks for its first or last time or its step.</summary>
    public static bool AsksForSteps(Expression expression) => expression switch
    {
        Expression.Call { Function.Name: "start" or "end" or "step" or "range" } => true,
        Expression.VectorSelector selector => IsOfQuery(selector.Modifiers) || AsksForSteps(selector.Modifiers.Offset),
        Expression.RangeSelector range => AsksForSteps(range.Range) || AsksForSteps(range.Selector),
        Expression.Subquery subquery => IsOfQuery(subquery.Modifiers) || AsksForSteps(subquery.Range) || AsksForSteps(subquery.Step)
            || AsksForSteps(subquery.Modifiers.Offset) || AsksForSteps(subquery.Inner),
        _ => expression.Children.Any(AsksForSteps),
    };

    /// <summary>Puts <c>@</c> on every selector and subquery that has none, except inside subqueries.</summary>
    public static Expression Pin(Expression expression, long millis)
    {
        return expression switch
        {
            Expression.VectorSelector selector => selector with { Modifiers = At(selector.Modifiers) },
            Expression.RangeSelector range => range with { Selector = range.Selector with { Modifiers = At(range.Selector.Modifiers) } },
            Expression.Subquery subquery => subquery with { Modifiers = At(subquery.Modifiers) },
            Expression.Call { Function.Name: "info" } call => call with { Arguments = [Pin(call.Arguments[0], millis), .. call.Arguments.Skip(1)] },
            Expression.Call call => call with { Arguments = [.. call.Arguments.Select(argument => Pin(argument, millis))] },
            Expression.Aggregate aggregate => aggregate with
            {
                Parameter = aggregate.Parameter is null ? null : Pin(aggregate.Parameter, millis),
                Inner = Pin(aggregate.Inner, millis),
            },
            Expression.Unary unary => unary with { Inner = Pin(unary.Inner, millis) },
            Expression.Binary binary => binary with { Left = Pin(binary.Left, millis), Right = Pin(binary.Right, millis) },
            Expression.Parenthesised inner => inner with { Inner = Pin(inner.Inner, millis) },
            _ => expression,
        };

        Modifiers At(Modifiers modifiers) => modifiers.At is null ? modifiers with { At = new AtModifier.Time(millis) } : modifiers;
    }

    private static bool IsOfQuery(Modifiers modifiers) => modifiers.At is AtModifier.QueryStart or AtModifier.QueryEnd;

    private static bool AsksForSteps(DurationExpression? duration) => duration is { IsConstant: false };
}
