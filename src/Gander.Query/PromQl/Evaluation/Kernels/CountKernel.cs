namespace Gander.Query.PromQl.Evaluation.Kernels;

/// <summary>How many samples a window has, or 1 where it has any.</summary>
internal sealed class CountKernel(bool isPresence) : SeriesKernel
{
    public override void Run(ReadOnlySpan<long> times, ReadOnlySpan<double> values, WindowSteps steps, StepBlock block)
    {
        var cursor = new WindowCursor(times);
        for (var step = 0; step < steps.Count; step++)
        {
            var end = steps.References[step];
            cursor.MoveTo(end - steps.RangeMillis, end);
            if (cursor.From < cursor.To)
            {
                block.Values[step] = isPresence ? 1 : cursor.To - cursor.From;
                block.MarkPresent(step);
            }
        }
    }
}
