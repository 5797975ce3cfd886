using Gander.Query.PromQl.Evaluation.Kernels;
using Gander.Query.PromQl.Series;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>A function over the windows of each series of a range.</summary>
/// <param name="function">The name of the function.</param>
/// <param name="input">The ranges.</param>
/// <param name="kernel">The function for floats.</param>
/// <param name="histogramKernel">The function for windows with histograms.</param>
/// <param name="arguments">The scalar arguments, each with a value a step.</param>
/// <param name="keepsName">Whether results keep the metric's name.</param>
/// <param name="context">The steps.</param>
internal sealed class RangeFunctionOperator(
    string function,
    RangeInput input,
    RangeKernel kernel,
    HistogramRangeKernel histogramKernel,
    IReadOnlyList<double[]> arguments,
    bool keepsName,
    EvaluationContext context) : VectorOperator
{
    private readonly SeriesKernel? _seriesKernel = SeriesKernel.Of(function, arguments);
    private readonly ResultSeries[] _series = [.. input.Series.Select(series => keepsName ? series : series.WithoutName())];

    private readonly bool _wantsCounters = function is "rate" or "increase";
    private string? _hintedName;

    public override IReadOnlyList<ResultSeries> Series => _series;

    public override async ValueTask ReadAsync(int first, ReadOnlyMemory<StepBlock> blocks, ReadScratch scratch)
    {
        var buffers = scratch.Samples(blocks.Length);
        await input.ReadAsync(first, buffers, scratch).ConfigureAwait(false);
        for (var i = 0; i < blocks.Length; i++)
        {
            var (samples, block) = (buffers.Span[i], blocks.Span[i]);
            block.Clear();
            if (_seriesKernel is not null && !samples.HasHistograms)
            {
                _seriesKernel.Run(samples.Times, samples.Values, new WindowSteps(input.References, input.RangeMillis, context.Steps), block);
            }
            else
            {
                ReadWindows(samples, block, _series[first + i]);
            }

            if (_wantsCounters && !block.IsEmpty && !block.HasHistograms)
            {
                HintAtName(input.Series[first + i]);
            }
        }
    }

    private void HintAtName(ResultSeries series)
    {
        var name = series.DropsName ? "" : series.Labels[Labels.MetricName];
        if (name.Length > 0 && name != _hintedName && !EndsAsCounter(name))
        {
            _hintedName = name;
            context.Query.Annotations.Inform($"metric might not be a counter, name does not end in _total/_sum/_count/_bucket: \"{name}\"", input.Position);
        }
    }

    private static bool EndsAsCounter(string name) =>
        name.EndsWith("_total", StringComparison.Ordinal)
        || name.EndsWith("_sum", StringComparison.Ordinal)
        || name.EndsWith("_count", StringComparison.Ordinal)
        || name.EndsWith("_bucket", StringComparison.Ordinal);

    private void ReadWindows(Samples samples, StepBlock block, ResultSeries series)
    {
        var cursor = new WindowCursor(samples.Times);
        Span<double> values = stackalloc double[arguments.Count];
        for (var step = 0; step < context.Steps; step++)
        {
            var end = input.References[step];
            var start = end - input.RangeMillis;
            cursor.MoveTo(start, end);
            var (from, to) = (cursor.From, cursor.To);
            if (from == to)
            {
                continue;
            }

            for (var i = 0; i < arguments.Count; i++)
            {
                values[i] = arguments[i][step];
            }

            var window = new RangeWindow
            {
                Times = samples.Times[from..to],
                Values = samples.Values[from..to],
                Histograms = samples.HasHistograms ? samples.Histograms[from..to] : [],
                StartMillis = start,
                EndMillis = end,
                StepTimeMillis = context.TimeOf(step),
            };
            Apply(window, values, block, step, series);
        }
    }

    private void Apply(in RangeWindow window, ReadOnlySpan<double> values, StepBlock block, int step, ResultSeries series)
    {
        if (window.HasHistograms)
        {
            histogramKernel(window, values, block, step, series);
        }
        else if (kernel(window, values, out var result))
        {
            block.Set(step, result);
        }
    }
}
