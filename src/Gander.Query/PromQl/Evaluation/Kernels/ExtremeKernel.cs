using System.Buffers;

namespace Gander.Query.PromQl.Evaluation.Kernels;

/// <summary>
/// The least or greatest sample of each window: a queue of those samples that may still become the extreme, so that each sample is
/// looked at a fixed number of times. NaN counts only where a window has nothing else.
/// </summary>
internal sealed class ExtremeKernel(bool isLeast) : SeriesKernel
{
    public override void Run(ReadOnlySpan<long> times, ReadOnlySpan<double> values, WindowSteps steps, StepBlock block)
    {
        var queue = ArrayPool<int>.Shared.Rent(Math.Max(1, values.Length));
        int head = 0, tail = 0, seen = 0;
        var cursor = new WindowCursor(times);
        for (var step = 0; step < steps.Count; step++)
        {
            var end = steps.References[step];
            cursor.MoveTo(end - steps.RangeMillis, end);
            for (seen = Math.Max(seen, cursor.From); seen < cursor.To; seen++)
            {
                var value = values[seen];
                if (double.IsNaN(value))
                {
                    continue;
                }

                while (tail > head && (isLeast ? value < values[queue[tail - 1]] : value > values[queue[tail - 1]]))
                {
                    tail--;
                }

                queue[tail++] = seen;
            }

            while (head < tail && queue[head] < cursor.From)
            {
                head++;
            }

            if (cursor.From < cursor.To)
            {
                block.Values[step] = head < tail ? values[queue[head]] : double.NaN;
                block.MarkPresent(step);
            }
        }

        ArrayPool<int>.Shared.Return(queue);
    }
}
