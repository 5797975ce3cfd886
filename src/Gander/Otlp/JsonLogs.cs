using System.Text.Json;
using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>Reads log records from OTLP/JSON into columns.</summary>
internal static class JsonLogs
{
    public static void Read(ref Utf8JsonReader reader, in JsonSource source, LogBatch batch, DecodeContext context)
    {
        var index = 0;
        while (JsonFields.NextProperty(ref reader))
        {
            if (!reader.ValueTextEquals("resourceLogs"u8))
            {
                JsonFields.SkipValue(ref reader);
            }
            else if (JsonFields.TryEnterArray(ref reader))
            {
                while (JsonFields.NextObject(ref reader))
                {
                    ReadResourceLogs(ref reader, source, batch, context, ref index);
                }
            }
        }
    }

    private static void ReadResourceLogs(ref Utf8JsonReader reader, in JsonSource source, LogBatch batch, DecodeContext context, ref int index)
    {
        var resource = JsonEnvelope.Start();
        while (JsonFields.NextProperty(ref reader))
        {
            if (resource.TryRead(ref reader, source, "resource"u8))
            {
                continue;
            }

            if (!reader.ValueTextEquals("scopeLogs"u8))
            {
                JsonFields.SkipValue(ref reader);
            }
            else if (JsonFields.TryEnterArray(ref reader))
            {
                while (JsonFields.NextObject(ref reader))
                {
                    ReadScopeLogs(ref reader, source, ref resource, batch, context, ref index);
                }
            }
        }

        if (resource.Index >= 0)
        {
            batch.Resources[resource.Index] = resource.ReadResource(source, context);
        }
    }

    private static void ReadScopeLogs(
        ref Utf8JsonReader reader, in JsonSource source, ref JsonEnvelope resource, LogBatch batch, DecodeContext context, ref int index)
    {
        var scope = JsonEnvelope.Start();
        while (JsonFields.NextProperty(ref reader))
        {
            if (scope.TryRead(ref reader, source, "scope"u8))
            {
                continue;
            }

            if (!reader.ValueTextEquals("logRecords"u8))
            {
                JsonFields.SkipValue(ref reader);
            }
            else if (JsonFields.TryEnterArray(ref reader))
            {
                while (JsonFields.NextObject(ref reader))
                {
                    DecodeContext.CheckCount(index, context.Limits.MaxRecords, "log records");
                    var record = new LogRow
                    {
                        ResourceIndex = resource.Take(batch.Resources, Resource.Empty),
                        ScopeIndex = scope.Take(batch.Scopes, InstrumentationScope.Empty),
                    };
                    ReadRecord(ref reader, source, record, batch, context, index++);
                }
            }
        }

        if (scope.Index >= 0)
        {
            batch.Scopes[scope.Index] = scope.ReadScope(source, context);
        }
    }

    private static void ReadRecord(ref Utf8JsonReader reader, in JsonSource source, LogRow record, LogBatch batch, DecodeContext context, int index)
    {
        var attributeStart = batch.Attributes.Count;
        var dropped = 0U;
        string? problem = null;
        while (JsonFields.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("attributes"u8))
            {
                record.Attributes = JsonValues.ReadAttributes(ref reader, source, batch.Attributes, ref dropped, context.Limits.MaxAttributes);
            }
            else if (reader.ValueTextEquals("body"u8))
            {
                record.BodyKind = JsonValues.ReadValue(ref reader, source, out var bits, out var body);
                record.Body = record.BodyKind is AttributeKind.Int or AttributeKind.Double or AttributeKind.Bool
                    ? ValueText.AddScalar(source.Text.Added, record.BodyKind, bits)
                    : body;
            }
            else
            {
                ReadScalar(ref reader, source, ref record, ref problem);
            }
        }

        problem ??= RecordRules.Check(ref record, context.NowNanos, context.LatestNanos);
        if (problem is not null)
        {
            batch.Attributes.Truncate(attributeStart);
            context.Rejections.Add(problem, index);
            return;
        }

        record.DroppedAttributes += dropped;
        batch.Add(record);
    }

    private static void ReadScalar(ref Utf8JsonReader reader, in JsonSource source, ref LogRow record, ref string? problem)
    {
        if (reader.ValueTextEquals("timeUnixNano"u8))
        {
            record.TimeNanos = JsonFields.ReadNanos(ref reader);
        }
        else if (reader.ValueTextEquals("observedTimeUnixNano"u8))
        {
            record.ObservedNanos = JsonFields.ReadNanos(ref reader);
        }
        else if (reader.ValueTextEquals("severityNumber"u8))
        {
            record.Severity = RecordRules.Severity(JsonFields.ReadEnum(ref reader));
        }
        else if (reader.ValueTextEquals("severityText"u8))
        {
            record.SeverityText = JsonFields.ReadText(ref reader, source);
        }
        else if (reader.ValueTextEquals("eventName"u8))
        {
            record.EventName = JsonFields.ReadText(ref reader, source);
        }
        else if (reader.ValueTextEquals("traceId"u8))
        {
            record.TraceId = JsonFields.ReadTraceId(ref reader, out var isWrong);
            problem = isWrong ? RecordRules.LogTraceIdInvalid : problem;
        }
        else if (reader.ValueTextEquals("spanId"u8))
        {
            record.SpanId = JsonFields.ReadSpanId(ref reader, out var isWrong);
            problem = isWrong ? RecordRules.LogSpanIdInvalid : problem;
        }
        else if (reader.ValueTextEquals("flags"u8))
        {
            record.Flags = JsonFields.ReadUInt32(ref reader);
        }
        else if (reader.ValueTextEquals("droppedAttributesCount"u8))
        {
            record.DroppedAttributes = JsonFields.ReadUInt32(ref reader);
        }
        else
        {
            JsonFields.SkipValue(ref reader);
        }
    }
}
