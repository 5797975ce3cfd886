using System.Runtime.InteropServices;

namespace Gander.Commands;

/// <summary>
/// Tells a signal that somebody sends again from one that comes several times at once: whoever ends a group of processes reaches this
/// one directly and by way of a program in the group that passes signals on, as <c>timeout</c> and <c>gander exec</c> do. Thread-safe.
/// </summary>
internal sealed class RepeatedSignals(TimeProvider time)
{
    /// <summary>Signals of one kind within this time of the first are one signal. Nobody's second thought is as quick.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly Dictionary<PosixSignal, long> _last = [];

    /// <summary>Whether this one is the echo of one that was told before.</summary>
    public bool IsEcho(PosixSignal signal)
    {
        lock (_lock)
        {
            if (_last.TryGetValue(signal, out var last) && time.GetElapsedTime(last) < Window)
            {
                return true;
            }

            _last[signal] = time.GetTimestamp();
            return false;
        }
    }
}
