namespace Gander.Query.PromQl.Evaluation;

/// <summary>An operator whose values came all at once, because they depend on many series together or are used more than once.</summary>
internal sealed class MaterialisedOperator(IReadOnlyList<ResultSeries> series, IReadOnlyList<StepBlock> blocks) : VectorOperator
{
    public override IReadOnlyList<ResultSeries> Series => series;

    /// <summary>The values of each series; others read them too, so nobody changes them.</summary>
    public IReadOnlyList<StepBlock> Blocks => blocks;

    public override ValueTask ReadAsync(int first, ReadOnlyMemory<StepBlock> target, ReadScratch scratch)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target.Span[i].CopyFrom(blocks[first + i]);
        }

        return ValueTask.CompletedTask;
    }
}
