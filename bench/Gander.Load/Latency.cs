namespace Gander.Load;

/// <summary>A distribution of times in milliseconds; zeros when there were none.</summary>
/// <param name="P50">Half are at most this.</param>
/// <param name="P95">95 % are at most this.</param>
/// <param name="P99">99 % are at most this.</param>
/// <param name="Max">The longest.</param>
public sealed record Latency(double P50, double P95, double P99, double Max)
{
    /// <summary>The distribution of <paramref name="milliseconds"/>, which it sorts.</summary>
    public static Latency Of(List<double> milliseconds)
    {
        if (milliseconds.Count == 0)
        {
            return new Latency(0, 0, 0, 0);
        }

        milliseconds.Sort();
        return new Latency(At(0.50), At(0.95), At(0.99), milliseconds[^1]);

        // The nearest rank: a time that was really measured.
        double At(double share) => milliseconds[(int)Math.Ceiling(share * milliseconds.Count) - 1];
    }
}
