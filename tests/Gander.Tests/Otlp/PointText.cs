using System.Globalization;
using Gander.Telemetry;
using Gander.Tests.Stores;

namespace Gander.Tests.Otlp;

/// <summary>Everything of a data point as text: equal texts mean equal points.</summary>
internal static class PointText
{
    public static IReadOnlyList<string> ReadAll(MetricBatch batch) => [.. Enumerable.Range(0, batch.Count).Select(row => Read(batch, row))];

    public static string Read(MetricBatch batch, int row)
    {
        var point = batch.Points[row];
        var metric = batch.Metrics[point.Metric];
        var resource = batch.Resources[metric.ResourceIndex];
        var scope = batch.Scopes[metric.ScopeIndex];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{batch.Text.ToString(metric.Name)} unit={batch.Text.ToString(metric.Unit)} {batch.Text.ToString(metric.Description)} {metric.Kind} {(int)metric.Temporality} {metric.IsMonotonic} [{point.StartNanos}..{point.TimeNanos}] flags={point.Flags} {Value(point.ValueKind, point.ValueBits)} {Distribution(batch, metric.Kind, point)} {Attributes(batch, point.Attributes)} exemplars={Exemplars(batch, point.Exemplars)} resource={PlainAttributes.Describe(resource.Attributes)} {resource.SchemaUrl} scope={scope.Name}@{scope.Version} {PlainAttributes.Describe(scope.Attributes)} {scope.SchemaUrl}");
    }

    private static string Attributes(MetricBatch batch, RowRange range) => PlainAttributes.Describe(PlainAttributes.Read(batch, range));

    private static string Value(AttributeKind kind, long bits) => kind switch
    {
        AttributeKind.Int => bits.ToString(CultureInfo.InvariantCulture),
        AttributeKind.Double => BitConverter.Int64BitsToDouble(bits).ToString("R", CultureInfo.InvariantCulture),
        _ => "none",
    };

    private static string Distribution(MetricBatch batch, MetricKind kind, PointRow point)
    {
        switch (kind)
        {
            case MetricKind.Histogram:
                var histogram = batch.Histograms[point.Distribution];
                return string.Create(CultureInfo.InvariantCulture, $"{histogram.Count} {histogram.Sum} {histogram.Min} {histogram.Max} {Doubles(batch, histogram.Bounds)} {Counts(batch, histogram.Buckets)}");
            case MetricKind.ExponentialHistogram:
                var e = batch.ExponentialHistograms[point.Distribution];
                return string.Create(CultureInfo.InvariantCulture, $"{e.Count} {e.Sum} {e.Min} {e.Max} {e.Scale} {e.ZeroCount} {e.ZeroThreshold} {e.PositiveOffset} {Counts(batch, e.Positive)} {e.NegativeOffset} {Counts(batch, e.Negative)}");
            case MetricKind.Summary:
                var summary = batch.Summaries[point.Distribution];
                return string.Create(CultureInfo.InvariantCulture, $"{summary.Count} {summary.Sum} {Doubles(batch, summary.Quantiles)} {Doubles(batch, summary.Values)}");
            default:
                return "";
        }
    }

    private static string Doubles(MetricBatch batch, RowRange range) =>
        $"[{string.Join(' ', batch.Doubles.Values[range.Start..range.End].ToArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}]";

    private static string Counts(MetricBatch batch, RowRange range) => $"[{string.Join(' ', batch.Counts.Values[range.Start..range.End].ToArray())}]";

    private static string Exemplars(MetricBatch batch, RowRange range) =>
        $"[{string.Join("; ", batch.Exemplars.Values[range.Start..range.End].ToArray().Select(exemplar =>
            $"{exemplar.TimeNanos} {Value(exemplar.ValueKind, exemplar.ValueBits)} {exemplar.TraceId}/{exemplar.SpanId} {Attributes(batch, exemplar.Attributes)}"))}]";
}
