using System.Collections.Concurrent;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>The aggregations over the series of a vector.</summary>
internal static class Aggregations
{
    /// <summary>Runs an aggregation over all series of <paramref name="inner"/>.</summary>
    public static ValueTask<VectorOperator> RunAsync(
        Expression.Aggregate expression, VectorOperator inner, double[]? parameter, EvaluationContext context)
    {
        var grouping = LabelGrouping.Of(inner.Series, expression.Grouping, expression.Without);
        return expression.Operator switch
        {
            AggregateOperator.TopK or AggregateOperator.BottomK or AggregateOperator.LimitK or AggregateOperator.LimitRatio =>
                Selections.RunAsync(expression, inner, grouping, parameter!, context),
            AggregateOperator.Quantile => QuantilesAsync(expression, inner, grouping, parameter!, context),
            _ => FoldAsync(expression, inner, grouping, context),
        };
    }

    private static async ValueTask<VectorOperator> FoldAsync(
        Expression.Aggregate expression, VectorOperator inner, LabelGrouping grouping, EvaluationContext context)
    {
        var spares = new ConcurrentBag<GroupFold>();
        var folds = new GroupFolds(expression, context, spares);
        await SeriesScan.FoldAsync(
            inner,
            context,
            () => new GroupFolds(expression, context, spares),
            (part, index, block) => part.Add(grouping.GroupOf[index], block, inner.Series[index]),
            folds.Merge).ConfigureAwait(false);
        return new MaterialisedOperator(grouping.Groups, folds.Finish(grouping.Groups.Count));
    }

    private static async ValueTask<VectorOperator> QuantilesAsync(
        Expression.Aggregate expression, VectorOperator inner, LabelGrouping grouping, double[] parameter, EvaluationContext context)
    {
        foreach (var quantile in parameter.Where(value => double.IsNaN(value) || value is < 0 or > 1).Distinct())
        {
            context.Query.Annotations.WarnQuantile(quantile, expression.Parameter!.Position);
        }

        var blocks = await SeriesScan.ReadAllAsync(inner, context).ConfigureAwait(false);
        if (blocks.Any(block => block.HasHistograms))
        {
            context.Query.Annotations.Inform("ignored histogram in quantile aggregation", expression.Position);
        }

        var members = grouping.Members();
        var results = new StepBlock[members.Length];
        for (var group = 0; group < results.Length; group++)
        {
            results[group] = new StepBlock(context.Steps);
            var values = new double[members[group].Count];
            for (var step = 0; step < context.Steps; step++)
            {
                var count = 0;
                foreach (var index in members[group])
                {
                    if (blocks[index].Has(step) && blocks[index].HistogramAt(step) is null)
                    {
                        values[count++] = blocks[index].Values[step];
                    }
                }

                if (count > 0)
                {
                    results[group].Set(step, Statistics.QuantileInPlace(parameter[step], values.AsSpan(0, count)));
                }
            }
        }

        return new MaterialisedOperator(grouping.Groups, results);
    }
}
