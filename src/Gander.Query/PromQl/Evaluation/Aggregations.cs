using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>The aggregations that fold each group into one value a step.</summary>
internal static class Aggregations
{
    /// <summary>Runs an aggregation over all series of <paramref name="inner"/>.</summary>
    public static VectorOperator Run(
        Expression.Aggregate expression, VectorOperator inner, double[]? parameter, EvaluationContext context)
    {
        var grouping = LabelGrouping.Of(inner.Series, expression.Grouping, expression.Without);
        return expression.Operator switch
        {
            AggregateOperator.TopK or AggregateOperator.BottomK or AggregateOperator.LimitK or AggregateOperator.LimitRatio =>
                Selections.Run(expression, inner, grouping, parameter!, context),
            AggregateOperator.Quantile => Quantiles(expression, inner, grouping, parameter!, context),
            _ => Fold(expression, inner, grouping, context),
        };
    }

    private static MaterialisedOperator Fold(
        Expression.Aggregate expression, VectorOperator inner, LabelGrouping grouping, EvaluationContext context)
    {
        var folds = new GroupFold[grouping.Groups.Count];
        for (var group = 0; group < folds.Length; group++)
        {
            folds[group] = GroupFold.Create(expression, context);
        }

        var block = new StepBlock(context.Steps);
        for (var i = 0; i < inner.Series.Count; i++)
        {
            context.Query.CancellationToken.ThrowIfCancellationRequested();
            block.Clear();
            inner.Read(i, block);
            folds[grouping.GroupOf[i]].Add(block, inner.Series[i]);
        }

        return new MaterialisedOperator(grouping.Groups, [.. folds.Select(fold => fold.Finish())]);
    }

    private static MaterialisedOperator Quantiles(
        Expression.Aggregate expression, VectorOperator inner, LabelGrouping grouping, double[] parameter, EvaluationContext context)
    {
        foreach (var quantile in parameter.Where(value => double.IsNaN(value) || value is < 0 or > 1).Distinct())
        {
            context.Query.Annotations.WarnQuantile(quantile, expression.Parameter!.Position);
        }

        var values = new List<double>[grouping.Groups.Count, context.Steps];
        var block = new StepBlock(context.Steps);
        for (var i = 0; i < inner.Series.Count; i++)
        {
            block.Clear();
            inner.Read(i, block);
            for (var step = 0; step < context.Steps; step++)
            {
                if (block.Has(step) && block.HistogramAt(step) is null)
                {
                    (values[grouping.GroupOf[i], step] ??= []).Add(block.Values[step]);
                }
                else if (block.Has(step))
                {
                    context.Query.Annotations.Inform($"ignored histogram in quantile aggregation", expression.Position);
                }
            }
        }

        var blocks = new StepBlock[grouping.Groups.Count];
        for (var group = 0; group < blocks.Length; group++)
        {
            blocks[group] = new StepBlock(context.Steps);
            for (var step = 0; step < context.Steps; step++)
            {
                if (values[group, step] is { } found)
                {
                    blocks[group].Set(step, Statistics.Quantile(parameter[step], System.Runtime.InteropServices.CollectionsMarshal.AsSpan(found)));
                }
            }
        }

        return new MaterialisedOperator(grouping.Groups, blocks);
    }
}
