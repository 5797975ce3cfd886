namespace Gander.Query.PromQl.Evaluation;

/// <summary>An operator whose values came all at once, because they depend on many series together or are used more than once.</summary>
internal sealed class MaterialisedOperator(IReadOnlyList<ResultSeries> series, IReadOnlyList<StepBlock> blocks) : VectorOperator
{
    public override IReadOnlyList<ResultSeries> Series => series;

    /// <summary>The values of each series.</summary>
    public IReadOnlyList<StepBlock> Blocks => blocks;

    /// <summary>Whether others read it too, so that its blocks must stay as they are.</summary>
    public bool IsShared { get; init; }

    public override ValueTask ReadAsync(int first, ReadOnlyMemory<StepBlock> target, ReadScratch scratch)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target.Span[i].CopyFrom(blocks[first + i]);
        }

        return ValueTask.CompletedTask;
    }
}
