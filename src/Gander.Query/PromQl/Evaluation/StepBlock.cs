using Gander.Query.PromQl.Histograms;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>
/// The values of one series at each step of a query; a step may have none. A value is a float or, where
/// <see cref="HistogramAt"/> has one, a native histogram. Not thread-safe.
/// </summary>
/// <param name="steps">How many steps the query has.</param>
internal sealed class StepBlock(int steps)
{
    private readonly ulong[] _present = new ulong[(steps + 63) / 64];
    private FloatHistogram?[]? _histograms;

    public int Steps => steps;

    /// <summary>The floats; undefined at steps without a value.</summary>
    public double[] Values { get; } = new double[steps];

    /// <summary>A bit a step, set where there is a value; bits behind the last step are never set.</summary>
    public ReadOnlySpan<ulong> Presence => _present;

    /// <summary>Whether any step has had a histogram since the last <see cref="Clear"/>.</summary>
    public bool HasHistograms => _histograms is not null;

    /// <summary>What a block of so many floats takes of memory.</summary>
    public static long BytesOf(int steps) => 120 + (steps * 8L) + ((steps + 63) / 64 * 8L);

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

    /// <summary>Says that the float at a step, which was written into <see cref="Values"/>, counts. There must be no histograms.</summary>
    public void MarkPresent(int step) => _present[step >> 6] |= 1UL << (step & 63);

    /// <summary>The same for the steps of a word whose bits are set.</summary>
    public void MarkWord(int word, ulong bits) => _present[word] |= bits;

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

    /// <summary>Becomes a copy of a block of as many steps.</summary>
    public void CopyFrom(StepBlock other)
    {
        other.Values.AsSpan().CopyTo(Values);
        other._present.AsSpan().CopyTo(_present);
        _histograms = other._histograms is null ? null : [.. other._histograms];
    }

    /// <summary>Every step gets what <paramref name="other"/> has at its only step.</summary>
    public void Repeat(StepBlock other)
    {
        Clear();
        for (var step = 0; other.Has(0) && step < steps; step++)
        {
            SetFrom(other, 0, step);
        }
    }

    public void Unset(int step) => _present[step >> 6] &= ~(1UL << (step & 63));

    /// <summary>Takes away the values at the steps whose bits are set; a word holds 64 steps.</summary>
    public void UnsetWord(int word, ulong bits) => _present[word] &= ~bits;

    public bool IsEmpty => !_present.AsSpan().ContainsAnyExcept(0UL);

    public void Clear()
    {
        _present.AsSpan().Clear();
        _histograms = null;
    }
}
