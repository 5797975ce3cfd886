namespace Gander.Api.Overview;

/// <summary>The measured times of one model's calls, nanoseconds.</summary>
internal sealed class ModelTimes
{
    /// <summary>From the request to the first byte of the answer.</summary>
    public List<long> FirstByteNanos { get; } = [];

    /// <summary>From the request to the last byte of the answer.</summary>
    public List<long> WholeNanos { get; } = [];

    /// <summary>All measurements.</summary>
    public int Count => FirstByteNanos.Count + WholeNanos.Count;

    /// <summary>The nearest-rank quantile: the least value that at least the share <paramref name="quantile"/> of all do not exceed.</summary>
    /// <param name="sorted">Values in ascending order; not empty.</param>
    /// <param name="quantile">Above 0 and at most 1.</param>
    public static long Quantile(IReadOnlyList<long> sorted, double quantile) =>
        sorted[Math.Clamp((int)Math.Ceiling(quantile * sorted.Count) - 1, 0, sorted.Count - 1)];
}
