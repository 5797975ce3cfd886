using System.Runtime.InteropServices;
using Gander.Query.PromQl.Histograms;

namespace Gander.Query.PromQl.Series;

/// <summary>
/// Samples of one series in columns, ordered by time. A sample is a float or, where <see cref="Histograms"/> has one, a native
/// histogram. Can be cleared and filled again without new memory. Not thread-safe while it changes.
/// </summary>
public sealed class Samples
{
    private long[] _times = [];
    private double[] _values = [];
    private FloatHistogram?[] _histograms = [];

    /// <summary>How many samples there are.</summary>
    public int Count { get; private set; }

    /// <summary>Unix milliseconds, ascending.</summary>
    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

    /// <summary>The floats; undefined at samples that are histograms.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    /// <summary>The histograms, null at floats; empty when there are none at all.</summary>
    public ReadOnlySpan<FloatHistogram?> Histograms => HasHistograms ? _histograms.AsSpan(0, Count) : [];

    /// <summary>Whether any sample is a histogram.</summary>
    public bool HasHistograms { get; private set; }

    /// <summary>Adds a float at the end.</summary>
    public void Add(long timeMillis, double value)
    {
        EnsureRoom(1);
        _times[Count] = timeMillis;
        _values[Count++] = value;
    }

    /// <summary>Adds a histogram at the end.</summary>
    public void Add(long timeMillis, FloatHistogram histogram)
    {
        EnsureRoom(1);
        if (_histograms.Length < _times.Length)
        {
            Array.Resize(ref _histograms, _times.Length);
        }

        HasHistograms = true;
        _times[Count] = timeMillis;
        _values[Count] = 0;
        _histograms[Count++] = histogram;
    }

    /// <summary>
    /// Room for <paramref name="count"/> floats behind the last sample. What is written there, from the front and in order of time,
    /// becomes samples with <see cref="Advance"/>; the spans are good until the next change.
    /// </summary>
    public void Reserve(int count, out Span<long> times, out Span<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        EnsureRoom(count);
        times = _times.AsSpan(Count, count);
        values = _values.AsSpan(Count, count);
    }

    /// <summary>Keeps the first <paramref name="count"/> floats that were written into the room last reserved.</summary>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _times.Length - Count);
        Count += count;
    }

    /// <summary>Forgets all samples and keeps the memory.</summary>
    public void Clear()
    {
        if (HasHistograms)
        {
            _histograms.AsSpan(0, Math.Min(Count, _histograms.Length)).Clear();
        }

        HasHistograms = false;
        Count = 0;
    }

    /// <summary>Takes staleness markers out, which belong to no window.</summary>
    internal void DropStaleMarkers()
    {
        var first = MemoryMarshal.Cast<double, long>(Values).IndexOf(StaleMarker.Bits);
        if (first < 0 && !HasHistograms)
        {
            return;
        }

        var kept = HasHistograms ? 0 : first;
        for (var i = kept; i < Count; i++)
        {
            if (HasHistograms && _histograms[i] is { } histogram ? StaleMarker.Is(histogram.Sum) : StaleMarker.Is(_values[i]))
            {
                continue;
            }

            (_times[kept], _values[kept]) = (_times[i], _values[i]);
            if (HasHistograms)
            {
                _histograms[kept] = _histograms[i];
            }

            kept++;
        }

        if (HasHistograms)
        {
            _histograms.AsSpan(kept, Count - kept).Clear();
        }

        Count = kept;
    }

    /// <summary>Puts another histogram in the place of one.</summary>
    internal void Replace(int at, FloatHistogram histogram) => _histograms[at] = histogram;

    private void EnsureRoom(int count)
    {
        var needed = Count + count;
        if (needed <= _times.Length)
        {
            return;
        }

        var larger = Count == 0 ? needed : Math.Max(16, Math.Max(needed, Count * 2));
        Array.Resize(ref _times, larger);
        Array.Resize(ref _values, larger);
        if (HasHistograms)
        {
            Array.Resize(ref _histograms, larger);
        }
    }
}
