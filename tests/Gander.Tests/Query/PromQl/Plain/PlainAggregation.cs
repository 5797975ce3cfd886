using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

namespace Gander.Tests.Query.PromQl.Plain;

/// <summary>Aggregations by their definitions.</summary>
public static class PlainAggregation
{
    public static List<PlainSample> Of(Expression.Aggregate expression, List<PlainSample> samples, double parameter)
    {
        var results = new List<PlainSample>();
        foreach (var group in samples.GroupBy(sample => GroupOf(expression, sample.Labels)))
        {
            if (expression.Operator is AggregateOperator.TopK or AggregateOperator.BottomK)
            {
                var sorted = group.OrderBy(sample => double.IsNaN(sample.Value)).ThenBy(sample => expression.Operator == AggregateOperator.TopK ? -sample.Value : sample.Value);
                results.AddRange(sorted.Take((int)parameter));
            }
            else
            {
                results.Add(new PlainSample(group.Key, false, Fold(expression.Operator, [.. group.Select(sample => sample.Value)], parameter)));
            }
        }

        return results;
    }

    public static double Quantile(double quantile, List<double> values)
    {
        var sorted = values.Order().ToList();
        var rank = quantile * (sorted.Count - 1);
        var lower = (int)Math.Floor(rank);
        var upper = Math.Min(lower + 1, sorted.Count - 1);
        return (sorted[lower] * (1 - (rank - lower))) + (sorted[upper] * (rank - lower));
    }

    private static Labels GroupOf(Expression.Aggregate expression, Labels labels) => expression.Without
        ? labels.WithoutName().Drop(expression.Grouping)
        : labels.Keep(expression.Grouping);

    private static double Fold(AggregateOperator aggregate, List<double> values, double parameter) => aggregate switch
    {
        AggregateOperator.Sum => values.Sum(),
        AggregateOperator.Avg => values.Average(),
        AggregateOperator.Count => values.Count,
        AggregateOperator.Group => 1,
        AggregateOperator.Min => values.TrueForAll(double.IsNaN) ? double.NaN : values.Where(value => !double.IsNaN(value)).Min(),
        AggregateOperator.Max => values.TrueForAll(double.IsNaN) ? double.NaN : values.Where(value => !double.IsNaN(value)).Max(),
        AggregateOperator.Stdvar => values.Sum(value => (value - values.Average()) * (value - values.Average())) / values.Count,
        AggregateOperator.Quantile => Quantile(parameter, values),
        _ => throw new NotSupportedException(aggregate.ToString()),
    };
}
