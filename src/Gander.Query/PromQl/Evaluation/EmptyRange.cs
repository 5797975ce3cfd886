using Gander.Query.PromQl.Series;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>The windows of a subquery that has no inner step at all.</summary>
internal sealed class EmptyRange : RangeInput
{
    public override IReadOnlyList<ResultSeries> Series => [];

    public override ValueTask ReadAsync(int first, ReadOnlyMemory<Samples> buffers, ReadScratch scratch) => ValueTask.CompletedTask;
}
