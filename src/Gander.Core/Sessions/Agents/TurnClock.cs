using Gander.Sessions.Facts;

namespace Gander.Sessions.Agents;

/// <summary>
/// Looks up by time inside one turn: the rounds between its model calls, the tools that start in them, its failures. Made
/// once a turn, so that a turn of thousands of steps is read in one pass and not in one pass a step.
/// </summary>
internal sealed class TurnClock
{
    private readonly long[] _calls;
    private readonly long[] _tools;
    private readonly LogFacts[] _failures;

    /// <summary>Sorts what is looked up.</summary>
    public TurnClock(IEnumerable<long> callStarts, IEnumerable<long> toolStarts, IEnumerable<LogFacts> failures)
    {
        _calls = [.. callStarts.Order()];
        _tools = [.. toolStarts.Order()];
        _failures = [.. failures.OrderBy(failure => failure.TimeNanos)];
    }

    /// <summary>The stretch from the model call at or before <paramref name="time"/> to the next one.</summary>
    public (long From, long To) Round(long time)
    {
        var next = After(_calls, time);
        return (next > 0 ? _calls[next - 1] : long.MinValue, next < _calls.Length ? _calls[next] : long.MaxValue);
    }

    /// <summary>The first start of a tool at or after <paramref name="time"/>, or null.</summary>
    public long? ToolFrom(long time)
    {
        var next = After(_tools, time - 1);
        return next < _tools.Length ? _tools[next] : null;
    }

    /// <summary>The last failure inside a half-open stretch, or null.</summary>
    public LogFacts? LastFailure(long from, long to)
    {
        var (low, high) = (0, _failures.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _failures[middle].TimeNanos < to ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && _failures[low - 1].TimeNanos >= from ? _failures[low - 1] : null;
    }

    // The index of the first time after the given one.
    private static int After(long[] times, long time)
    {
        var (low, high) = (0, times.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = times[middle] <= time ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
