using Gander.Query.PromQl.Evaluation.Kernels;
using Gander.Query.PromQl.Series;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>The windows of a range selector.</summary>
/// <param name="selected">The samples.</param>
/// <param name="context">The steps.</param>
internal sealed class SelectedRange(SelectedSamples selected, EvaluationContext context) : RangeInput
{
    public override IReadOnlyList<ResultSeries> Series { get; } = [.. selected.Series.Select(labels => new ResultSeries(labels, false))];

    public override async ValueTask ReadAsync(int first, ReadOnlyMemory<Samples> buffers, ReadScratch scratch)
    {
        await selected.ReadAsync(first, buffers).ConfigureAwait(false);
        foreach (var samples in buffers.Span)
        {
            samples.DropStaleMarkers();
            context.Counts?.Add(samples.Times, new WindowSteps(References, RangeMillis, context.Steps));
        }
    }
}
