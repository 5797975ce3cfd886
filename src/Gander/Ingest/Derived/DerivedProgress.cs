using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Ingest.Derived;

/// <summary>
/// How far a derivation has come, as a metric of its own beside the points it is about: one write keeps both or neither.
/// </summary>
internal static class DerivedProgress
{
    private const int MaxSamples = 16_000_000;

    // Points are written every few seconds while telemetry comes in: what was written last is looked for in growing pieces.
    private static readonly TimeSpan[] Windows = [TimeSpan.FromHours(1), TimeSpan.FromDays(1), TimeSpan.FromDays(40)];

    /// <summary>The scope of all derived metrics.</summary>
    public static InstrumentationScope Scope { get; } = new("gander/derived");

    /// <summary>Adds the progress to a round of points.</summary>
    public static void Add(MetricBatch points, string name, long sequence, long nowNanos)
    {
        var (resource, scope) = (points.Resources.Count, points.Scopes.Count);
        points.Resources.Add(Resource.Empty);
        points.Scopes.Add(Scope);
        points.Metrics.Add(new MetricDescriptor(
            points.Text.Add(name), default, default, MetricKind.Gauge, Temporality.Unspecified, IsMonotonic: false, resource, scope));
        points.Add(new PointRow
        {
            Metric = points.Metrics.Count - 1,
            TimeNanos = nowNanos,
            ValueKind = AttributeKind.Int,
            ValueBits = sequence,
            Distribution = -1,
        });
    }

    /// <summary>The last progress written, or null when there is none.</summary>
    public static async Task<long?> ReadAsync(IMetricStore metrics, string name, long nowNanos, CancellationToken cancellationToken)
    {
        foreach (var window in Windows)
        {
            if (await ReadAsync(metrics, name, new TimeRange(nowNanos - (window.Ticks * 100), long.MaxValue), cancellationToken) is { } found)
            {
                return found;
            }
        }

        return await ReadAsync(metrics, name, new TimeRange(0, long.MaxValue), cancellationToken);
    }

    private static async Task<long?> ReadAsync(IMetricStore metrics, string name, TimeRange range, CancellationToken cancellationToken)
    {
        var query = new SeriesQuery(range, [new SeriesMatcher.Equal(SeriesField.Name, AttributeValue.Of(name)), new SeriesMatcher.Equal(SeriesField.ScopeName, AttributeValue.Of(Scope.Name))]);
        var series = await metrics.FindSeriesAsync(query, cancellationToken);
        using var samples = new SampleBuffer(MaxSamples);
        await metrics.ReadSamplesAsync(series.Select(found => found.Id).ToArray(), range, samples, cancellationToken);

        // It only ever grows, whatever the clock did.
        return samples.Count == 0 ? null : (long)samples.Values.AsSpan(0, samples.Count).ToArray().Max();
    }
}
