using Gander.Query.PromQl.Series;

namespace Gander.Query.PromQl.Evaluation;

/// <summary><c>rate</c> and <c>increase</c> of counters whose growth is known.</summary>
/// <param name="set">The counters.</param>
/// <param name="references">The end of the window of each step.</param>
/// <param name="rangeMillis">The length of the windows.</param>
/// <param name="isRate">Whether growth is asked for by the second.</param>
/// <param name="context">The steps.</param>
internal sealed class GrowthOperator(IGrowthSet set, ReferenceTimes references, long rangeMillis, bool isRate, EvaluationContext context) : VectorOperator
{
    public override IReadOnlyList<ResultSeries> Series { get; } = [.. set.Series.Select(labels => new ResultSeries(labels, DropsName: true))];

    public override ValueTask ReadAsync(int first, ReadOnlyMemory<StepBlock> blocks, ReadScratch scratch)
    {
        var windows = new GrowthWindows(references.FirstMillis, references.StepMillis, rangeMillis, context.Steps);
        for (var i = 0; i < blocks.Length; i++)
        {
            context.Query.CancellationToken.ThrowIfCancellationRequested();
            var block = blocks.Span[i];
            block.Clear();
            var known = set.Read(first + i, windows, block.Values);
            for (var step = 0; step < known; step++)
            {
                block.Values[step] = isRate ? block.Values[step] / (rangeMillis / 1000.0) : block.Values[step];
                block.MarkPresent(step);
            }
        }

        return ValueTask.CompletedTask;
    }
}
