namespace Gander.Query.PromQl.Evaluation;

/// <summary>The series of one operator and then those of another.</summary>
internal sealed class ChainedOperator(VectorOperator first, VectorOperator second) : VectorOperator
{
    private readonly int _firstCount = first.Series.Count;

    public override IReadOnlyList<ResultSeries> Series { get; } = [.. first.Series, .. second.Series];

    public override async ValueTask ReadAsync(int from, ReadOnlyMemory<StepBlock> blocks, ReadScratch scratch)
    {
        var own = Math.Clamp(_firstCount - from, 0, blocks.Length);
        if (own > 0)
        {
            await first.ReadAsync(from, blocks[..own], scratch).ConfigureAwait(false);
        }

        if (own < blocks.Length)
        {
            await second.ReadAsync(from + own - _firstCount, blocks[own..], scratch).ConfigureAwait(false);
        }
    }
}
