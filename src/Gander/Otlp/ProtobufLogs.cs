using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>Reads opentelemetry/proto/logs/v1/logs.proto into columns.</summary>
internal static class ProtobufLogs
{
    public static void Read(in TextSource text, LogBatch batch, DecodeContext context)
    {
        var index = 0;
        var request = new ProtobufReader(text.Body, new TextRef(0, text.Body.Length));
        while (ProtobufEnvelope.TryReadItem(ref request, 1, out var resourceLogs))
        {
            var outer = ProtobufEnvelope.Read(text.Body, resourceLogs);
            var resourceIndex = -1;
            var scopes = new ProtobufReader(text.Body, resourceLogs);
            while (ProtobufEnvelope.TryReadItem(ref scopes, 2, out var scopeLogs))
            {
                var inner = ProtobufEnvelope.Read(text.Body, scopeLogs);
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
                var records = new ProtobufReader(text.Body, scopeLogs);
                while (ProtobufEnvelope.TryReadItem(ref records, 2, out var record))
                {
                    DecodeContext.CheckCount(index, context.Limits.MaxRecords, "log records");
                    ReadRecord(text, record, new LogRow { ResourceIndex = resourceIndex, ScopeIndex = scopeIndex }, batch, context, index++);
                }
            }
        }
    }

    private static void ReadRecord(in TextSource text, TextRef range, LogRow record, LogBatch batch, DecodeContext context, int index)
    {
        var attributeStart = batch.Attributes.Count;
        var attributes = default(AttributeOwner);
        var dropped = 0U;
        string? problem = null;
        var reader = new ProtobufReader(text.Body, range);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (6 << 3) | 2:
                    ProtobufValues.ReadAttribute(text, reader.ReadRange(), batch.Attributes, ref attributes, ref dropped, context.Limits.MaxAttributes);
                    break;
                case (1 << 3) | 1:
                    record.TimeNanos = (long)reader.ReadFixed64();
                    break;
                case 2 << 3:
                    record.Severity = RecordRules.Severity((long)reader.ReadVarint());
                    break;
                case (3 << 3) | 2:
                    record.SeverityText = text.Valid(reader.ReadRange());
                    break;
                case (5 << 3) | 2:
                    record.BodyKind = ProtobufValues.ReadValue(text, reader.ReadRange(), out var bits, out var body);
                    record.Body = record.BodyKind is AttributeKind.Int or AttributeKind.Double or AttributeKind.Bool
                        ? ValueText.AddScalar(text.Added, record.BodyKind, bits)
                        : body;
                    break;
                case 7 << 3:
                    record.DroppedAttributes = (uint)reader.ReadVarint();
                    break;
                case (8 << 3) | 5:
                    record.Flags = reader.ReadFixed32();
                    break;
                case (9 << 3) | 2:
                    var trace = reader.ReadBytes();
                    problem = TraceId.TryRead(trace, out var traceId) || trace.IsEmpty ? problem : RecordRules.LogTraceIdInvalid;
                    record.TraceId = traceId;
                    break;
                case (10 << 3) | 2:
                    var span = reader.ReadBytes();
                    problem = SpanId.TryRead(span, out var spanId) || span.IsEmpty ? problem : RecordRules.LogSpanIdInvalid;
                    record.SpanId = spanId;
                    break;
                case (11 << 3) | 1:
                    record.ObservedNanos = (long)reader.ReadFixed64();
                    break;
                case (12 << 3) | 2:
                    record.EventName = text.Valid(reader.ReadRange());
                    break;
                default:
                    reader.Skip(tag);
                    break;
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
        record.Attributes = attributes.Range;
        batch.Add(record);
    }
}
