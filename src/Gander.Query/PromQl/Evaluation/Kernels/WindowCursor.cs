using System.Runtime.CompilerServices;

namespace Gander.Query.PromQl.Evaluation.Kernels;

/// <summary>The samples of one window after another: two places that only move forward, so that all windows together cost one walk.</summary>
/// <param name="times">The times of all samples, ascending.</param>
internal ref struct WindowCursor(ReadOnlySpan<long> times)
{
    private readonly ReadOnlySpan<long> _times = times;

    /// <summary>The first sample of the window.</summary>
    public int From { get; private set; }

    /// <summary>One past the last sample of the window.</summary>
    public int To { get; private set; }

    /// <summary>Moves to the window behind <paramref name="start"/> up to and with <paramref name="end"/>; both never go back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MoveTo(long start, long end)
    {
        var (from, to) = (From, To);
        while ((uint)to < (uint)_times.Length && _times[to] <= end)
        {
            to++;
        }

        while (from < to && _times[from] <= start)
        {
            from++;
        }

        (From, To) = (from, to);
    }
}
