namespace Gander.Query.PromQl.Evaluation;

/// <summary>A function over the windows of each series of a range.</summary>
/// <param name="input">The ranges.</param>
/// <param name="kernel">The function for floats.</param>
/// <param name="histogramKernel">The function for windows with histograms.</param>
/// <param name="arguments">The scalar arguments, each with a value a step.</param>
/// <param name="keepsName">Whether results keep the metric's name.</param>
/// <param name="context">The steps.</param>
internal sealed class RangeFunctionOperator(
    RangeInput input,
    RangeKernel kernel,
    HistogramRangeKernel histogramKernel,
    IReadOnlyList<double[]> arguments,
    bool keepsName,
    EvaluationContext context) : VectorOperator
{
    private readonly ResultSeries[] _series = [.. input.Series.Select(series => keepsName ? series : series.WithoutName())];

    public override IReadOnlyList<ResultSeries> Series => _series;

    public override void Read(int index, StepBlock block)
    {
        context.Query.CancellationToken.ThrowIfCancellationRequested();
        var samples = input.Read(index);
        var times = samples.Times;
        Span<double> values = stackalloc double[arguments.Count];
        int from = 0, to = 0;
        for (var step = 0; step < context.Steps; step++)
        {
            var end = input.References[step];
            var start = end - input.RangeMillis;
            while (to < times.Length && times[to] <= end)
            {
                to++;
            }

            while (from < to && times[from] <= start)
            {
                from++;
            }

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
                Times = times[from..to],
                Values = samples.Values[from..to],
                Histograms = samples.HasHistograms ? samples.Histograms[from..to] : [],
                StartMillis = start,
                EndMillis = end,
                StepTimeMillis = context.TimeOf(step),
            };
            Apply(window, values, block, step, _series[index]);
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
