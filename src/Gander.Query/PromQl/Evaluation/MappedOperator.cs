namespace Gander.Query.PromQl.Evaluation;

/// <summary>An operator that turns each series of another into one series, by itself.</summary>
/// <param name="inner">Where values come from.</param>
/// <param name="series">The series that come out; one for each of <paramref name="inner"/>.</param>
/// <param name="apply">Changes the values in place.</param>
internal sealed class MappedOperator(VectorOperator inner, IReadOnlyList<ResultSeries> series, Action<StepBlock> apply) : VectorOperator
{
    public override IReadOnlyList<ResultSeries> Series => series;

    public override async ValueTask ReadAsync(int first, ReadOnlyMemory<StepBlock> blocks, ReadScratch scratch)
    {
        await inner.ReadAsync(first, blocks, scratch).ConfigureAwait(false);
        for (var i = 0; i < blocks.Length; i++)
        {
            apply(blocks.Span[i]);
        }
    }
}
