namespace Gander.Query.PromQl.Evaluation;

/// <summary>An operator whose values come all at once, because they depend on many series together.</summary>
internal sealed class MaterialisedOperator(IReadOnlyList<ResultSeries> series, IReadOnlyList<StepBlock> blocks) : VectorOperator
{
    public override IReadOnlyList<ResultSeries> Series => series;

    public override void Read(int index, StepBlock block)
    {
        var source = blocks[index];
        for (var step = 0; step < source.Steps; step++)
        {
            if (source.Has(step))
            {
                block.SetFrom(source, step);
            }
        }
    }
}
