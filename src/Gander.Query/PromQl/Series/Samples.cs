using Gander.Query.PromQl.Histograms;

namespace Gander.Query.PromQl.Series;

/// <summary>
/// Samples of one series in columns, ordered by time. A sample is a float or, where <see cref="Histograms"/> has one, a native
/// histogram. Not thread-safe while it grows.
/// </summary>
public sealed class Samples
{
    private long[] _times = [];
    private double[] _values = [];
    private FloatHistogram?[]? _histograms;

    /// <summary>How many samples there are.</summary>
    public int Count { get; private set; }

    /// <summary>Unix milliseconds, ascending.</summary>
    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

    /// <summary>The floats; a sample that is a histogram has 0 here.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    /// <summary>The histograms, null at floats; empty when there are none at all.</summary>
    public ReadOnlySpan<FloatHistogram?> Histograms => _histograms is null ? [] : _histograms.AsSpan(0, Count);

    /// <summary>Whether any sample is a histogram.</summary>
    public bool HasHistograms => _histograms is not null;

    /// <summary>Adds a float at the end.</summary>
    public void Add(long timeMillis, double value)
    {
        Grow();
        _times[Count] = timeMillis;
        _values[Count++] = value;
    }

    /// <summary>Adds a histogram at the end.</summary>
    public void Add(long timeMillis, FloatHistogram histogram)
    {
        Grow();
        _histograms ??= new FloatHistogram?[_times.Length];
        _times[Count] = timeMillis;
        _histograms[Count++] = histogram;
    }

    private void Grow()
    {
        if (Count < _times.Length)
        {
            return;
        }

        var larger = Math.Max(16, Count * 2);
        Array.Resize(ref _times, larger);
        Array.Resize(ref _values, larger);
        if (_histograms is not null)
        {
            Array.Resize(ref _histograms, larger);
        }
    }
}
