using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Evaluation;

/// <summary><c>count_values</c>: the only aggregation whose labels come from values.</summary>
internal static class CountValues
{
    public static async ValueTask<VectorOperator> RunAsync(Expression.Aggregate expression, VectorOperator inner, string label, EvaluationContext context)
    {
        if (label.Length == 0 || Literals.HasRawBytes(label))
        {
            throw new QueryException(QueryErrorKind.Execution, $"invalid label name {Literals.Quote(label)}", expression.Parameter!.Position);
        }

        // A value label replaces a label of the same name, so that one must not tell groups apart.
        var labels = expression.Without ? [.. expression.Grouping, label] : expression.Grouping.Where(name => name != label).ToList();
        var grouping = LabelGrouping.Of(inner.Series, labels, expression.Without);
        var counts = new Dictionary<Labels, StepBlock>();
        var gate = new Lock();
        await SeriesScan.EachAsync(inner, context, (index, block) =>
        {
            lock (gate)
            {
                Count(block, grouping.Groups[grouping.GroupOf[index]].Labels, label, counts, context);
            }
        }).ConfigureAwait(false);
        var found = counts.OrderBy(entry => entry.Key).ToList();
        return new MaterialisedOperator([.. found.Select(entry => new ResultSeries(entry.Key, false))], [.. found.Select(entry => entry.Value)]);
    }

    private static void Count(StepBlock block, Labels group, string label, Dictionary<Labels, StepBlock> counts, EvaluationContext context)
    {
        for (var step = 0; step < context.Steps; step++)
        {
            if (!block.Has(step))
            {
                continue;
            }

            var key = group.With(label, block.HistogramAt(step)?.ToString() ?? PromQlNumber.Format(block.Values[step]));
            if (!counts.TryGetValue(key, out var count))
            {
                context.Query.Reserve(StepBlock.BytesOf(context.Steps));
                counts.Add(key, count = new StepBlock(context.Steps));
            }

            count.Set(step, (count.Has(step) ? count.Values[step] : 0) + 1);
        }
    }
}
