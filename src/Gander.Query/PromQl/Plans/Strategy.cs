using System.Collections.Frozen;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Plans;

/// <summary>How operations are carried out, in words.</summary>
internal static class Strategy
{
    private static readonly FrozenSet<string> s_constantTime = FrozenSet.Create(
        StringComparer.Ordinal,
        "rate", "increase", "delta", "irate", "idelta", "count_over_time", "present_over_time", "absent_over_time", "last_over_time", "first_over_time",
        "ts_of_last_over_time", "ts_of_first_over_time", "changes", "resets", "sum_over_time", "avg_over_time", "min_over_time", "max_over_time");

    public static IEnumerable<string> Notes(Expression expression)
    {
        switch (expression)
        {
            case Expression.Call { Function.Name: "histogram_quantile" or "histogram_fraction" or "histogram_quantiles" } call
                when call.Arguments.Any(argument => argument.Unwrapped is Expression.Aggregate):
                yield return "reads the bucket sums where they were added up";
                break;
            case Expression.Call call when call.Arguments.Any(argument => argument.Type == ExpressionType.RangeVector):
                yield return s_constantTime.Contains(call.Function.Name)
                    ? "constant work a step, whatever the window"
                    : "work grows with the samples of a window";
                break;
            case Expression.Aggregate { Operator: AggregateOperator.Quantile or AggregateOperator.CountValues }:
                yield return "holds all values of a group";
                break;
            case Expression.Aggregate { Operator: AggregateOperator.TopK or AggregateOperator.BottomK or AggregateOperator.LimitK or AggregateOperator.LimitRatio }:
                yield return "holds all series to choose from";
                break;
            case Expression.Aggregate:
                yield return "series by series, holds one value a group and step";
                break;
            case Expression.Binary { Matching: not null }:
                yield return "pairs series once by their labels";
                break;
        }
    }
}
