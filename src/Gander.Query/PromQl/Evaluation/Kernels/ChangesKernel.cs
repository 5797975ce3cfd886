using System.Buffers;

namespace Gander.Query.PromQl.Evaluation.Kernels;

/// <summary>How often neighbouring samples of a window differ, or fall: counts up to each sample, subtracted.</summary>
internal sealed class ChangesKernel(bool onlyResets) : SeriesKernel
{
    public override void Run(ReadOnlySpan<long> times, ReadOnlySpan<double> values, WindowSteps steps, StepBlock block)
    {
        var counts = ArrayPool<int>.Shared.Rent(values.Length + 1);
        counts[0] = 0;
        for (var i = 1; i < values.Length; i++)
        {
            var (previous, next) = (values[i - 1], values[i]);
            var isChange = onlyResets ? next < previous : next != previous && !(double.IsNaN(next) && double.IsNaN(previous));
            counts[i] = counts[i - 1] + (isChange ? 1 : 0);
        }

        var cursor = new WindowCursor(times);
        for (var step = 0; step < steps.Count; step++)
        {
            var end = steps.References[step];
            cursor.MoveTo(end - steps.RangeMillis, end);
            if (cursor.From < cursor.To)
            {
                block.Values[step] = counts[cursor.To - 1] - counts[cursor.From];
                block.MarkPresent(step);
            }
        }

        ArrayPool<int>.Shared.Return(counts);
    }
}
