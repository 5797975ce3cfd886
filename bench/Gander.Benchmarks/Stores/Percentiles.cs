using System.Globalization;

namespace Gander.Benchmarks.Stores;

/// <summary>Durations in milliseconds and their percentiles. Thread-safe.</summary>
internal sealed class Percentiles
{
    private readonly List<double> _values = [];

    public void Add(TimeSpan elapsed)
    {
        lock (_values)
        {
            _values.Add(elapsed.TotalMilliseconds);
        }
    }

    public override string ToString()
    {
        lock (_values)
        {
            var sorted = _values.Order().ToList();
            return sorted.Count == 0
                ? "none"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"n={sorted.Count} p50={sorted[sorted.Count / 2]:F1} p95={sorted[(int)(sorted.Count * 0.95)]:F1} p99={sorted[(int)(sorted.Count * 0.99)]:F1} max={sorted[^1]:F0} ms");
        }
    }
}
