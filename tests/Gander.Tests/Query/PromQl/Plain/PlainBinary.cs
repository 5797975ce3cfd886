using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

namespace Gander.Tests.Query.PromQl.Plain;

/// <summary>Binary operators by their definitions, for pairs that exist; what must fail is not told.</summary>
public static class PlainBinary
{
    public static List<PlainSample> WithScalar(Expression.Binary expression, List<PlainSample> samples, double scalar, bool isLeft)
    {
        var results = new List<PlainSample>();
        foreach (var sample in samples)
        {
            var (left, right) = isLeft ? (scalar, sample.Value) : (sample.Value, scalar);
            Add(results, expression, sample, left, right, sample.Value);
        }

        return results;
    }

    public static List<PlainSample> Of(Expression.Binary expression, List<PlainSample> left, List<PlainSample> right)
    {
        var matching = expression.Matching!;
        switch (expression.Operator)
        {
            case BinaryOperator.And or BinaryOperator.Unless:
                return [.. left.Where(sample => right.Exists(other => KeyOf(matching, sample) == KeyOf(matching, other)) == (expression.Operator == BinaryOperator.And))];
            case BinaryOperator.Or:
                return [.. left, .. right.Where(sample => !left.Exists(other => KeyOf(matching, sample) == KeyOf(matching, other)))];
        }

        var results = new List<PlainSample>();
        foreach (var one in left)
        {
            foreach (var other in right.Where(other => KeyOf(matching, one) == KeyOf(matching, other)))
            {
                var labels = Keywords.IsComparison(expression.Operator) ? one.Labels : one.Labels.WithoutName();
                labels = matching.Cardinality == MatchCardinality.ManyToOne ? labels
                    : matching.On ? labels.Keep(matching.Labels)
                    : labels.Drop(matching.Labels);
                Add(results, expression, one with { Labels = labels }, one.Value, other.Value, one.Value);
            }
        }

        return results;
    }

    public static double Compute(BinaryOperator binaryOperator, double left, double right) => binaryOperator switch
    {
        BinaryOperator.Add => left + right,
        BinaryOperator.Subtract => left - right,
        BinaryOperator.Multiply => left * right,
        BinaryOperator.Divide => left / right,
        _ => throw new NotSupportedException(binaryOperator.ToString()),
    };

    private static void Add(List<PlainSample> results, Expression.Binary expression, PlainSample series, double left, double right, double kept)
    {
        if (!Keywords.IsComparison(expression.Operator))
        {
            results.Add(series with { DropsName = true, Value = Compute(expression.Operator, left, right) });
        }
        else if (expression.ReturnsBool)
        {
            results.Add(series with { DropsName = true, Value = Holds(expression.Operator, left, right) ? 1 : 0 });
        }
        else if (Holds(expression.Operator, left, right))
        {
            results.Add(series with { Value = kept });
        }
    }

    private static bool Holds(BinaryOperator binaryOperator, double left, double right) => binaryOperator switch
    {
        BinaryOperator.Equal => left == right,
        BinaryOperator.NotEqual => left != right,
        BinaryOperator.Less => left < right,
        BinaryOperator.LessOrEqual => left <= right,
        BinaryOperator.Greater => left > right,
        _ => left >= right,
    };

    private static Labels KeyOf(VectorMatching matching, PlainSample sample) =>
        matching.On ? sample.Labels.Keep(matching.Labels) : sample.Labels.WithoutName().Drop(matching.Labels);
}
