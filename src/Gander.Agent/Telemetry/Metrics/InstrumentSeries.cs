using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Gander.Agent.Telemetry.Metrics;

/// <summary>
/// The series of one instrument. There are at most <see cref="MaxSeries"/>; measurements with further labels share the series
/// <c>otel.metric.overflow</c> (OpenTelemetry metrics SDK, cardinality limits), so that a model that invents names cannot fill memory.
/// </summary>
internal sealed class InstrumentSeries
{
    public const int MaxSeries = 200;
    private static readonly KeyValuePair<string, object?>[] Overflow = [new("otel.metric.overflow", true)];
    private readonly Dictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);

    public InstrumentSeries(Instrument instrument)
    {
        (Name, Unit, Description) = (instrument.Name, instrument.Unit ?? "", instrument.Description ?? "");
        Bounds = instrument is Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } ? [.. bounds] : null;
    }

    public string Name { get; }

    public string Unit { get; }

    public string Description { get; }

    /// <summary>The upper bounds of a histogram's buckets, inclusive; null of a counter.</summary>
    public double[]? Bounds { get; }

    public IReadOnlyCollection<MetricSeries> Series => _series.Values;

    public MetricSeries Of(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var key = new StringBuilder();
        foreach (var (name, value) in labels)
        {
            key.Append(name).Append('\u0001').Append(CultureInfo.InvariantCulture, $"{value}").Append('\u0002');
        }

        return Find(key.ToString(), labels.ToArray());
    }

    private MetricSeries Find(string key, KeyValuePair<string, object?>[] labels)
    {
        if (_series.TryGetValue(key, out var series))
        {
            return series;
        }

        if (_series.Count >= MaxSeries && !ReferenceEquals(labels, Overflow))
        {
            return Find("\u0003", Overflow);
        }

        series = new MetricSeries(labels, Bounds);
        _series.Add(key, series);
        return series;
    }
}
