using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>Reads opentelemetry/proto/trace/v1/trace.proto into columns.</summary>
internal static class ProtobufSpans
{
    public static void Read(in TextSource text, SpanBatch batch, DecodeContext context)
    {
        var index = 0;
        var request = new ProtobufReader(text.Body, new TextRef(0, text.Body.Length));
        while (ProtobufEnvelope.TryReadItem(ref request, 1, out var resourceSpans))
        {
            var outer = ProtobufEnvelope.Read(text.Body, resourceSpans);
            var resourceIndex = -1;
            var scopes = new ProtobufReader(text.Body, resourceSpans);
            while (ProtobufEnvelope.TryReadItem(ref scopes, 2, out var scopeSpans))
            {
                var inner = ProtobufEnvelope.Read(text.Body, scopeSpans);
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
                var spans = new ProtobufReader(text.Body, scopeSpans);
                while (ProtobufEnvelope.TryReadItem(ref spans, 2, out var span))
                {
                    DecodeContext.CheckCount(index, context.Limits.MaxRecords, "spans");
                    ReadSpan(text, span, new SpanRow { ResourceIndex = resourceIndex, ScopeIndex = scopeIndex }, batch, context, index++);
                }
            }
        }
    }

    private static void ReadSpan(in TextSource text, TextRef range, SpanRow span, SpanBatch batch, DecodeContext context, int index)
    {
        var attributeStart = batch.Attributes.Count;
        var eventStart = batch.Events.Count;
        var linkStart = batch.Links.Count;
        var attributes = default(AttributeOwner);
        uint dropped = 0, linksRefused = 0;
        string? problem = null;
        var reader = new ProtobufReader(text.Body, range);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (9 << 3) | 2:
                    ProtobufValues.ReadAttribute(text, reader.ReadRange(), batch.Attributes, ref attributes, ref dropped, context.Limits.MaxAttributes);
                    break;
                case (1 << 3) | 2:
                    span.TraceId = TraceId.TryRead(reader.ReadBytes(), out var traceId) ? traceId : default;
                    break;
                case (2 << 3) | 2:
                    span.SpanId = SpanId.TryRead(reader.ReadBytes(), out var spanId) ? spanId : default;
                    break;
                case (3 << 3) | 2:
                    span.TraceState = text.Valid(reader.ReadRange());
                    break;
                case (4 << 3) | 2:
                    var parent = reader.ReadBytes();
                    if (!SpanId.TryRead(parent, out var parentId) && !parent.IsEmpty)
                    {
                        problem = RecordRules.ParentIdInvalid;
                    }

                    span.ParentSpanId = parentId;
                    break;
                case (5 << 3) | 2:
                    span.Name = text.Valid(reader.ReadRange());
                    break;
                case 6 << 3:
                    span.Kind = RecordRules.Kind((long)reader.ReadVarint());
                    break;
                case (7 << 3) | 1:
                    span.StartNanos = (long)reader.ReadFixed64();
                    break;
                case (8 << 3) | 1:
                    span.EndNanos = (long)reader.ReadFixed64();
                    break;
                case 10 << 3:
                    span.DroppedAttributes = (uint)reader.ReadVarint();
                    break;
                case (11 << 3) | 2:
                    ReadEvent(text, reader.ReadRange(), batch, context);
                    break;
                case 12 << 3:
                    span.DroppedEvents = (uint)reader.ReadVarint();
                    break;
                case (13 << 3) | 2:
                    linksRefused += ReadLink(text, reader.ReadRange(), batch, context) ? 0U : 1U;
                    break;
                case 14 << 3:
                    span.DroppedLinks = (uint)reader.ReadVarint();
                    break;
                case (15 << 3) | 2:
                    ReadStatus(text, reader.ReadRange(), ref span);
                    break;
                case (16 << 3) | 5:
                    span.Flags = reader.ReadFixed32();
                    break;
                default:
                    reader.Skip(tag);
                    break;
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
        span.Attributes = attributes.Range;
        span.Events = new RowRange(eventStart, batch.Events.Count);
        span.Links = new RowRange(linkStart, batch.Links.Count);
        batch.Add(span);
    }

    private static void ReadStatus(in TextSource text, TextRef range, ref SpanRow span)
    {
        var reader = new ProtobufReader(text.Body, range);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (2 << 3) | 2:
                    span.StatusMessage = text.Valid(reader.ReadRange());
                    break;
                case 3 << 3:
                    span.StatusCode = RecordRules.StatusCode((long)reader.ReadVarint());
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }
    }

    private static void ReadEvent(in TextSource text, TextRef range, SpanBatch batch, DecodeContext context)
    {
        DecodeContext.CheckCount(batch.Events.Count, context.Limits.MaxRecords, "span events");
        var attributes = default(AttributeOwner);
        uint dropped = 0, droppedBefore = 0;
        long time = 0;
        TextRef name = default;
        var reader = new ProtobufReader(text.Body, range);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (1 << 3) | 1:
                    time = (long)reader.ReadFixed64();
                    break;
                case (2 << 3) | 2:
                    name = text.Valid(reader.ReadRange());
                    break;
                case (3 << 3) | 2:
                    ProtobufValues.ReadAttribute(text, reader.ReadRange(), batch.Attributes, ref attributes, ref dropped, context.Limits.MaxAttributes);
                    break;
                case 4 << 3:
                    droppedBefore = (uint)reader.ReadVarint();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        batch.Events.Add(new SpanEvent(time, name, attributes.Range, droppedBefore + dropped));
    }

    // A link to nowhere is no reason to lose the span: it counts as dropped.
    private static bool ReadLink(in TextSource text, TextRef range, SpanBatch batch, DecodeContext context)
    {
        DecodeContext.CheckCount(batch.Links.Count, context.Limits.MaxRecords, "span links");
        var attributes = default(AttributeOwner);
        uint dropped = 0, droppedBefore = 0, flags = 0;
        TraceId traceId = default;
        SpanId spanId = default;
        TextRef state = default;
        var reader = new ProtobufReader(text.Body, range);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (1 << 3) | 2:
                    TraceId.TryRead(reader.ReadBytes(), out traceId);
                    break;
                case (2 << 3) | 2:
                    SpanId.TryRead(reader.ReadBytes(), out spanId);
                    break;
                case (3 << 3) | 2:
                    state = text.Valid(reader.ReadRange());
                    break;
                case (4 << 3) | 2:
                    ProtobufValues.ReadAttribute(text, reader.ReadRange(), batch.Attributes, ref attributes, ref dropped, context.Limits.MaxAttributes);
                    break;
                case 5 << 3:
                    droppedBefore = (uint)reader.ReadVarint();
                    break;
                case (6 << 3) | 5:
                    flags = reader.ReadFixed32();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        if (traceId.IsEmpty || spanId.IsEmpty)
        {
            return false;
        }

        batch.Links.Add(new SpanLink(traceId, spanId, state, attributes.Range, droppedBefore + dropped, flags));
        return true;
    }
}
