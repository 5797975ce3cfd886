using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>The labels of the result of a binary operator.</summary>
internal sealed class PairLabels(Expression.Binary expression)
{
    private readonly VectorMatching _matching = expression.Matching!;
    private readonly bool _keepsName =
        Keywords.IsComparison(expression.Operator) || expression.Operator is BinaryOperator.TrimLower or BinaryOperator.TrimUpper;

    /// <summary>The series that comes of a pair; <paramref name="many"/> is the left one where there is one on both sides.</summary>
    public ResultSeries Of(ResultSeries many, Labels one) =>
        new(LabelsOf(many.Labels, one), expression.ReturnsBool || (many.DropsName && _keepsName));

    private Labels LabelsOf(Labels many, Labels one)
    {
        var labels = _keepsName ? many : many.WithoutName();
        if (_matching.Cardinality == MatchCardinality.OneToOne)
        {
            return _matching.On ? labels.Keep(_matching.Labels) : labels.Drop(_matching.Labels);
        }

        foreach (var name in _matching.Include)
        {
            labels = labels.With(name, one[name]);
        }

        return labels;
    }
}
