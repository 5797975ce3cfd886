using Gander.Query.PromQl.Histograms;
using Gander.Query.PromQl.Series;
using Gander.Stores;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>
/// Writes the samples of one series after the other: leaves out what is outside the time asked for, keeps the later of two
/// samples of one millisecond, and marks the series stale where nothing came for long. Not thread-safe.
/// </summary>
/// <param name="firstMillis">The first time asked for.</param>
/// <param name="lastMillis">The last time asked for.</param>
internal sealed class SampleWriter(long firstMillis, long lastMillis)
{
    private static readonly FloatHistogram StaleHistogram = new() { Sum = StaleMarker.Value };

    private Samples _samples = new();
    private double _value;
    private FloatHistogram? _histogram;
    private long _staleMillis;
    private bool _isNative;

    /// <summary>The time of the last sample, one outside of the time asked for included; <see cref="long.MinValue"/> at the start.</summary>
    public long LastTime { get; private set; }

    /// <summary>Begins a series.</summary>
    /// <param name="samples">Takes the samples.</param>
    /// <param name="staleMillis">When silence means the end; 0 for never.</param>
    /// <param name="isNative">Whether a marker is a histogram.</param>
    public void Begin(Samples samples, long staleMillis, bool isNative = false)
    {
        (_samples, _staleMillis, _isNative) = (samples, staleMillis, isNative);
        (LastTime, _value, _histogram) = (long.MinValue, 0, null);
    }

    /// <summary>Adds a float; times never go back.</summary>
    public void Add(long timeMillis, double value)
    {
        if (timeMillis > LastTime)
        {
            Flush(timeMillis);
        }

        (LastTime, _value, _histogram) = (timeMillis, value, null);
    }

    /// <summary>Adds a histogram; times never go back.</summary>
    public void Add(long timeMillis, FloatHistogram histogram)
    {
        if (timeMillis > LastTime)
        {
            Flush(timeMillis);
        }

        (LastTime, _histogram) = (timeMillis, histogram);
    }

    /// <summary>Adds a staleness marker.</summary>
    public void AddStale(long timeMillis)
    {
        if (_isNative)
        {
            Add(timeMillis, StaleHistogram);
        }
        else
        {
            Add(timeMillis, StaleMarker.Value);
        }
    }

    /// <summary>Ends the series.</summary>
    public void End() => Flush(long.MaxValue);

    /// <summary>
    /// Copies samples that need no care; false, with nothing written, when they do. They must be the whole series.
    /// </summary>
    public static bool TryCopy(ReadOnlySpan<long> timesNanos, ReadOnlySpan<double> values, long lastMillis, long staleMillis, Samples samples)
    {
        samples.Reserve(timesNanos.Length + 1, out var times, out var copied);
        var longest = staleMillis == 0 ? long.MaxValue : staleMillis;
        var previous = timesNanos.IsEmpty ? 0 : FlowRules.Millis(timesNanos[0]) - 1;
        for (var i = 0; i < timesNanos.Length; i++)
        {
            var millis = FlowRules.Millis(timesNanos[i]);
            if ((ulong)(millis - previous - 1) >= (ulong)longest)
            {
                return false;
            }

            times[i] = millis;
            previous = millis;
        }

        values.CopyTo(copied);
        var count = values.Length;
        if (count > 0 && staleMillis > 0 && previous <= lastMillis - staleMillis && !StaleMarker.Is(values[^1]))
        {
            times[count] = previous + staleMillis;
            copied[count++] = StaleMarker.Value;
        }

        samples.Advance(count);
        return true;
    }

    /// <summary>
    /// Reads a series whose samples need no care; false, with nothing written, when they do or might be more than allowed.
    /// </summary>
    public static bool TryRead(IEncodedSamples encoded, int position, long maxSamples, long lastMillis, long staleMillis, Samples samples)
    {
        var most = encoded.MostSamples(position);
        if (most > maxSamples)
        {
            return false;
        }

        samples.Reserve(most + 1, out var times, out var values);
        var count = encoded.TryRead(position, times, values);
        if (count < 0 || (staleMillis > 0 && !TryEnd(times, values, ref count, lastMillis, staleMillis)))
        {
            return false;
        }

        samples.Advance(count);
        return true;
    }

    // A gap inside needs markers of its own.
    private static bool TryEnd(Span<long> times, Span<double> values, ref int count, long lastMillis, long staleMillis)
    {
        for (var i = 1; i < count; i++)
        {
            if (times[i] - times[i - 1] > staleMillis)
            {
                return false;
            }
        }

        if (count > 0 && times[count - 1] <= lastMillis - staleMillis && !StaleMarker.Is(values[count - 1]))
        {
            times[count] = times[count - 1] + staleMillis;
            values[count++] = StaleMarker.Value;
        }

        return true;
    }

    private void Flush(long nextMillis)
    {
        if (LastTime == long.MinValue)
        {
            return;
        }

        Write(LastTime);
        var isStale = StaleMarker.Is(_histogram?.Sum ?? _value);
        if (_staleMillis > 0 && !isStale && nextMillis - LastTime > _staleMillis)
        {
            (_value, _histogram) = (StaleMarker.Value, _isNative ? StaleHistogram : null);
            Write(LastTime + _staleMillis);
        }
    }

    private void Write(long timeMillis)
    {
        if (timeMillis < firstMillis || timeMillis > lastMillis)
        {
            return;
        }

        if (_histogram is null)
        {
            _samples.Add(timeMillis, _value);
        }
        else
        {
            _samples.Add(timeMillis, _histogram);
        }
    }
}
