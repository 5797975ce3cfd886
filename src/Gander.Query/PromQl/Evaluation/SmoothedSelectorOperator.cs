using Gander.Query.PromQl.Histograms;
using Gander.Query.PromQl.Series;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>
/// <c>smoothed</c> selectors: the value at a step lies on the line between the samples before and after it, both within the
/// look-back; behind the last sample that one stands for itself.
/// </summary>
internal sealed class SmoothedSelectorOperator(
    SelectedSamples selected, EvaluationContext context, ReferenceTimes references, TextPosition position) : VectorOperator
{
    private readonly ResultSeries[] _series = [.. selected.Series.Select(labels => new ResultSeries(labels, false))];

    public override IReadOnlyList<ResultSeries> Series => _series;

    public override async ValueTask ReadAsync(int first, ReadOnlyMemory<StepBlock> blocks, ReadScratch scratch)
    {
        var buffers = scratch.Samples(blocks.Length);
        await selected.ReadAsync(first, buffers).ConfigureAwait(false);
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks.Span[i].Clear();
            Read(buffers.Span[i], blocks.Span[i], _series[first + i].Labels);
            context.Counts?.Add(blocks.Span[i]);
        }
    }

    private void Read(Samples samples, StepBlock block, Labels labels)
    {
        var lookback = context.Query.Limits.LookbackMillis;
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
            if (last < 0 || times[last] <= reference - lookback || IsStale(samples, last))
            {
                continue;
            }

            var isLast = times[last] == reference || next == times.Length || times[next] > reference + lookback || IsStale(samples, next);
            if (HistogramAt(samples, last) is { } histogram)
            {
                ReadHistogram(samples, last, isLast ? last : next, histogram, block, step, labels);
            }
            else if (isLast)
            {
                block.Set(step, samples.Values[last]);
            }
            else if (HistogramAt(samples, next) is not null)
            {
                WarnMixed(labels);
            }
            else
            {
                block.Set(step, Interpolation.Between(times[last], samples.Values[last], times[next], samples.Values[next], reference, isCounter: false));
            }
        }
    }

    private void ReadHistogram(Samples samples, int last, int next, FloatHistogram histogram, StepBlock block, int step, Labels labels)
    {
        if (HistogramAt(samples, next) is not { } other)
        {
            WarnMixed(labels);
        }
        else if (HistogramArithmetic.AreIncompatible(histogram, other))
        {
            context.Query.Annotations.WarnMixedSchemas(labels, position);
        }
        else
        {
            block.Set(step, next == last ? histogram : Interpolation.Between(
                samples.Times[last], histogram, samples.Times[next], other, references[step], isCounter: other.ResetHint != CounterResetHint.Gauge));
        }
    }

    private void WarnMixed(Labels labels) =>
        context.Query.Annotations.Warn($"encountered a mix of histograms and floats for metric name \"{labels[Labels.MetricName]}\"", position);

    private static FloatHistogram? HistogramAt(Samples samples, int at) => samples.HasHistograms ? samples.Histograms[at] : null;

    private static bool IsStale(Samples samples, int at) => StaleMarker.Is(HistogramAt(samples, at)?.Sum ?? samples.Values[at]);
}
