using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>The aggregations that choose some series of each group and leave them as they are.</summary>
internal static class Selections
{
    public static async ValueTask<VectorOperator> RunAsync(
        Expression.Aggregate expression, VectorOperator inner, LabelGrouping grouping, double[] parameter, EvaluationContext context)
    {
        var blocks = await SeriesScan.ReadAllAsync(inner, context).ConfigureAwait(false);
        var members = grouping.Members();

        var chosen = blocks.Select(_ => new StepBlock(context.Steps)).ToList();
        var order = new List<int>();
        for (var step = 0; step < context.Steps; step++)
        {
            CheckParameter(expression, parameter[step]);
            foreach (var group in members)
            {
                foreach (var i in Choose(expression, inner, group.Where(i => blocks[i].Has(step)).ToList(), blocks, parameter[step], step, context))
                {
                    chosen[i].SetFrom(blocks[i], step);
                    order.Add(i);
                }
            }
        }

        // With one step the choice is also an order, which an instant query shows.
        var shown = context.Steps == 1 ? order : [.. Enumerable.Range(0, blocks.Count)];
        return new MaterialisedOperator([.. shown.Select(i => inner.Series[i])], [.. shown.Select(i => chosen[i])]);
    }

    private static void CheckParameter(Expression.Aggregate expression, double parameter)
    {
        if (expression.Operator == AggregateOperator.LimitRatio ? !double.IsNaN(parameter) : parameter is > long.MinValue and < long.MaxValue)
        {
            return;
        }

        var what = double.IsNaN(parameter) ? (expression.Operator == AggregateOperator.LimitRatio ? "Ratio value" : "Parameter value") + " is NaN"
            : $"Scalar value {PromQlNumber.Format(parameter)} overflows int64";
        throw new QueryException(QueryErrorKind.Execution, what, expression.Parameter!.Position);
    }

    private static IEnumerable<int> Choose(
        Expression.Aggregate expression, VectorOperator inner, List<int> present, IReadOnlyList<StepBlock> blocks, double parameter, int step, EvaluationContext context)
    {
        switch (expression.Operator)
        {
            case AggregateOperator.LimitK:
                return present.Take((int)Math.Clamp(parameter, 0, present.Count));
            case AggregateOperator.LimitRatio:
                return present.Where(i => IsSampled(inner.Series[i].Labels.StableHash(), Ratio(parameter, expression, context)));
        }

        var isTop = expression.Operator == AggregateOperator.TopK;
        var floats = present.Where(i => blocks[i].HistogramAt(step) is null).ToList();
        if (floats.Count < present.Count)
        {
            context.Query.Annotations.Inform($"ignored histogram in {Keywords.TextOf(expression.Operator)} aggregation", expression.Inner.Position);
        }

        var sorted = isTop
            ? floats.OrderBy(i => double.IsNaN(blocks[i].Values[step])).ThenByDescending(i => blocks[i].Values[step])
            : floats.OrderBy(i => double.IsNaN(blocks[i].Values[step])).ThenBy(i => blocks[i].Values[step]);
        return sorted.Take((int)Math.Clamp(parameter, 0, floats.Count));
    }

    private static double Ratio(double ratio, Expression.Aggregate expression, EvaluationContext context)
    {
        if (ratio is >= -1 and <= 1)
        {
            return ratio;
        }

        var capped = Math.Clamp(ratio, -1, 1);
        context.Query.Annotations.Warn(
            $"ratio value should be between -1 and 1, got {PromQlNumber.Format(ratio)}, capping to {PromQlNumber.Format(capped)}", expression.Parameter!.Position);
        return capped;
    }

    // A negative ratio chooses exactly what the positive complement leaves out.
    private static bool IsSampled(ulong hash, double ratio)
    {
        var place = hash / (double)ulong.MaxValue;
        return ratio >= 0 ? place < ratio : place >= 1 + ratio;
    }
}
