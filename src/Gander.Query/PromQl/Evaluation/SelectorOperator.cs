using Gander.Query.PromQl.Series;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>
/// The latest sample of each selected series within the look-back of each step: the window is open on the left
/// (Prometheus 3), and a staleness marker ends the series.
/// </summary>
internal sealed class SelectorOperator(
    IReadOnlyList<SelectedSeries> selected, EvaluationContext context, ReferenceTimes references, bool readsTimes) : VectorOperator
{
    private readonly ResultSeries[] _series = [.. selected.Select(series => new ResultSeries(series.Labels, readsTimes))];

    public override IReadOnlyList<ResultSeries> Series => _series;

    public override void Read(int index, StepBlock block)
    {
        var samples = selected[index].Samples;
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

            if (samples.HasHistograms && samples.Histograms[last] is { } histogram)
            {
                if (StaleMarker.Is(histogram.Sum))
                {
                    continue;
                }

                if (readsTimes)
                {
                    block.Set(step, times[last] / 1000.0);
                }
                else
                {
                    block.Set(step, histogram);
                }
            }
            else if (!StaleMarker.Is(samples.Values[last]))
            {
                block.Set(step, readsTimes ? times[last] / 1000.0 : samples.Values[last]);
            }
        }
    }
}
