using Gander.Query.PromQl.Histograms;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>
/// The values of one series at each step of a query; a step may have none. A value is a float or, where
/// <see cref="Histograms"/> has one, a native histogram. Not thread-safe.
/// </summary>
/// <param name="steps">How many steps the query has.</param>
internal sealed class StepBlock(int steps)
{
    private readonly ulong[] _present = new ulong[(steps + 63) / 64];
    private FloatHistogram?[]? _histograms;

    public int Steps => steps;

    /// <summary>The floats; undefined at steps without a value.</summary>
    public double[] Values { get; } = new double[steps];

    /// <summary>Whether any step has had a histogram since the last <see cref="Clear"/>.</summary>
    public bool HasHistograms => _histograms is not null;

    public bool Has(int step) => (_present[step >> 6] & (1UL << (step & 63))) != 0;

    public FloatHistogram? HistogramAt(int step) => _histograms?[step];

    public void Set(int step, double value)
    {
        Values[step] = value;
        _present[step >> 6] |= 1UL << (step & 63);
        if (_histograms is not null)
        {
            _histograms[step] = null;
        }
    }

    public void Set(int step, FloatHistogram histogram)
    {
        _histograms ??= new FloatHistogram?[steps];
        _histograms[step] = histogram;
        Values[step] = 0;
        _present[step >> 6] |= 1UL << (step & 63);
    }

    /// <summary>Copies whatever <paramref name="other"/> has at a step.</summary>
    public void SetFrom(StepBlock other, int step) => SetFrom(other, step, step);

    /// <summary>Copies whatever <paramref name="other"/> has at its step <paramref name="from"/>; it must have something.</summary>
    public void SetFrom(StepBlock other, int from, int to)
    {
        if (other.HistogramAt(from) is { } histogram)
        {
            Set(to, histogram);
        }
        else
        {
            Set(to, other.Values[from]);
        }
    }

    public void Unset(int step) => _present[step >> 6] &= ~(1UL << (step & 63));

    public bool IsEmpty => !_present.AsSpan().ContainsAnyExcept(0UL);

    public void Clear()
    {
        _present.AsSpan().Clear();
        _histograms = null;
    }
}
