using Gander.Agent.Telemetry.Metrics;
using Gander.Agent.Telemetry.Settings;

namespace Gander.Agent.Telemetry.Wire;

/// <summary>Writes <c>ExportMetricsServiceRequest</c> (OTLP 1.x): monotonic sums of integers, and histograms.</summary>
internal static class MetricRequest
{
    private static readonly OtlpField ResourceMetrics = new(1, "resourceMetrics");
    private static readonly OtlpField ScopeMetrics = new(2, "scopeMetrics");
    private static readonly OtlpField MetricList = new(2, "metrics");
    private static readonly OtlpField Name = new(1, "name");
    private static readonly OtlpField Description = new(2, "description");
    private static readonly OtlpField Unit = new(3, "unit");
    private static readonly OtlpField Sum = new(7, "sum");
    private static readonly OtlpField Histogram = new(9, "histogram");
    private static readonly OtlpField DataPoints = new(1, "dataPoints");
    private static readonly OtlpField AggregationTemporality = new(2, "aggregationTemporality");
    private static readonly OtlpField IsMonotonic = new(3, "isMonotonic");
    private static readonly OtlpField StartTime = new(2, "startTimeUnixNano");
    private static readonly OtlpField Time = new(3, "timeUnixNano");
    private static readonly OtlpField AsInt = new(6, "asInt");
    private static readonly OtlpField NumberAttributes = new(7, "attributes");
    private static readonly OtlpField Count = new(4, "count");
    private static readonly OtlpField HistogramSum = new(5, "sum");
    private static readonly OtlpField BucketCounts = new(6, "bucketCounts");
    private static readonly OtlpField ExplicitBounds = new(7, "explicitBounds");
    private static readonly OtlpField HistogramAttributes = new(9, "attributes");
    private static readonly OtlpField Min = new(11, "min");
    private static readonly OtlpField Max = new(12, "max");

    /// <summary>Writes the series that measured something.</summary>
    public static byte[] Write(OtlpWriter writer, TelemetryResource resource, IEnumerable<InstrumentSeries> instruments, MetricTemporality temporality, DateTimeOffset start, DateTimeOffset now)
    {
        var (startNanos, nowNanos) = (UnixNanos.Of(start.UtcDateTime), UnixNanos.Of(now.UtcDateTime));
        writer.BeginList(ResourceMetrics);
        writer.BeginItem(ResourceMetrics);
        AttributeWriter.WriteResource(writer, resource);
        writer.BeginList(ScopeMetrics);
        writer.BeginItem(ScopeMetrics);
        AttributeWriter.WriteScope(writer, resource);
        writer.BeginList(MetricList);
        foreach (var instrument in instruments)
        {
            writer.BeginItem(MetricList);
            writer.String(Name, instrument.Name);
            WriteOptional(writer, Description, instrument.Description);
            WriteOptional(writer, Unit, instrument.Unit);
            writer.BeginMessage(instrument.Bounds is null ? Sum : Histogram);
            writer.BeginList(DataPoints);
            foreach (var series in instrument.Series)
            {
                if (series.Count > 0)
                {
                    WritePoint(writer, instrument, series, startNanos, nowNanos);
                }
            }

            writer.EndList();
            writer.UInt32(AggregationTemporality, temporality == MetricTemporality.Delta ? 1u : 2u);
            if (instrument.Bounds is null)
            {
                writer.Bool(IsMonotonic, true);
            }

            writer.EndMessage();
            writer.EndMessage();
        }

        writer.EndList();
        writer.EndMessage();
        writer.EndList();
        writer.EndMessage();
        writer.EndList();
        return writer.Finish();
    }

    private static void WritePoint(OtlpWriter writer, InstrumentSeries instrument, MetricSeries series, ulong startNanos, ulong nowNanos)
    {
        writer.BeginItem(DataPoints);
        writer.Fixed64(StartTime, startNanos);
        writer.Fixed64(Time, nowNanos);
        if (instrument.Bounds is { } bounds)
        {
            writer.Fixed64(Count, series.Count);
            writer.Double(HistogramSum, series.Sum);
            writer.Fixed64List(BucketCounts, series.Buckets);
            writer.DoubleList(ExplicitBounds, bounds);
            AttributeWriter.Write(writer, HistogramAttributes, series.Labels);
            writer.Double(Min, series.Min);
            writer.Double(Max, series.Max);
        }
        else
        {
            writer.Fixed64(AsInt, (ulong)series.Total);
            AttributeWriter.Write(writer, NumberAttributes, series.Labels);
        }

        writer.EndMessage();
    }

    private static void WriteOptional(OtlpWriter writer, OtlpField field, string text)
    {
        if (text.Length > 0)
        {
            writer.String(field, text);
        }
    }
}
