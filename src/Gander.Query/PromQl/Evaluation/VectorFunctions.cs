using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>Functions that take an instant vector or scalars and are not simply one float in, one float out.</summary>
internal static class VectorFunctions
{
    /// <summary>The series of a vector with a function of one float applied; histograms are left out.</summary>
    public static VectorOperator Map(VectorOperator inner, Func<double, double> function) =>
        new MappedOperator(inner, [.. inner.Series.Select(series => series.WithoutName())], block =>
        {
            for (var step = 0; step < block.Steps; step++)
            {
                if (block.HistogramAt(step) is not null)
                {
                    block.Unset(step);
                }
                else if (block.Has(step))
                {
                    block.Set(step, function(block.Values[step]));
                }
            }
        });

    /// <summary>The same with scalar arguments that may differ from step to step; NaN bounds may remove a value.</summary>
    public static VectorOperator MapSteps(VectorOperator inner, Func<double, int, double?> function) =>
        new MappedOperator(inner, [.. inner.Series.Select(series => series.WithoutName())], block =>
        {
            for (var step = 0; step < block.Steps; step++)
            {
                if (!block.Has(step))
                {
                    continue;
                }

                if (block.HistogramAt(step) is null && function(block.Values[step], step) is { } value)
                {
                    block.Set(step, value);
                }
                else
                {
                    block.Unset(step);
                }
            }
        });

    /// <summary>A number as a series without labels.</summary>
    public static VectorOperator FromScalar(double[] values)
    {
        var block = new StepBlock(values.Length);
        for (var step = 0; step < values.Length; step++)
        {
            block.Set(step, values[step]);
        }

        return new MaterialisedOperator([new ResultSeries(Labels.Empty, false)], [block]);
    }

    /// <summary>The value of the one float series at each step, NaN where there is none or several.</summary>
    public static async ValueTask<double[]> ToScalarAsync(VectorOperator inner, EvaluationContext context)
    {
        var values = new double[context.Steps];
        var counts = new int[context.Steps];
        var gate = new Lock();
        await SeriesScan.EachAsync(inner, context, (_, block) =>
        {
            lock (gate)
            {
                for (var step = 0; step < counts.Length; step++)
                {
                    if (block.Has(step) && block.HistogramAt(step) is null)
                    {
                        counts[step]++;
                        values[step] = block.Values[step];
                    }
                }
            }
        }).ConfigureAwait(false);
        for (var step = 0; step < counts.Length; step++)
        {
            values[step] = counts[step] == 1 ? values[step] : double.NaN;
        }

        return values;
    }

    /// <summary>1 at the steps where no series has a value, with the labels the selector fixes.</summary>
    public static async ValueTask<VectorOperator> AbsentAsync(Expression argument, VectorOperator inner, EvaluationContext context)
    {
        var present = new StepBlock(context.Steps);
        var gate = new Lock();
        await SeriesScan.EachAsync(inner, context, (_, block) =>
        {
            lock (gate)
            {
                for (var word = 0; word < block.Presence.Length; word++)
                {
                    present.MarkWord(word, block.Presence[word]);
                }
            }
        }).ConfigureAwait(false);
        var result = new StepBlock(context.Steps);
        for (var step = 0; step < context.Steps; step++)
        {
            if (!present.Has(step))
            {
                result.Set(step, 1);
            }
        }

        return new MaterialisedOperator([new ResultSeries(FixedLabels(argument), false)], [result]);
    }

    /// <summary>The order of an instant query's result by value; NaN last, histograms left out.</summary>
    public static async ValueTask<VectorOperator> SortAsync(VectorOperator inner, bool descending, EvaluationContext context)
    {
        if (context.Steps != 1)
        {
            return inner;
        }

        var blocks = await SeriesScan.ReadAllAsync(inner, context).ConfigureAwait(false);
        var floats = Enumerable.Range(0, blocks.Count).Where(i => blocks[i].Has(0) && blocks[i].HistogramAt(0) is null);
        var sorted = descending
            ? floats.OrderBy(i => double.IsNaN(blocks[i].Values[0])).ThenByDescending(i => blocks[i].Values[0])
            : floats.OrderBy(i => double.IsNaN(blocks[i].Values[0])).ThenBy(i => blocks[i].Values[0]);
        return Reorder(inner, blocks, sorted);
    }

    /// <summary>The order of an instant query's result by labels, numbers inside values compared as numbers.</summary>
    public static async ValueTask<VectorOperator> SortByLabelAsync(
        VectorOperator inner, IReadOnlyList<string> names, bool descending, EvaluationContext context)
    {
        if (context.Steps != 1)
        {
            return inner;
        }

        var blocks = await SeriesScan.ReadAllAsync(inner, context).ConfigureAwait(false);
        var comparer = Comparer<int>.Create((left, right) =>
        {
            foreach (var name in names)
            {
                var order = NaturalOrder.Compare(inner.Series[left].Labels[name], inner.Series[right].Labels[name]);
                if (order != 0)
                {
                    return descending ? -order : order;
                }
            }

            var rest = inner.Series[left].Labels.CompareTo(inner.Series[right].Labels);
            return descending ? -rest : rest;
        });
        return Reorder(inner, blocks, Enumerable.Range(0, blocks.Count).Order(comparer));
    }

    private static MaterialisedOperator Reorder(VectorOperator inner, IReadOnlyList<StepBlock> blocks, IEnumerable<int> order)
    {
        var sorted = order.ToList();
        return new MaterialisedOperator([.. sorted.Select(i => inner.Series[i])], [.. sorted.Select(i => blocks[i])]);
    }

    private static Labels FixedLabels(Expression argument)
    {
        var selector = argument.Unwrapped switch
        {
            Expression.VectorSelector vector => vector,
            Expression.RangeSelector range => range.Selector,
            _ => null,
        };
        if (selector is null)
        {
            return Labels.Empty;
        }

        // A label that is matched twice has no one value.
        return Labels.Of(selector.Matchers
            .Where(matcher => matcher.Label != Labels.MetricName)
            .GroupBy(matcher => matcher.Label, StringComparer.Ordinal)
            .Where(group => group.Count() == 1 && group.First().Operator == MatchOperator.Equal)
            .Select(group => KeyValuePair.Create(group.Key, group.First().Value)));
    }
}
