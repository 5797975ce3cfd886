using System.Text.Json;
using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>Reads metrics from OTLP/JSON into columns; <see cref="JsonPoints"/> reads the points.</summary>
internal static class JsonMetrics
{
    public static void Read(ref Utf8JsonReader reader, in JsonSource source, MetricBatch batch, DecodeContext context)
    {
        var index = 0;
        while (JsonFields.NextProperty(ref reader))
        {
            if (!reader.ValueTextEquals("resourceMetrics"u8))
            {
                JsonFields.SkipValue(ref reader);
            }
            else if (JsonFields.TryEnterArray(ref reader))
            {
                while (JsonFields.NextObject(ref reader))
                {
                    ReadResourceMetrics(ref reader, source, batch, context, ref index);
                }
            }
        }
    }

    private static void ReadResourceMetrics(ref Utf8JsonReader reader, in JsonSource source, MetricBatch batch, DecodeContext context, ref int index)
    {
        var resource = JsonEnvelope.Start();
        while (JsonFields.NextProperty(ref reader))
        {
            if (resource.TryRead(ref reader, source, "resource"u8))
            {
                continue;
            }

            if (!reader.ValueTextEquals("scopeMetrics"u8))
            {
                JsonFields.SkipValue(ref reader);
            }
            else if (JsonFields.TryEnterArray(ref reader))
            {
                while (JsonFields.NextObject(ref reader))
                {
                    ReadScopeMetrics(ref reader, source, ref resource, batch, context, ref index);
                }
            }
        }

        if (resource.Index >= 0)
        {
            batch.Resources[resource.Index] = resource.ReadResource(source, context);
        }
    }

    private static void ReadScopeMetrics(
        ref Utf8JsonReader reader, in JsonSource source, ref JsonEnvelope resource, MetricBatch batch, DecodeContext context, ref int index)
    {
        var scope = JsonEnvelope.Start();
        while (JsonFields.NextProperty(ref reader))
        {
            if (scope.TryRead(ref reader, source, "scope"u8))
            {
                continue;
            }

            if (!reader.ValueTextEquals("metrics"u8))
            {
                JsonFields.SkipValue(ref reader);
            }
            else if (JsonFields.TryEnterArray(ref reader))
            {
                while (JsonFields.NextObject(ref reader))
                {
                    var descriptor = new MetricDescriptor
                    {
                        ResourceIndex = resource.Take(batch.Resources, Resource.Empty),
                        ScopeIndex = scope.Take(batch.Scopes, InstrumentationScope.Empty),
                    };
                    ReadMetric(ref reader, source, descriptor, batch, context, ref index);
                }
            }
        }

        if (scope.Index >= 0)
        {
            batch.Scopes[scope.Index] = scope.ReadScope(source, context);
        }
    }

    // Points need to know their metric, whose name and temporality may stand behind them: they are read in a second walk.
    private static void ReadMetric(
        ref Utf8JsonReader reader, in JsonSource source, MetricDescriptor descriptor, MetricBatch batch, DecodeContext context, ref int index)
    {
        MetricKind? kind = null;
        var data = default(Utf8JsonReader);
        while (JsonFields.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("name"u8))
            {
                descriptor = descriptor with { Name = JsonFields.ReadText(ref reader, source) };
            }
            else if (reader.ValueTextEquals("description"u8))
            {
                descriptor = descriptor with { Description = JsonFields.ReadText(ref reader, source) };
            }
            else if (reader.ValueTextEquals("unit"u8))
            {
                descriptor = descriptor with { Unit = JsonFields.ReadText(ref reader, source) };
            }
            else
            {
                var member = Kind(ref reader);
                var start = reader;
                JsonFields.SkipValue(ref reader);
                if (member is not null && reader.TokenType != JsonTokenType.Null)
                {
                    kind = member;
                    data = start;
                }
            }
        }

        if (kind is not { } known || !JsonFields.TryEnterObject(ref data))
        {
            return;
        }

        var temporality = 0;
        var isMonotonic = false;
        var points = default(Utf8JsonReader);
        var hasPoints = false;
        while (JsonFields.NextProperty(ref data))
        {
            if (data.ValueTextEquals("dataPoints"u8))
            {
                points = data;
                hasPoints = true;
                JsonFields.SkipValue(ref data);
            }
            else if (data.ValueTextEquals("aggregationTemporality"u8))
            {
                temporality = JsonFields.ReadEnum(ref data);
            }
            else if (data.ValueTextEquals("isMonotonic"u8))
            {
                isMonotonic = JsonFields.ReadBool(ref data);
            }
            else
            {
                JsonFields.SkipValue(ref data);
            }
        }

        if (!hasPoints || !JsonFields.TryEnterArray(ref points))
        {
            return;
        }

        DecodeContext.CheckCount(batch.Metrics.Count, context.Limits.MaxRecords, "metrics");
        var problem = RecordRules.Check(!descriptor.Name.IsEmpty, known, temporality);
        var target = new JsonPoints.Target(batch, context, batch.Metrics.Count, known, problem);
        if (problem is null)
        {
            batch.Metrics.Add(descriptor with
            {
                Kind = known,
                Temporality = temporality is 1 or 2 ? (Temporality)temporality : Temporality.Unspecified,
                IsMonotonic = isMonotonic,
            });
        }

        while (JsonFields.NextObject(ref points))
        {
            DecodeContext.CheckCount(index, context.Limits.MaxRecords, "data points");
            JsonPoints.Read(ref points, source, target, index++);
        }
    }

    private static MetricKind? Kind(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("gauge"u8) ? MetricKind.Gauge
        : reader.ValueTextEquals("sum"u8) ? MetricKind.Sum
        : reader.ValueTextEquals("histogram"u8) ? MetricKind.Histogram
        : reader.ValueTextEquals("exponentialHistogram"u8) ? MetricKind.ExponentialHistogram
        : reader.ValueTextEquals("summary"u8) ? MetricKind.Summary
        : null;
}
