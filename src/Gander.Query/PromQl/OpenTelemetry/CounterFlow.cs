using Gander.Query.PromQl.Series;
using Gander.Stores;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>Turns the points of counters into samples that only go down where a count begins anew.</summary>
internal static class CounterFlow
{
    /// <summary>
    /// Streams that follow each other: values stay as they were sent, and each stream begins with a zero at its start.
    /// </summary>
    /// <param name="times">Times in nanoseconds, ascending.</param>
    /// <param name="starts">Starts.</param>
    /// <param name="values">Values.</param>
    /// <param name="readFromNanos">Since when points were read: a stream that began later has its first point here.</param>
    /// <param name="writer">Takes the samples.</param>
    public static void Follow(
        ReadOnlySpan<long> times, ReadOnlySpan<long> starts, ReadOnlySpan<double> values, long readFromNanos, SampleWriter writer)
    {
        var stream = long.MinValue;
        for (var i = 0; i < times.Length; i++)
        {
            var time = FlowRules.Millis(times[i]);
            if (StaleMarker.Is(values[i]))
            {
                writer.AddStale(time);
                continue;
            }

            if (starts[i] > stream)
            {
                stream = starts[i];
                if (ZeroOf(times[i], stream, readFromNanos, writer.LastTime) is { } zero)
                {
                    writer.Add(zero, 0.0);
                }
            }

            writer.Add(time, values[i]);
        }
    }

    /// <summary>Whether the first point may need a zero that only earlier points can tell.</summary>
    public static bool NeedsEarlierPoints(ReadOnlySpan<long> times, ReadOnlySpan<long> starts, long readFromNanos, long firstMillis)
    {
        if (times.IsEmpty || starts[0] == 0 || starts[0] >= readFromNanos)
        {
            return false;
        }

        var time = FlowRules.Millis(times[0]);
        return time - FlowRules.MaxLeadMillis >= firstMillis && time - FlowRules.Millis(starts[0]) <= FlowRules.MaxUnheardMillis;
    }

    /// <summary>When a new stream stood at zero, or null when that is not known or there is no room for it.</summary>
    public static long? ZeroOf(long timeNanos, long startNanos, long readFromNanos, long lastMillis)
    {
        var time = FlowRules.Millis(timeNanos);
        var start = FlowRules.Millis(startNanos);
        if (startNanos == 0 || startNanos >= timeNanos || startNanos < readFromNanos || time - start > FlowRules.MaxUnheardMillis)
        {
            return null;
        }

        var zero = Math.Max(start, time - FlowRules.MaxLeadMillis);
        zero = lastMillis == long.MinValue ? zero : Math.Max(zero, lastMillis + 1);
        return zero < time ? zero : null;
    }

    /// <summary>
    /// Streams that run beside each other, and deltas: everything is added up. Before each point of which it is known since
    /// when it was at work stands the total of that time, so that the growth is seen however rarely points come.
    /// </summary>
    /// <param name="events">The points of all streams, by time.</param>
    /// <param name="endsWithDay">Whether the count begins anew at midnight UTC.</param>
    /// <param name="writer">Takes the samples.</param>
    public static void AddUp(ReadOnlySpan<PointEvent> events, bool endsWithDay, SampleWriter writer)
    {
        var clock = new StreamClock<double>(endsWithDay);
        double total = 0, compensation = 0;
        foreach (ref readonly var point in events)
        {
            var time = FlowRules.Millis(point.TimeNanos);
            if (BitConverter.DoubleToInt64Bits(point.Value) == SampleBuffer.StaleBits)
            {
                if (time > writer.LastTime)
                {
                    writer.AddStale(time);
                }

                continue;
            }

            clock.Take(point.TimeNanos, point.StartNanos, point.Origin, point.IsDelta, point.Value);
            if (clock.IsNewCount)
            {
                (total, compensation) = (0, 0);
            }

            if (clock.HoldMillis > writer.LastTime)
            {
                writer.Add(clock.HoldMillis, total + compensation);
            }

            Add(ref total, ref compensation, NewsOf(clock, point.Value));
            writer.Add(time, total + compensation);
        }
    }

    // A stream that goes down without a new start was started anew by an emitter that does not say so.
    private static double NewsOf(StreamClock<double> clock, double value) => clock.News switch
    {
        PointNews.Whole => value,
        PointNews.Growth => value >= clock.Before ? value - clock.Before : value,
        _ => 0,
    };

    private static void Add(ref double total, ref double compensation, double term)
    {
        var sum = total + term;
        compensation += Math.Abs(total) >= Math.Abs(term) ? (total - sum) + term : (term - sum) + total;
        total = sum;
    }
}
