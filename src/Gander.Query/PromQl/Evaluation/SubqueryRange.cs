using System.Numerics;
using Gander.Query.PromQl.Evaluation.Kernels;
using Gander.Query.PromQl.Histograms;
using Gander.Query.PromQl.Series;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>The windows of a subquery: the values of an inner vector as if they were samples.</summary>
/// <param name="vector">The inner vector.</param>
/// <param name="inner">Its steps.</param>
/// <param name="context">The steps of the windows.</param>
internal sealed class SubqueryRange(VectorOperator vector, EvaluationContext inner, EvaluationContext context) : RangeInput
{
    public override IReadOnlyList<ResultSeries> Series => vector.Series;

    public override async ValueTask ReadAsync(int first, ReadOnlyMemory<Samples> buffers, ReadScratch scratch)
    {
        var blocks = scratch.Inner.Blocks(buffers.Length, inner.Steps);
        await vector.ReadAsync(first, blocks, scratch.Inner).ConfigureAwait(false);
        for (var i = 0; i < buffers.Length; i++)
        {
            buffers.Span[i].Clear();
            if (blocks.Span[i].HasHistograms)
            {
                AddAny(blocks.Span[i], buffers.Span[i]);
            }
            else
            {
                AddFloats(blocks.Span[i], buffers.Span[i]);
            }

            inner.Query.CountSamples(buffers.Span[i].Count);
            context.Counts?.Add(buffers.Span[i].Times, new WindowSteps(References, RangeMillis, context.Steps));
        }
    }

    private void AddFloats(StepBlock block, Samples samples)
    {
        samples.Reserve(inner.Steps, out var times, out var values);
        var count = 0;
        for (var word = 0; word < block.Presence.Length; word++)
        {
            for (var bits = block.Presence[word]; bits != 0; bits &= bits - 1)
            {
                var step = (word * 64) + BitOperations.TrailingZeroCount(bits);
                times[count] = inner.TimeOf(step);
                values[count++] = block.Values[step];
            }
        }

        samples.Advance(count);
    }

    private void AddAny(StepBlock block, Samples samples)
    {
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
    }
}
