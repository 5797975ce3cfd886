using Gander.Query.PromQl.Evaluation.Kernels;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>
/// How many samples each step of a query looked at, as Prometheus counts them: an instant selector one a series, a window all that are in
/// it, what is the same at every step at every step, and of a subquery its results. A native histogram counts as one. Thread-safe.
/// </summary>
internal sealed class StepCounts
{
    private readonly long[] _counts;
    private readonly bool _isRepeated;

    /// <summary>Counts for so many steps.</summary>
    public StepCounts(int steps)
    {
        _counts = new long[steps];
        Repeated = new StepCounts(_counts);
    }

    private StepCounts(long[] counts) => (_counts, _isRepeated, Repeated) = (counts, true, this);

    /// <summary>The same counts for a part that is evaluated at one step and stands for all.</summary>
    public StepCounts Repeated { get; }

    /// <summary>The count of each step; to be asked for when the evaluation has ended.</summary>
    public IReadOnlyList<long> Counts => _counts;

    /// <summary>Counts one sample at each step that has one.</summary>
    public void Add(StepBlock block)
    {
        for (var step = 0; step < block.Steps; step++)
        {
            if (block.Has(step))
            {
                Add(step, 1);
            }
        }
    }

    /// <summary>Counts the samples in the window of each step.</summary>
    public void Add(ReadOnlySpan<long> times, WindowSteps steps)
    {
        var cursor = new WindowCursor(times);
        for (var step = 0; step < steps.Count; step++)
        {
            var end = steps.References[step];
            cursor.MoveTo(end - steps.RangeMillis, end);
            if (cursor.To > cursor.From)
            {
                Add(step, cursor.To - cursor.From);
            }
        }
    }

    private void Add(int step, long samples)
    {
        if (!_isRepeated)
        {
            Interlocked.Add(ref _counts[step], samples);
            return;
        }

        for (var i = 0; i < _counts.Length; i++)
        {
            Interlocked.Add(ref _counts[i], samples);
        }
    }
}
