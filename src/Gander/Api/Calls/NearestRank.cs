namespace Gander.Api.Calls;

/// <summary>Quantiles that are measured values, never one between two.</summary>
internal static class NearestRank
{
    /// <summary>The least value that at least the share <paramref name="quantile"/> of all do not exceed.</summary>
    /// <param name="sorted">Values in ascending order; not empty.</param>
    /// <param name="quantile">Above 0 and at most 1.</param>
    public static long Of(ReadOnlySpan<long> sorted, double quantile) =>
        sorted[Math.Clamp((int)Math.Ceiling(quantile * sorted.Length) - 1, 0, sorted.Length - 1)];
}
