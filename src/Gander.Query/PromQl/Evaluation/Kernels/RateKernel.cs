namespace Gander.Query.PromQl.Evaluation.Kernels;

/// <summary>
/// Growth of a counter, or change of a gauge, over each window. What resets took away is summed up once for the whole series, so
/// that a window costs the same however many samples it has.
/// </summary>
internal sealed class RateKernel(bool isCounter, bool isRate) : SeriesKernel
{
    public override void Run(ReadOnlySpan<long> times, ReadOnlySpan<double> values, WindowSteps steps, StepBlock block)
    {
        var resets = isCounter ? CounterResets.Find(values) : CounterResets.None;
        var results = block.Values;
        var cursor = new WindowCursor(times);
        for (var step = 0; step < steps.Count; step++)
        {
            var end = steps.References[step];
            var start = end - steps.RangeMillis;
            cursor.MoveTo(start, end);
            var (from, count) = (cursor.From, cursor.To - cursor.From);
            if (count < 2)
            {
                continue;
            }

            var first = values[from];
            var change = values[cursor.To - 1] - first;
            if (!resets.IsEmpty)
            {
                change = resets.AddTo(change, from, cursor.To);
            }

            results[step] = change * Extrapolation.Factor(start, end, times[from], times[cursor.To - 1], count, isCounter, first, change, isRate);
            block.MarkPresent(step);
        }
    }
}
