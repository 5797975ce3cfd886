using System.Text;
using System.Text.Json;
using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>Reads the messages of opentelemetry/proto/common/v1/common.proto that every signal shares.</summary>
internal static class ProtobufValues
{
    /// <summary>Adds one <c>KeyValue</c> to the columns; counts it in <paramref name="dropped"/> when the owner has its fill.</summary>
    public static void ReadAttribute(
        in TextSource text, TextRef range, AttributeColumns columns, ref AttributeOwner owner, ref uint dropped, int maxAttributes)
    {
        ReadKeyValue(text.Body, range, out var keyRange, out var valueRange);
        var key = text.Valid(keyRange);
        if (!owner.TryPrepare(text, columns, key, maxAttributes))
        {
            dropped++;
            return;
        }

        var kind = ReadValue(text, valueRange, out var bits, out var value);
        if (kind is AttributeKind.Int or AttributeKind.Double or AttributeKind.Bool)
        {
            columns.AddScalar(key, kind, bits);
        }
        else
        {
            columns.AddText(key, kind, value);
        }
    }

    /// <summary>Adds one <c>KeyValue</c> to a list of objects, for resources and scopes.</summary>
    public static void ReadAttribute(
        in TextSource text, TextRef range, List<KeyValuePair<string, AttributeValue>> attributes, ref uint dropped)
    {
        if (attributes.Count >= DecodeLimits.MaxAttributesPerOwner)
        {
            dropped++;
            return;
        }

        ReadKeyValue(text.Body, range, out var keyRange, out var valueRange);
        var kind = ReadValue(text, valueRange, out var bits, out var value);
        var key = Encoding.UTF8.GetString(text.Body.Slice(keyRange.Offset, keyRange.Length));
        attributes.Add(new(key, new AttributeValue(kind, bits, Encoding.UTF8.GetString(text[value]))));
    }

    /// <summary>Reads an <c>AnyValue</c>: its bits when it is a scalar, else its text.</summary>
    public static AttributeKind ReadValue(in TextSource text, TextRef range, out long bits, out TextRef value)
    {
        bits = 0;
        value = default;
        var kind = ReadMember(text.Body, range, out var scalar, out var content);
        switch (kind)
        {
            case AttributeKind.String:
                value = text.Valid(content);
                break;
            case AttributeKind.Bytes:
                value = content.IsEmpty ? default : ValueText.AddBase64(text.Added, text.Body.Slice(content.Offset, content.Length));
                break;
            case AttributeKind.Array or AttributeKind.Map:
                var start = text.Added.Length;
                var json = text.Added.StartJson();
                WriteElements(text.Body, content, kind, json, DecodeLimits.MaxValueDepth);
                json.Flush();
                value = text.Added.Since(start);
                break;
            default:
                bits = scalar;
                break;
        }

        return kind;
    }

    /// <summary>Finds name and value, fields 1 and 2 of <c>KeyValue</c> and of Prometheus' <c>Label</c> alike; of one that comes twice the last counts.</summary>
    public static void ReadKeyValue(ReadOnlySpan<byte> body, TextRef range, out TextRef key, out TextRef value)
    {
        key = default;
        value = default;
        var reader = new ProtobufReader(body, range);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (1 << 3) | 2:
                    key = reader.ReadRange();
                    break;
                case (2 << 3) | 2:
                    value = reader.ReadRange();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }
    }

    // Of a oneof the last member on the wire counts.
    private static AttributeKind ReadMember(ReadOnlySpan<byte> body, TextRef range, out long bits, out TextRef content)
    {
        bits = 0;
        content = default;
        var kind = AttributeKind.Empty;
        var reader = new ProtobufReader(body, range);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (1 << 3) | 2:
                    (kind, bits, content) = (AttributeKind.String, 0, reader.ReadRange());
                    break;
                case 2 << 3:
                    (kind, bits, content) = (AttributeKind.Bool, reader.ReadVarint() != 0 ? 1 : 0, default);
                    break;
                case 3 << 3:
                    (kind, bits, content) = (AttributeKind.Int, (long)reader.ReadVarint(), default);
                    break;
                case (4 << 3) | 1:
                    (kind, bits, content) = (AttributeKind.Double, (long)reader.ReadFixed64(), default);
                    break;
                case (5 << 3) | 2:
                    (kind, bits, content) = (AttributeKind.Array, 0, reader.ReadRange());
                    break;
                case (6 << 3) | 2:
                    (kind, bits, content) = (AttributeKind.Map, 0, reader.ReadRange());
                    break;
                case (7 << 3) | 2:
                    (kind, bits, content) = (AttributeKind.Bytes, 0, reader.ReadRange());
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return kind;
    }

    private static void WriteElements(ReadOnlySpan<byte> body, TextRef range, AttributeKind kind, Utf8JsonWriter json, int depth)
    {
        var reader = new ProtobufReader(body, range);
        if (depth == 0)
        {
            reader.Throw($"values nested more than {DecodeLimits.MaxValueDepth} deep");
        }

        json.WriteStartArray();
        while (reader.TryReadTag(out var tag))
        {
            if (tag != ((1 << 3) | 2))
            {
                reader.Skip(tag);
                continue;
            }

            json.WriteStartObject();
            var element = reader.ReadRange();
            if (kind == AttributeKind.Map)
            {
                ReadKeyValue(body, element, out var key, out element);
                json.WritePropertyName("key"u8);
                ValueText.WriteString(json, body.Slice(key.Offset, key.Length));
                json.WriteStartObject("value"u8);
            }

            WriteMember(body, element, json, depth - 1);
            json.WriteEndObject();
            if (kind == AttributeKind.Map)
            {
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteMember(ReadOnlySpan<byte> body, TextRef range, Utf8JsonWriter json, int depth)
    {
        var kind = ReadMember(body, range, out var bits, out var content);
        switch (kind)
        {
            case AttributeKind.String:
                json.WritePropertyName("stringValue"u8);
                ValueText.WriteString(json, body.Slice(content.Offset, content.Length));
                break;
            case AttributeKind.Bytes:
                json.WriteBase64String("bytesValue"u8, body.Slice(content.Offset, content.Length));
                break;
            case AttributeKind.Array or AttributeKind.Map:
                json.WriteStartObject(kind == AttributeKind.Array ? "arrayValue"u8 : "kvlistValue"u8);
                json.WritePropertyName("values"u8);
                WriteElements(body, content, kind, json, depth);
                json.WriteEndObject();
                break;
            default:
                ValueText.WriteScalar(json, kind, bits);
                break;
        }
    }
}
