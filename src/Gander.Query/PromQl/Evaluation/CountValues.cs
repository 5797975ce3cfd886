using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Evaluation;

/// <summary><c>count_values</c>: the only aggregation whose labels come from values.</summary>
internal static class CountValues
{
    public static VectorOperator Run(Expression.Aggregate expression, VectorOperator inner, string label, EvaluationContext context)
    {
        if (label.Length == 0 || Literals.HasRawBytes(label))
        {
            throw new QueryException(QueryErrorKind.Execution, $"invalid label name {Literals.Quote(label)}", expression.Parameter!.Position);
        }

        // A value label replaces a label of the same name, so that one must not tell groups apart.
        var labels = expression.Without ? [.. expression.Grouping, label] : expression.Grouping.Where(name => name != label).ToList();
        var grouping = LabelGrouping.Of(inner.Series, labels, expression.Without);
        var counts = new Dictionary<Labels, StepBlock>();
        var block = new StepBlock(context.Steps);
        for (var i = 0; i < inner.Series.Count; i++)
        {
            block.Clear();
            inner.Read(i, block);
            for (var step = 0; step < context.Steps; step++)
            {
                if (!block.Has(step))
                {
                    continue;
                }

                var text = block.HistogramAt(step)?.ToString() ?? PromQlNumber.Format(block.Values[step]);
                var key = grouping.Groups[grouping.GroupOf[i]].Labels.With(label, text);
                if (!counts.TryGetValue(key, out var count))
                {
                    counts.Add(key, count = new StepBlock(context.Steps));
                }

                count.Set(step, (count.Has(step) ? count.Values[step] : 0) + 1);
            }
        }

        return new MaterialisedOperator([.. counts.Keys.Select(key => new ResultSeries(key, false))], [.. counts.Values]);
    }
}
