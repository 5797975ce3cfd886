using Gander.Query.PromQl.Series;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>
/// The latest sample of each selected series within the look-back of each step: the window is open on the left
/// (Prometheus 3), and a staleness marker ends the series.
/// </summary>
internal sealed class SelectorOperator(
    SelectedSamples selected, EvaluationContext context, ReferenceTimes references, bool readsTimes) : VectorOperator
{
    private readonly ResultSeries[] _series = [.. selected.Series.Select(labels => new ResultSeries(labels, readsTimes))];

    public override IReadOnlyList<ResultSeries> Series => _series;

    public override async ValueTask ReadAsync(int first, ReadOnlyMemory<StepBlock> blocks, ReadScratch scratch)
    {
        var buffers = scratch.Samples(blocks.Length);
        await selected.ReadAsync(first, buffers).ConfigureAwait(false);
        for (var i = 0; i < blocks.Length; i++)
        {
            var (samples, block) = (buffers.Span[i], blocks.Span[i]);
            block.Clear();
            if (samples.HasHistograms || readsTimes)
            {
                ReadAny(samples, block);
            }
            else
            {
                ReadFloats(samples.Times, samples.Values, block);
            }

            context.Counts?.Add(block);
        }
    }

    private void ReadFloats(ReadOnlySpan<long> times, ReadOnlySpan<double> values, StepBlock block)
    {
        var results = block.Values;
        var lookback = context.Query.Limits.LookbackMillis;
        var next = 0;
        for (var step = 0; step < results.Length; step++)
        {
            var reference = references[step];
            while (next < times.Length && times[next] <= reference)
            {
                next++;
            }

            if (next > 0 && times[next - 1] > reference - lookback && !StaleMarker.Is(values[next - 1]))
            {
                results[step] = values[next - 1];
                block.MarkPresent(step);
            }
        }
    }

    private void ReadAny(Samples samples, StepBlock block)
    {
        var times = samples.Times;
        var next = 0;
        for (var step = 0; step < context.Steps; step++)
        {
            var reference = references[step];
            while (next < times.Length && times[next] <= reference)
            {
                next++;
            }

            var last = next - 1;
            if (last < 0 || times[last] <= reference - context.Query.Limits.LookbackMillis)
            {
                continue;
            }

            var histogram = samples.HasHistograms ? samples.Histograms[last] : null;
            if (StaleMarker.Is(histogram?.Sum ?? samples.Values[last]))
            {
                continue;
            }

            if (readsTimes)
            {
                block.Set(step, times[last] / 1000.0);
            }
            else if (histogram is not null)
            {
                block.Set(step, histogram);
            }
            else
            {
                block.Set(step, samples.Values[last]);
            }
        }
    }
}
