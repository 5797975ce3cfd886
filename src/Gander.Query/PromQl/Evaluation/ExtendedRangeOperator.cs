using Gander.Query.PromQl.Evaluation.Kernels;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>
/// Functions over <c>anchored</c> and <c>smoothed</c> windows, which look beyond their edges by the look-back: an anchored window
/// takes the last sample before it along, a smoothed one interpolates at both edges. Nothing is extrapolated.
/// </summary>
internal sealed class ExtendedRangeOperator : VectorOperator
{
    private static readonly string[] s_anchored = ["changes", "delta", "increase", "rate", "resets"];
    private static readonly string[] s_smoothed = ["delta", "increase", "rate"];

    private readonly RangeInput _input;
    private readonly RangeKernel _kernel;
    private readonly HistogramRangeKernel _histogramKernel;
    private readonly ExtendedRate? _rate;
    private readonly EvaluationContext _context;
    private readonly ResultSeries[] _series;

    private ExtendedRangeOperator(Expression.Call call, RangeInput input, RangeKernel kernel, EvaluationContext context)
    {
        _input = input;
        _kernel = kernel;
        _histogramKernel = HistogramRangeKernels.Of(call, input, context);
        _rate = call.Function.Name is "changes" or "resets" ? null : new ExtendedRate(call, input, context);
        _context = context;
        _series = [.. input.Series.Select(series => series.WithoutName())];
    }

    public override IReadOnlyList<ResultSeries> Series => _series;

    /// <exception cref="QueryException">The function knows no such windows.</exception>
    public static ExtendedRangeOperator Create(Expression.Call call, RangeInput input, RangeKernel kernel, EvaluationContext context)
    {
        var (modifier, functions) = input.Edges == RangeEdges.Anchored ? ("anchored", s_anchored) : ("smoothed", s_smoothed);
        return functions.Contains(call.Function.Name)
            ? new ExtendedRangeOperator(call, input, kernel, context)
            : throw new QueryException(
                QueryErrorKind.Execution,
                $"{modifier} modifier can only be used with: {string.Join(", ", functions)} - not with {call.Function.Name}",
                call.Position);
    }

    public override async ValueTask ReadAsync(int first, ReadOnlyMemory<StepBlock> blocks, ReadScratch scratch)
    {
        var buffers = scratch.Samples(blocks.Length);
        await _input.ReadAsync(first, buffers, scratch).ConfigureAwait(false);
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks.Span[i].Clear();
            Read(buffers.Span[i], blocks.Span[i], _series[first + i]);
        }
    }

    private void Read(Samples samples, StepBlock block, ResultSeries series)
    {
        var lookback = _context.Query.Limits.LookbackMillis;
        var ahead = _input.Edges == RangeEdges.Smoothed ? lookback : 0;
        var cursor = new WindowCursor(samples.Times);
        for (var step = 0; step < _context.Steps; step++)
        {
            var end = _input.References[step];
            var start = end - _input.RangeMillis;
            cursor.MoveTo(start - lookback, end + ahead);
            var times = samples.Times[cursor.From..cursor.To];
            var inside = times.BinarySearch(start + 1) is var found && found < 0 ? ~found : found;
            if (inside == times.Length)
            {
                continue;
            }

            // The last sample at or before the start comes along.
            var from = cursor.From + Math.Max(0, inside - 1);
            var window = new RangeWindow
            {
                Times = samples.Times[from..cursor.To],
                Values = samples.Values[from..cursor.To],
                Histograms = samples.HasHistograms ? samples.Histograms[from..cursor.To] : [],
                StartMillis = start,
                EndMillis = end,
                StepTimeMillis = _context.TimeOf(step),
            };
            Apply(window, block, step, series);
        }
    }

    private void Apply(in RangeWindow window, StepBlock block, int step, ResultSeries series)
    {
        if (_rate is not null)
        {
            _rate.Apply(window, block, step, series.Labels);
        }
        else if (window.HasHistograms)
        {
            _histogramKernel(window, [], block, step, series);
        }
        else if (_kernel(window, [], out var result))
        {
            block.Set(step, result);
        }
    }
}
