using Gander.Query.PromQl.Series;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>The windows of a range selector.</summary>
internal sealed class SelectedRange(SelectedSamples selected) : RangeInput
{
    public override IReadOnlyList<ResultSeries> Series { get; } = [.. selected.Series.Select(labels => new ResultSeries(labels, false))];

    public override async ValueTask ReadAsync(int first, ReadOnlyMemory<Samples> buffers, ReadScratch scratch)
    {
        await selected.ReadAsync(first, buffers).ConfigureAwait(false);
        foreach (var samples in buffers.Span)
        {
            samples.DropStaleMarkers();
        }
    }
}
