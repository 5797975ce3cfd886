using System.Buffers.Binary;
using System.Text;
using Gander.Telemetry;

namespace Gander.Tests.Sessions;

/// <summary>Reads captured protobuf bodies into batches, plainly.</summary>
internal static class CapturedBodies
{
    public static SpanBatch Spans(byte[] body)
    {
        var batch = new SpanBatch();
        foreach (var (_, resourceSpans) in Fields(body).Where(field => field.Number == 1))
        {
            Resource(batch, resourceSpans);
            foreach (var (_, scopeSpans) in Fields(resourceSpans).Where(field => field.Number == 2))
            {
                Scope(batch, scopeSpans);
                foreach (var (_, span) in Fields(scopeSpans).Where(field => field.Number == 2))
                {
                    Add(batch, span);
                }
            }
        }

        return batch;
    }

    public static LogBatch Logs(byte[] body)
    {
        var batch = new LogBatch();
        foreach (var (_, resourceLogs) in Fields(body).Where(field => field.Number == 1))
        {
            Resource(batch, resourceLogs);
            foreach (var (_, scopeLogs) in Fields(resourceLogs).Where(field => field.Number == 2))
            {
                Scope(batch, scopeLogs);
                foreach (var (_, record) in Fields(scopeLogs).Where(field => field.Number == 2))
                {
                    Add(batch, record);
                }
            }
        }

        return batch;
    }

    private static void Resource(TelemetryBatch batch, byte[] container)
    {
        var attributes = Fields(container).Where(field => field.Number == 1)
            .SelectMany(field => Fields(field.Bytes)).Where(field => field.Number == 1)
            .Select(field => Pair(field.Bytes));
        batch.Resources.Add(new Resource(attributes));
    }

    private static void Scope(TelemetryBatch batch, byte[] container)
    {
        var name = Fields(container).Where(field => field.Number == 1)
            .SelectMany(field => Fields(field.Bytes)).Where(field => field.Number == 1)
            .Select(field => Encoding.UTF8.GetString(field.Bytes)).FirstOrDefault("");
        batch.Scopes.Add(new InstrumentationScope(name));
    }

    private static void Add(SpanBatch batch, byte[] bytes)
    {
        var row = new SpanRow { ResourceIndex = batch.Resources.Count - 1, ScopeIndex = batch.Scopes.Count - 1 };
        var first = batch.Attributes.Count;
        foreach (var field in Fields(bytes).Where(field => field.Number == 9))
        {
            AddAttribute(batch, field.Bytes);
        }

        row.Attributes = new RowRange(first, batch.Attributes.Count);
        var firstEvent = batch.Events.Count;
        foreach (var field in Fields(bytes).Where(field => field.Number == 11))
        {
            AddEvent(batch, field.Bytes);
        }

        row.Events = new RowRange(firstEvent, batch.Events.Count);
        foreach (var (number, value) in Fields(bytes))
        {
            switch (number)
            {
                case 1: Assert.True(TraceId.TryRead(value, out var trace)); row.TraceId = trace; break;
                case 2: Assert.True(SpanId.TryRead(value, out var span)); row.SpanId = span; break;
                case 4 when value.Length > 0: Assert.True(SpanId.TryRead(value, out var parent)); row.ParentSpanId = parent; break;
                case 5: row.Name = batch.Text.Add((ReadOnlySpan<byte>)value); break;
                case 7: row.StartNanos = BinaryPrimitives.ReadInt64LittleEndian(value); break;
                case 8: row.EndNanos = BinaryPrimitives.ReadInt64LittleEndian(value); break;
                case 12: row.DroppedEvents = (uint)BinaryPrimitives.ReadInt64LittleEndian(value); break;
                case 15: row.StatusCode = (byte)Fields(value).Where(field => field.Number == 3).Select(field => BinaryPrimitives.ReadInt64LittleEndian(field.Bytes)).FirstOrDefault(); break;
            }
        }

        batch.Add(row);
    }

    private static void AddEvent(SpanBatch batch, byte[] bytes)
    {
        var first = batch.Attributes.Count;
        foreach (var field in Fields(bytes).Where(field => field.Number == 3))
        {
            AddAttribute(batch, field.Bytes);
        }

        var name = Fields(bytes).Where(field => field.Number == 2).Select(field => field.Bytes).FirstOrDefault([]);
        var time = Fields(bytes).Where(field => field.Number == 1).Select(field => BinaryPrimitives.ReadInt64LittleEndian(field.Bytes)).FirstOrDefault();
        batch.Events.Add(new SpanEvent(time, batch.Text.Add((ReadOnlySpan<byte>)name), new RowRange(first, batch.Attributes.Count), 0));
    }

    private static void Add(LogBatch batch, byte[] bytes)
    {
        var row = new LogRow { ResourceIndex = batch.Resources.Count - 1, ScopeIndex = batch.Scopes.Count - 1 };
        var first = batch.Attributes.Count;
        foreach (var field in Fields(bytes).Where(field => field.Number == 6))
        {
            AddAttribute(batch, field.Bytes);
        }

        row.Attributes = new RowRange(first, batch.Attributes.Count);
        foreach (var (number, value) in Fields(bytes))
        {
            switch (number)
            {
                case 1: row.TimeNanos = BinaryPrimitives.ReadInt64LittleEndian(value); break;
                case 11: row.ObservedNanos = BinaryPrimitives.ReadInt64LittleEndian(value); break;
                case 2: row.Severity = (byte)BinaryPrimitives.ReadInt64LittleEndian(value); break;
                case 5: (row.BodyKind, _, var text) = Value(value); row.Body = batch.Text.Add(text.AsSpan()); break;
                case 8: row.Flags = (uint)BinaryPrimitives.ReadInt32LittleEndian(value); break;
                case 9 when value.Length > 0: Assert.True(TraceId.TryRead(value, out var trace)); row.TraceId = trace; break;
                case 10 when value.Length > 0: Assert.True(SpanId.TryRead(value, out var span)); row.SpanId = span; break;
            }
        }

        batch.Add(row);
    }

    private static void AddAttribute(TelemetryBatch batch, byte[] bytes)
    {
        var (key, value) = Pair(bytes);
        var name = batch.Text.Add(key.AsSpan());
        if (value.Kind is AttributeKind.Int or AttributeKind.Bool or AttributeKind.Double)
        {
            batch.Attributes.AddScalar(name, value.Kind, value.Bits);
        }
        else
        {
            batch.Attributes.AddText(name, value.Kind, batch.Text.Add(value.Text.AsSpan()));
        }
    }

    private static KeyValuePair<string, AttributeValue> Pair(byte[] bytes)
    {
        var key = "";
        var value = default(AttributeValue);
        foreach (var (number, content) in Fields(bytes))
        {
            if (number == 1)
            {
                key = Encoding.UTF8.GetString(content);
            }
            else
            {
                var (kind, bits, text) = Value(content);
                value = new AttributeValue(kind, bits, text);
            }
        }

        return new(key, value);
    }

    private static (AttributeKind Kind, long Bits, string Text) Value(byte[] bytes)
    {
        foreach (var (number, content) in Fields(bytes))
        {
            return number switch
            {
                1 => (AttributeKind.String, 0, Encoding.UTF8.GetString(content)),
                2 => (AttributeKind.Bool, BinaryPrimitives.ReadInt64LittleEndian(content), ""),
                3 => (AttributeKind.Int, BinaryPrimitives.ReadInt64LittleEndian(content), ""),
                4 => (AttributeKind.Double, BinaryPrimitives.ReadInt64LittleEndian(content), ""),
                _ => (AttributeKind.Empty, 0, ""),
            };
        }

        return (AttributeKind.Empty, 0, "");
    }

    private static List<(int Number, byte[] Bytes)> Fields(byte[] bytes)
    {
        var fields = new List<(int, byte[])>();
        var at = 0;
        while (at < bytes.Length)
        {
            var tag = Varint(bytes, ref at);
            var length = (tag & 7) switch { 1 => 8, 5 => 4, 2 => (int)Varint(bytes, ref at), _ => -1 };
            if (length < 0)
            {
                fields.Add(((int)(tag >> 3), BitConverter.GetBytes(Varint(bytes, ref at))));
                continue;
            }

            fields.Add(((int)(tag >> 3), bytes[at..(at + length)]));
            at += length;
        }

        return fields;
    }

    private static ulong Varint(byte[] bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var b = bytes[at++];
            value |= (ulong)(b & 127) << shift;
            if (b < 128)
            {
                return value;
            }
        }
    }
}
