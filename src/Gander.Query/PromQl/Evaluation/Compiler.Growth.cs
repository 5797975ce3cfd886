using System.Diagnostics.CodeAnalysis;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <content>How much counters grew, of which some sources know more than samples tell.</content>
internal sealed partial class Compiler
{
    // Growth adds up: where series are only summed, a source may sum what it knows before there are series at all. A part that
    // somebody else needs too is evaluated once, with all of its series.
    private async ValueTask<VectorOperator> SummedAsync(Expression.Aggregate aggregate) =>
        aggregate is { Operator: AggregateOperator.Sum, Without: false } && aggregate.Inner.Unwrapped is Expression.Call call
            && AsksForGrowth(call, out var selector) && !shared.IsShared(call)
            ? await GrowthAsync(call, selector, aggregate.Grouping).ConfigureAwait(false)
            : await VectorAsync(aggregate.Inner).ConfigureAwait(false);

    private static bool AsksForGrowth(Expression.Call call, [NotNullWhen(true)] out Expression.RangeSelector? range)
    {
        range = call.Function.Name is "rate" or "increase" ? call.Arguments[0].Unwrapped as Expression.RangeSelector : null;
        return range is { Selector.Modifiers.Edges: RangeEdges.Plain };
    }

    private async ValueTask<VectorOperator> GrowthAsync(Expression.Call call, Expression.RangeSelector range, IReadOnlyCollection<string>? summedBy)
    {
        var (query, name) = (context.Query, call.Function.Name);
        var references = context.References(range.Selector.Modifiers);
        var length = context.PositiveMillis(range.Range);
        var selection = await query.Source.SelectGrowthAsync(
            range.Selector.Matchers, references[0] - length + 1, references[context.Steps - 1], summedBy, query.CancellationToken).ConfigureAwait(false);
        var input = new SelectedRange(new SelectedSamples(selection.Sampled, context), context) { References = references, RangeMillis = length, Position = range.Selector.Position };
        var sampled = new RangeFunctionOperator(name, input, RangeKernels.ByName[name], HistogramRangeKernels.Of(call, input, context), [], keepsName: false, context);
        if (selection.Known is not { Series.Count: > 0 } known)
        {
            return sampled;
        }

        query.CountSamples(known.Measurements);
        var growth = new GrowthOperator(known, references, length, name == "rate", context);
        return sampled.Series.Count == 0 ? growth : new ChainedOperator(sampled, growth);
    }
}
