using Gander.Query.PromQl.Histograms;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>The samples of one series in one window, and the window itself.</summary>
internal readonly ref struct RangeWindow
{
    public required ReadOnlySpan<long> Times { get; init; }

    public required ReadOnlySpan<double> Values { get; init; }

    /// <summary>Null at floats; empty when no sample of the series is a histogram.</summary>
    public required ReadOnlySpan<FloatHistogram?> Histograms { get; init; }

    /// <summary>The end of the window, which belongs to it.</summary>
    public required long EndMillis { get; init; }

    /// <summary>The start of the window, which does not belong to it.</summary>
    public required long StartMillis { get; init; }

    /// <summary>The time of the step itself, which offset and @ do not move.</summary>
    public required long StepTimeMillis { get; init; }

    public int Count => Times.Length;

    public double RangeSeconds => (EndMillis - StartMillis) / 1000.0;

    public bool HasHistograms => Histograms.IndexOfAnyExcept((FloatHistogram?)null) >= 0;
}
