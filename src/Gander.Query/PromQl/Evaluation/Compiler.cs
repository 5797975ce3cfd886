using System.Diagnostics;
using Gander.Query.PromQl.Histograms;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>Turns a syntax tree into running operators, reading the series it selects on the way.</summary>
internal sealed partial class Compiler(EvaluationContext context)
{
    /// <summary>A number a step.</summary>
    public async ValueTask<double[]> ScalarAsync(Expression expression)
    {
        switch (expression)
        {
            case Expression.Number number:
                return Constant(number.Value);
            case Expression.Parenthesised inner:
                return await ScalarAsync(inner.Inner).ConfigureAwait(false);
            case Expression.Unary unary:
                var values = await ScalarAsync(unary.Inner).ConfigureAwait(false);
                return unary.Negates ? [.. values.Select(value => -value)] : values;
            case Expression.Binary binary:
                return ScalarBinary.Run(
                    binary, await ScalarAsync(binary.Left).ConfigureAwait(false), await ScalarAsync(binary.Right).ConfigureAwait(false));
            case Expression.Call call:
                return await ScalarCallAsync(call).ConfigureAwait(false);
            default:
                throw new UnreachableException($"no scalar from {expression.GetType().Name}");
        }
    }

    /// <summary>A set of series.</summary>
    public async ValueTask<VectorOperator> VectorAsync(Expression expression)
    {
        switch (expression)
        {
            case Expression.Parenthesised inner:
                return await VectorAsync(inner.Inner).ConfigureAwait(false);
            case Expression.VectorSelector selector:
                return await SelectAsync(selector, readsTimes: false).ConfigureAwait(false);
            case Expression.Unary unary:
                var operand = await VectorAsync(unary.Inner).ConfigureAwait(false);
                return unary.Negates ? HistogramFunctions.Negate(operand) : operand;
            case Expression.Aggregate aggregate:
                return await AggregateAsync(aggregate).ConfigureAwait(false);
            case Expression.Binary binary:
                return await BinaryAsync(binary).ConfigureAwait(false);
            case Expression.Call call:
                return await VectorCallAsync(call).ConfigureAwait(false);
            default:
                throw new UnreachableException($"no vector from {expression.GetType().Name}");
        }
    }

    /// <summary>A set of series with windows.</summary>
    public async ValueTask<RangeInput> RangeAsync(Expression expression) => expression switch
    {
        Expression.Parenthesised inner => await RangeAsync(inner.Inner).ConfigureAwait(false),
        Expression.RangeSelector range => await SelectRangeAsync(range).ConfigureAwait(false),
        Expression.Subquery subquery => await SubqueryAsync(subquery).ConfigureAwait(false),
        _ => throw new UnreachableException($"no range from {expression.GetType().Name}"),
    };

    private double[] Constant(double value)
    {
        var values = new double[context.Steps];
        values.AsSpan().Fill(value);
        return values;
    }

    private async ValueTask<VectorOperator> SelectAsync(Expression.VectorSelector selector, bool readsTimes)
    {
        var references = context.References(selector.Modifiers);
        var selected = await LoadAsync(
            selector, references[0] - context.Query.Limits.LookbackMillis + 1, references[context.Steps - 1]).ConfigureAwait(false);
        return new SelectorOperator(selected, context, references, readsTimes);
    }

    private async ValueTask<IReadOnlyList<SelectedSeries>> LoadAsync(Expression.VectorSelector selector, long firstMillis, long lastMillis)
    {
        var query = context.Query;
        if (selector.Modifiers.Edges != RangeEdges.Plain)
        {
            throw new QueryException(QueryErrorKind.Execution, "anchored and smoothed selectors cannot be evaluated by this version", selector.Position);
        }

        var set = await query.Source.SelectAsync(selector.Matchers, firstMillis, lastMillis, query.CancellationToken).ConfigureAwait(false);
        var buffers = new Samples[set.Series.Count];
        for (var i = 0; i < buffers.Length; i++)
        {
            buffers[i] = new Samples();
        }

        await set.ReadAsync(0, buffers, query.SamplesLeft, query.CancellationToken).ConfigureAwait(false);
        var selected = set.Series.Zip(buffers, (labels, samples) => new SelectedSeries(labels, samples)).Where(series => series.Samples.Count > 0).ToList();
        query.Count(selected.Sum(series => (long)series.Samples.Count));
        return context.FindsResets ? [.. selected.Select(series => series with { Samples = HistogramResets.Find(series.Samples) })] : selected;
    }

    private async ValueTask<RangeInput> SelectRangeAsync(Expression.RangeSelector range)
    {
        var references = context.References(range.Selector.Modifiers);
        var length = context.PositiveMillis(range.Range);
        var selected = await LoadAsync(range.Selector, references[0] - length + 1, references[context.Steps - 1]).ConfigureAwait(false);
        return new RangeInput(
            [.. selected.Select(series => new ResultSeries(series.Labels, false))],
            index => WithoutStaleMarkers(selected[index].Samples),
            references,
            length,
            range.Selector.Position);
    }

    private async ValueTask<RangeInput> SubqueryAsync(Expression.Subquery subquery)
    {
        var references = context.References(subquery.Modifiers);
        var length = context.PositiveMillis(subquery.Range);
        var inner = context.Subquery(subquery);
        if (inner.Steps == 0)
        {
            return new RangeInput([], _ => new Samples(), references, length, subquery.Position);
        }

        var compiler = new Compiler(inner);
        var vector = subquery.Inner.Type == ExpressionType.Scalar
            ? VectorFunctions.FromScalar(await compiler.ScalarAsync(subquery.Inner).ConfigureAwait(false))
            : await compiler.VectorAsync(subquery.Inner).ConfigureAwait(false);
        return new RangeInput(
            vector.Series, index => AsSamples(vector, index, inner), references, length, subquery.Position);
    }

    private static Samples AsSamples(VectorOperator vector, int index, EvaluationContext inner)
    {
        var block = new StepBlock(inner.Steps);
        vector.Read(index, block);
        inner.Query.Count(inner.Steps);
        var samples = new Samples();
        for (var step = 0; step < inner.Steps; step++)
        {
            if (block.Has(step) && block.HistogramAt(step) is { } histogram)
            {
                // What the store knew of resets was about neighbours that these steps may have jumped over.
                samples.Add(inner.TimeOf(step), histogram.ResetHint == CounterResetHint.Gauge ? histogram : histogram with { ResetHint = CounterResetHint.Unknown });
            }
            else if (block.Has(step))
            {
                samples.Add(inner.TimeOf(step), block.Values[step]);
            }
        }

        return samples;
    }

    private static Samples WithoutStaleMarkers(Samples samples)
    {
        var hasMarker = false;
        for (var i = 0; i < samples.Count && !hasMarker; i++)
        {
            hasMarker = IsMarker(samples, i);
        }

        if (!hasMarker)
        {
            return samples;
        }

        var kept = new Samples();
        for (var i = 0; i < samples.Count; i++)
        {
            if (IsMarker(samples, i))
            {
                continue;
            }

            if (samples.HasHistograms && samples.Histograms[i] is { } histogram)
            {
                kept.Add(samples.Times[i], histogram);
            }
            else
            {
                kept.Add(samples.Times[i], samples.Values[i]);
            }
        }

        return kept;
    }

    private static bool IsMarker(Samples samples, int i) => samples.HasHistograms && samples.Histograms[i] is { } histogram
        ? StaleMarker.Is(histogram.Sum)
        : StaleMarker.Is(samples.Values[i]);

    private async ValueTask<VectorOperator> AggregateAsync(Expression.Aggregate aggregate)
    {
        var inner = await VectorAsync(aggregate.Inner).ConfigureAwait(false);
        if (aggregate.Operator == AggregateOperator.CountValues)
        {
            return CountValues.Run(aggregate, inner, ((Expression.Text)aggregate.Parameter!.Unwrapped).Value, context);
        }

        var parameter = aggregate.Parameter is null ? null : await ScalarAsync(aggregate.Parameter).ConfigureAwait(false);
        return Aggregations.Run(aggregate, inner, parameter, context);
    }

    private async ValueTask<VectorOperator> BinaryAsync(Expression.Binary binary)
    {
        if (binary.Left.Type == ExpressionType.Scalar)
        {
            var scalar = await ScalarAsync(binary.Left).ConfigureAwait(false);
            return ScalarBinary.Run(binary, await VectorAsync(binary.Right).ConfigureAwait(false), scalar, swapped: true, context);
        }

        var left = await VectorAsync(binary.Left).ConfigureAwait(false);
        if (binary.Right.Type == ExpressionType.Scalar)
        {
            return ScalarBinary.Run(binary, left, await ScalarAsync(binary.Right).ConfigureAwait(false), swapped: false, context);
        }

        var right = await VectorAsync(binary.Right).ConfigureAwait(false);
        return Keywords.IsSetOperator(binary.Operator)
            ? SetBinary.Run(binary, left, right, context)
            : VectorBinary.Run(binary, left, right, context);
    }
}
