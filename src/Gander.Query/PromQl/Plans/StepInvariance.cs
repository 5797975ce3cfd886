using System.Collections.Frozen;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Plans;

/// <summary>Finds the parts of a query that have the same value at every step, so that they are evaluated once.</summary>
internal static class StepInvariance
{
    // These ask for the time of the step; sorting is left out because its answer depends on there being one step.
    private static readonly FrozenSet<string> s_askForTime = FrozenSet.Create(
        StringComparer.Ordinal, "time", "predict_linear", "info", "sort", "sort_desc", "sort_by_label", "sort_by_label_desc");

    /// <summary>Whether an expression has the same value at every step of a query.</summary>
    public static bool Holds(Expression expression) => expression switch
    {
        Expression.Number or Expression.Text => true,
        Expression.VectorSelector selector => selector.Modifiers.At is not null,
        Expression.RangeSelector range => range.Selector.Modifiers.At is not null,
        Expression.Subquery subquery => subquery.Modifiers.At is not null,
        Expression.Call call => HoldsFor(call),
        _ => expression.Children.All(Holds),
    };

    private static bool HoldsFor(Expression.Call call)
    {
        var asksForTime = s_askForTime.Contains(call.Function.Name)
            || (call.Arguments.Count == 0 && call.Function.Returns == ExpressionType.InstantVector)
            || (call.Function.Name == "timestamp" && call.Arguments[0].Unwrapped is not Expression.VectorSelector);
        return !asksForTime && call.Arguments.All(Holds);
    }
}
