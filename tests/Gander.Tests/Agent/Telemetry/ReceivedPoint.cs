using System.Globalization;
using Gander.Telemetry;
using Gander.Tests.Stores;

namespace Gander.Tests.Agent.Telemetry;

/// <summary>One data point as it came over the wire.</summary>
internal sealed record ReceivedPoint(string Metric, string Unit, MetricKind Kind, Temporality Temporality, bool IsMonotonic, long StartNanos, long TimeNanos, double Value, ulong Count, IReadOnlyList<double> Bounds, string Labels, Resource Resource)
{
    public static IReadOnlyList<ReceivedPoint> ReadAll(MetricBatch batch) => [.. Enumerable.Range(0, batch.Count).Select(row => Read(batch, row))];

    private static ReceivedPoint Read(MetricBatch batch, int row)
    {
        var point = batch.Points[row];
        var metric = batch.Metrics[point.Metric];
        var histogram = metric.Kind == MetricKind.Histogram ? batch.Histograms[point.Distribution] : default;
        var value = metric.Kind == MetricKind.Histogram ? histogram.Sum ?? 0 : point.ValueKind == AttributeKind.Int ? point.ValueBits : BitConverter.Int64BitsToDouble(point.ValueBits);
        return new ReceivedPoint(
            batch.Text.ToString(metric.Name),
            batch.Text.ToString(metric.Unit),
            metric.Kind,
            metric.Temporality,
            metric.IsMonotonic,
            point.StartNanos,
            point.TimeNanos,
            value,
            histogram.Count,
            [.. batch.Doubles.Values[histogram.Bounds.Start..histogram.Bounds.End]],
            string.Join(' ', PlainAttributes.Read(batch, point.Attributes).OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={Text(label.Value)}")),
            batch.Resources[metric.ResourceIndex]);
    }

    private static string Text(AttributeValue value) => value.Kind switch
    {
        AttributeKind.Bool => value.Bits != 0 ? "true" : "false",
        AttributeKind.Int => value.Bits.ToString(CultureInfo.InvariantCulture),
        _ => value.Text,
    };
}
