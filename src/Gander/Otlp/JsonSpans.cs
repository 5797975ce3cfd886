using System.Text.Json;
using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>Reads spans from OTLP/JSON into columns.</summary>
internal static class JsonSpans
{
    public static void Read(ref Utf8JsonReader reader, in JsonSource source, SpanBatch batch, DecodeContext context)
    {
        var index = 0;
        while (JsonFields.NextProperty(ref reader))
        {
            if (!reader.ValueTextEquals("resourceSpans"u8))
            {
                JsonFields.SkipValue(ref reader);
                continue;
            }

            if (!JsonFields.TryEnterArray(ref reader))
            {
                continue;
            }

            while (JsonFields.NextObject(ref reader))
            {
                ReadResourceSpans(ref reader, source, batch, context, ref index);
            }
        }
    }

    private static void ReadResourceSpans(ref Utf8JsonReader reader, in JsonSource source, SpanBatch batch, DecodeContext context, ref int index)
    {
        var resource = JsonEnvelope.Start();
        while (JsonFields.NextProperty(ref reader))
        {
            if (resource.TryRead(ref reader, source, "resource"u8))
            {
                continue;
            }

            if (!reader.ValueTextEquals("scopeSpans"u8))
            {
                JsonFields.SkipValue(ref reader);
            }
            else if (JsonFields.TryEnterArray(ref reader))
            {
                while (JsonFields.NextObject(ref reader))
                {
                    ReadScopeSpans(ref reader, source, ref resource, batch, context, ref index);
                }
            }
        }

        if (resource.Index >= 0)
        {
            batch.Resources[resource.Index] = resource.ReadResource(source, context);
        }
    }

    private static void ReadScopeSpans(
        ref Utf8JsonReader reader, in JsonSource source, ref JsonEnvelope resource, SpanBatch batch, DecodeContext context, ref int index)
    {
        var scope = JsonEnvelope.Start();
        while (JsonFields.NextProperty(ref reader))
        {
            if (scope.TryRead(ref reader, source, "scope"u8))
            {
                continue;
            }

            if (!reader.ValueTextEquals("spans"u8))
            {
                JsonFields.SkipValue(ref reader);
            }
            else if (JsonFields.TryEnterArray(ref reader))
            {
                while (JsonFields.NextObject(ref reader))
                {
                    DecodeContext.CheckCount(index, context.Limits.MaxRecords, "spans");
                    var span = new SpanRow
                    {
                        ResourceIndex = resource.Take(batch.Resources, Resource.Empty),
                        ScopeIndex = scope.Take(batch.Scopes, InstrumentationScope.Empty),
                    };
                    ReadSpan(ref reader, source, span, batch, context, index++);
                }
            }
        }

        if (scope.Index >= 0)
        {
            batch.Scopes[scope.Index] = scope.ReadScope(source, context);
        }
    }

    private static void ReadSpan(ref Utf8JsonReader reader, in JsonSource source, SpanRow span, SpanBatch batch, DecodeContext context, int index)
    {
        var attributeStart = batch.Attributes.Count;
        var eventStart = batch.Events.Count;
        var linkStart = batch.Links.Count;
        uint dropped = 0, linksRefused = 0;
        string? problem = null;
        while (JsonFields.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("attributes"u8))
            {
                span.Attributes = JsonValues.ReadAttributes(ref reader, source, batch.Attributes, ref dropped, context.Limits.MaxAttributes);
            }
            else if (reader.ValueTextEquals("events"u8))
            {
                ReadEvents(ref reader, source, batch, context);
            }
            else if (reader.ValueTextEquals("links"u8))
            {
                linksRefused += ReadLinks(ref reader, source, batch, context);
            }
            else if (reader.ValueTextEquals("status"u8))
            {
                ReadStatus(ref reader, source, ref span);
            }
            else
            {
                ReadScalar(ref reader, source, ref span, ref problem);
            }
        }

        problem ??= RecordRules.Check(ref span, context.LatestNanos);
        if (problem is not null)
        {
            batch.Attributes.Truncate(attributeStart);
            batch.Events.Truncate(eventStart);
            batch.Links.Truncate(linkStart);
            context.Rejections.Add(problem, index);
            return;
        }

        span.DroppedAttributes += dropped;
        span.DroppedLinks += linksRefused;
        span.Events = new RowRange(eventStart, batch.Events.Count);
        span.Links = new RowRange(linkStart, batch.Links.Count);
        batch.Add(span);
    }

    private static void ReadScalar(ref Utf8JsonReader reader, in JsonSource source, ref SpanRow span, ref string? problem)
    {
        if (reader.ValueTextEquals("traceId"u8))
        {
            span.TraceId = JsonFields.ReadTraceId(ref reader, out _);
        }
        else if (reader.ValueTextEquals("spanId"u8))
        {
            span.SpanId = JsonFields.ReadSpanId(ref reader, out _);
        }
        else if (reader.ValueTextEquals("parentSpanId"u8))
        {
            span.ParentSpanId = JsonFields.ReadSpanId(ref reader, out var isWrong);
            problem = isWrong ? RecordRules.ParentIdInvalid : problem;
        }
        else if (reader.ValueTextEquals("name"u8))
        {
            span.Name = JsonFields.ReadText(ref reader, source);
        }
        else if (reader.ValueTextEquals("kind"u8))
        {
            span.Kind = RecordRules.Kind(JsonFields.ReadEnum(ref reader));
        }
        else if (reader.ValueTextEquals("startTimeUnixNano"u8))
        {
            span.StartNanos = JsonFields.ReadNanos(ref reader);
        }
        else if (reader.ValueTextEquals("endTimeUnixNano"u8))
        {
            span.EndNanos = JsonFields.ReadNanos(ref reader);
        }
        else if (reader.ValueTextEquals("traceState"u8))
        {
            span.TraceState = JsonFields.ReadText(ref reader, source);
        }
        else if (reader.ValueTextEquals("flags"u8))
        {
            span.Flags = JsonFields.ReadUInt32(ref reader);
        }
        else if (reader.ValueTextEquals("droppedAttributesCount"u8))
        {
            span.DroppedAttributes = JsonFields.ReadUInt32(ref reader);
        }
        else if (reader.ValueTextEquals("droppedEventsCount"u8))
        {
            span.DroppedEvents = JsonFields.ReadUInt32(ref reader);
        }
        else if (reader.ValueTextEquals("droppedLinksCount"u8))
        {
            span.DroppedLinks = JsonFields.ReadUInt32(ref reader);
        }
        else
        {
            JsonFields.SkipValue(ref reader);
        }
    }

    private static void ReadStatus(ref Utf8JsonReader reader, in JsonSource source, ref SpanRow span)
    {
        if (!JsonFields.TryEnterObject(ref reader))
        {
            return;
        }

        while (JsonFields.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("message"u8))
            {
                span.StatusMessage = JsonFields.ReadText(ref reader, source);
            }
            else if (reader.ValueTextEquals("code"u8))
            {
                span.StatusCode = RecordRules.StatusCode(JsonFields.ReadEnum(ref reader));
            }
            else
            {
                JsonFields.SkipValue(ref reader);
            }
        }
    }

    private static void ReadEvents(ref Utf8JsonReader reader, in JsonSource source, SpanBatch batch, DecodeContext context)
    {
        if (!JsonFields.TryEnterArray(ref reader))
        {
            return;
        }

        while (JsonFields.NextObject(ref reader))
        {
            DecodeContext.CheckCount(batch.Events.Count, context.Limits.MaxRecords, "span events");
            long time = 0;
            TextRef name = default;
            RowRange attributes = default;
            uint dropped = 0, droppedBefore = 0;
            while (JsonFields.NextProperty(ref reader))
            {
                if (reader.ValueTextEquals("timeUnixNano"u8))
                {
                    time = JsonFields.ReadNanos(ref reader);
                }
                else if (reader.ValueTextEquals("name"u8))
                {
                    name = JsonFields.ReadText(ref reader, source);
                }
                else if (reader.ValueTextEquals("attributes"u8))
                {
                    attributes = JsonValues.ReadAttributes(ref reader, source, batch.Attributes, ref dropped, context.Limits.MaxAttributes);
                }
                else if (reader.ValueTextEquals("droppedAttributesCount"u8))
                {
                    droppedBefore = JsonFields.ReadUInt32(ref reader);
                }
                else
                {
                    JsonFields.SkipValue(ref reader);
                }
            }

            batch.Events.Add(new SpanEvent(time, name, attributes, droppedBefore + dropped));
        }
    }

    private static uint ReadLinks(ref Utf8JsonReader reader, in JsonSource source, SpanBatch batch, DecodeContext context)
    {
        var refused = 0U;
        if (!JsonFields.TryEnterArray(ref reader))
        {
            return refused;
        }

        while (JsonFields.NextObject(ref reader))
        {
            DecodeContext.CheckCount(batch.Links.Count, context.Limits.MaxRecords, "span links");
            if (ReadLink(ref reader, source, batch, context) is { TraceId.IsEmpty: false, SpanId.IsEmpty: false } link)
            {
                batch.Links.Add(link);
            }
            else
            {
                refused++;
            }
        }

        return refused;
    }

    private static SpanLink ReadLink(ref Utf8JsonReader reader, in JsonSource source, SpanBatch batch, DecodeContext context)
    {
        TraceId traceId = default;
        SpanId spanId = default;
        TextRef state = default;
        RowRange attributes = default;
        uint dropped = 0, droppedBefore = 0, flags = 0;
        while (JsonFields.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("traceId"u8))
            {
                traceId = JsonFields.ReadTraceId(ref reader, out _);
            }
            else if (reader.ValueTextEquals("spanId"u8))
            {
                spanId = JsonFields.ReadSpanId(ref reader, out _);
            }
            else if (reader.ValueTextEquals("traceState"u8))
            {
                state = JsonFields.ReadText(ref reader, source);
            }
            else if (reader.ValueTextEquals("attributes"u8))
            {
                attributes = JsonValues.ReadAttributes(ref reader, source, batch.Attributes, ref dropped, context.Limits.MaxAttributes);
            }
            else if (reader.ValueTextEquals("droppedAttributesCount"u8))
            {
                droppedBefore = JsonFields.ReadUInt32(ref reader);
            }
            else if (reader.ValueTextEquals("flags"u8))
            {
                flags = JsonFields.ReadUInt32(ref reader);
            }
            else
            {
                JsonFields.SkipValue(ref reader);
            }
        }

        return new SpanLink(traceId, spanId, state, attributes, droppedBefore + dropped, flags);
    }
}
