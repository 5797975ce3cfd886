using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>Reads the envelope and the metrics of opentelemetry/proto/metrics/v1/metrics.proto; <see cref="ProtobufPoints"/> reads the points.</summary>
internal static class ProtobufMetrics
{
    /// <summary>What the points of one metric are read with.</summary>
    public readonly record struct Target(MetricBatch Batch, DecodeContext Context, int Metric, string? Problem);

    public static void Read(in TextSource text, MetricBatch batch, DecodeContext context)
    {
        var index = 0;
        var request = new ProtobufReader(text.Body, new TextRef(0, text.Body.Length));
        while (ProtobufEnvelope.TryReadItem(ref request, 1, out var resourceMetrics))
        {
            var outer = ProtobufEnvelope.Read(text.Body, resourceMetrics);
            var resourceIndex = -1;
            var scopes = new ProtobufReader(text.Body, resourceMetrics);
            while (ProtobufEnvelope.TryReadItem(ref scopes, 2, out var scopeMetrics))
            {
                var inner = ProtobufEnvelope.Read(text.Body, scopeMetrics);
                if (!inner.HasItems)
                {
                    continue;
                }

                if (resourceIndex < 0)
                {
                    resourceIndex = batch.Resources.Count;
                    batch.Resources.Add(ProtobufEnvelope.ReadResource(text, outer, context));
                }

                var scopeIndex = batch.Scopes.Count;
                batch.Scopes.Add(ProtobufEnvelope.ReadScope(text, inner, context));
                var metrics = new ProtobufReader(text.Body, scopeMetrics);
                while (ProtobufEnvelope.TryReadItem(ref metrics, 2, out var metric))
                {
                    ReadMetric(text, metric, resourceIndex, scopeIndex, batch, context, ref index);
                }
            }
        }
    }

    private static void ReadMetric(
        in TextSource text, TextRef range, int resourceIndex, int scopeIndex, MetricBatch batch, DecodeContext context, ref int index)
    {
        TextRef name = default, description = default, unit = default, data = default;
        MetricKind? kind = null;
        var reader = new ProtobufReader(text.Body, range);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (1 << 3) | 2:
                    name = text.Valid(reader.ReadRange());
                    break;
                case (2 << 3) | 2:
                    description = text.Valid(reader.ReadRange());
                    break;
                case (3 << 3) | 2:
                    unit = text.Valid(reader.ReadRange());
                    break;
                case (5 << 3) | 2:
                    (kind, data) = (MetricKind.Gauge, reader.ReadRange());
                    break;
                case (7 << 3) | 2:
                    (kind, data) = (MetricKind.Sum, reader.ReadRange());
                    break;
                case (9 << 3) | 2:
                    (kind, data) = (MetricKind.Histogram, reader.ReadRange());
                    break;
                case (10 << 3) | 2:
                    (kind, data) = (MetricKind.ExponentialHistogram, reader.ReadRange());
                    break;
                case (11 << 3) | 2:
                    (kind, data) = (MetricKind.Summary, reader.ReadRange());
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        if (kind is not { } known)
        {
            return;
        }

        var (temporality, isMonotonic, hasPoints) = ReadAggregation(text.Body, data);
        if (!hasPoints)
        {
            return;
        }

        DecodeContext.CheckCount(batch.Metrics.Count, context.Limits.MaxRecords, "metrics");
        var problem = RecordRules.Check(!name.IsEmpty, known, temporality);
        var descriptor = new MetricDescriptor(
            name, unit, description, known, temporality is 1 or 2 ? (Temporality)temporality : Temporality.Unspecified, isMonotonic, resourceIndex, scopeIndex);
        var target = new Target(batch, context, batch.Metrics.Count, problem);
        if (problem is null)
        {
            batch.Metrics.Add(descriptor);
        }

        ProtobufPoints.Read(text, data, known, target, ref index);
    }

    private static (int Temporality, bool IsMonotonic, bool HasPoints) ReadAggregation(ReadOnlySpan<byte> body, TextRef data)
    {
        var temporality = 0;
        bool isMonotonic = false, hasPoints = false;
        var reader = new ProtobufReader(body, data);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (1 << 3) | 2:
                    reader.ReadRange();
                    hasPoints = true;
                    break;
                case 2 << 3:
                    temporality = (int)reader.ReadVarint();
                    break;
                case 3 << 3:
                    isMonotonic = reader.ReadVarint() != 0;
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return (temporality, isMonotonic, hasPoints);
    }
}
