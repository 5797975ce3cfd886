namespace Gander.Query.PromQl.Evaluation;

/// <summary>A vector that was evaluated at one step because it is the same at every step.</summary>
/// <param name="inner">The vector, of one step.</param>
internal sealed class RepeatOperator(VectorOperator inner) : VectorOperator
{
    public override IReadOnlyList<ResultSeries> Series => inner.Series;

    public override async ValueTask ReadAsync(int first, ReadOnlyMemory<StepBlock> blocks, ReadScratch scratch)
    {
        var single = scratch.Inner.Blocks(blocks.Length, 1);
        await inner.ReadAsync(first, single, scratch.Inner).ConfigureAwait(false);
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks.Span[i].Repeat(single.Span[i]);
        }
    }
}
