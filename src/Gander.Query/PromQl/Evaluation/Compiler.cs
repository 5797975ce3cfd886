using System.Diagnostics;
using Gander.Query.PromQl.Plans;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>Turns a syntax tree into running operators, reading the series it selects on the way.</summary>
/// <param name="context">The steps.</param>
/// <param name="shared">The results of parts that occur more than once.</param>
internal sealed partial class Compiler(EvaluationContext context, SharedResults shared)
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

    /// <summary>A set of series. A part that is the same at every step is evaluated at one, a part that occurs twice once.</summary>
    public async ValueTask<VectorOperator> VectorAsync(Expression expression)
    {
        expression = expression.Unwrapped;
        if (context.Steps > 1 && StepInvariance.Holds(expression))
        {
            return new RepeatOperator(await WithContext(context.Single).VectorAsync(expression).ConfigureAwait(false));
        }

        return await shared.GetAsync(expression, context, () => BuildAsync(expression)).ConfigureAwait(false);
    }

    private Compiler WithContext(EvaluationContext other) => new(other, shared);

    private async ValueTask<VectorOperator> BuildAsync(Expression expression)
    {
        switch (expression)
        {
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
        var lookback = context.Query.Limits.LookbackMillis;
        var isSmoothed = selector.Modifiers.Edges == RangeEdges.Smoothed;
        var selected = await FindAsync(
            selector, references[0] - lookback + 1, references[context.Steps - 1] + (isSmoothed ? lookback : 0)).ConfigureAwait(false);
        return isSmoothed
            ? new SmoothedSelectorOperator(selected, context, references, selector.Position)
            : new SelectorOperator(selected, context, references, readsTimes);
    }

    private async ValueTask<SelectedSamples> FindAsync(Expression.VectorSelector selector, long firstMillis, long lastMillis)
    {
        var query = context.Query;
        return new SelectedSamples(
            await query.Source.SelectAsync(selector.Matchers, firstMillis, lastMillis, query.CancellationToken).ConfigureAwait(false), context);
    }

    private async ValueTask<RangeInput> SelectRangeAsync(Expression.RangeSelector range)
    {
        var references = context.References(range.Selector.Modifiers);
        var length = context.PositiveMillis(range.Range);
        var edges = range.Selector.Modifiers.Edges;
        var lookback = context.Query.Limits.LookbackMillis;
        var selected = await FindAsync(
            range.Selector,
            references[0] - length + 1 - (edges == RangeEdges.Plain ? 0 : lookback),
            references[context.Steps - 1] + (edges == RangeEdges.Smoothed ? lookback : 0)).ConfigureAwait(false);
        return new SelectedRange(selected, context) { References = references, RangeMillis = length, Edges = edges, Position = range.Selector.Position };
    }

    private async ValueTask<RangeInput> SubqueryAsync(Expression.Subquery subquery)
    {
        var references = context.References(subquery.Modifiers);
        var length = context.PositiveMillis(subquery.Range);
        var inner = context.Subquery(subquery);
        if (inner.Steps == 0)
        {
            return new EmptyRange { References = references, RangeMillis = length, Position = subquery.Position };
        }

        var compiler = WithContext(inner);
        var vector = subquery.Inner.Type == ExpressionType.Scalar
            ? VectorFunctions.FromScalar(await compiler.ScalarAsync(subquery.Inner).ConfigureAwait(false))
            : await compiler.VectorAsync(subquery.Inner).ConfigureAwait(false);
        return new SubqueryRange(MergedOperator.Of(vector), inner, context) { References = references, RangeMillis = length, Position = subquery.Position };
    }

    private async ValueTask<VectorOperator> AggregateAsync(Expression.Aggregate aggregate)
    {
        var inner = await SummedAsync(aggregate).ConfigureAwait(false);
        if (aggregate.Operator == AggregateOperator.CountValues)
        {
            return await CountValues.RunAsync(aggregate, inner, ((Expression.Text)aggregate.Parameter!.Unwrapped).Value, context).ConfigureAwait(false);
        }

        var parameter = aggregate.Parameter is null ? null : await ScalarAsync(aggregate.Parameter).ConfigureAwait(false);
        return await Aggregations.RunAsync(aggregate, inner, parameter, context).ConfigureAwait(false);
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
            ? await SetBinary.RunAsync(binary, left, right, context).ConfigureAwait(false)
            : await VectorBinary.RunAsync(binary, left, right, context).ConfigureAwait(false);
    }
}
