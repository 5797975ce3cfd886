using Gander.Stores;
using Gander.Telemetry;
using Gander.Tests.Stores.Metrics;

namespace Gander.Tests.Ingest.Derived;

/// <summary>Reads what derivations wrote.</summary>
internal static class DerivedPoints
{
    /// <summary>All points of a metric, by series, then time.</summary>
    public static async Task<IReadOnlyList<PointRecord>> ReadAsync(IMetricStore metrics, string name)
    {
        var everything = new TimeRange(0, long.MaxValue);
        var series = await metrics.FindSeriesAsync(
            new SeriesQuery(everything, [new SeriesMatcher.Equal(SeriesField.Name, AttributeValue.Of(name))]), TestContext.Current.CancellationToken);
        using var points = new MetricBatch();
        await metrics.ReadPointsAsync(series.Select(found => found.Id).ToArray(), everything, points, 1_000_000, TestContext.Current.CancellationToken);
        return PointRecord.ReadAll(points);
    }

    /// <summary>How much a sum grew over all its streams: each start time begins at zero.</summary>
    public static async Task<double> TotalAsync(IMetricStore metrics, string name) =>
        (await ReadAsync(metrics, name)).GroupBy(point => (point.Series, point.StartNanos)).Sum(stream => Number(stream.Last().Value));

    public static string Labels(PointRecord point) =>
        string.Join(' ', point.Attributes.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={(label.Value.Kind == AttributeKind.Bool ? label.Value.Bits : label.Value.Text)}"));

    private static double Number(AttributeValue value) => value.Kind == AttributeKind.Double ? value.Double : value.Bits;
}
