using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>Reads attributes and values, which every signal shares, from OTLP/JSON.</summary>
internal static class JsonValues
{
    /// <summary>Adds the attributes of one owner to the columns; the reader stands on their property.</summary>
    public static RowRange ReadAttributes(
        ref Utf8JsonReader reader, in JsonSource source, AttributeColumns columns, ref uint dropped, int maxAttributes)
    {
        var owner = default(AttributeOwner);
        if (!JsonFields.TryEnterArray(ref reader))
        {
            return default;
        }

        while (JsonFields.NextObject(ref reader))
        {
            var kind = ReadKeyValue(ref reader, source, out var key, out var bits, out var value);
            if (!owner.TryPrepare(source.Text, columns, key, maxAttributes))
            {
                dropped++;
            }
            else if (kind is AttributeKind.Int or AttributeKind.Double or AttributeKind.Bool)
            {
                columns.AddScalar(key, kind, bits);
            }
            else
            {
                columns.AddText(key, kind, value);
            }
        }

        return owner.Range;
    }

    /// <summary>Adds attributes to a list of objects, for resources and scopes.</summary>
    public static void ReadAttributes(ref Utf8JsonReader reader, in JsonSource source, List<KeyValuePair<string, AttributeValue>> attributes, ref uint dropped)
    {
        if (!JsonFields.TryEnterArray(ref reader))
        {
            return;
        }

        while (JsonFields.NextObject(ref reader))
        {
            var kind = ReadKeyValue(ref reader, source, out var key, out var bits, out var value);
            if (attributes.Count >= DecodeLimits.MaxAttributesPerOwner)
            {
                dropped++;
                continue;
            }

            attributes.Add(new(
                Encoding.UTF8.GetString(source.Text[key]), new AttributeValue(kind, bits, Encoding.UTF8.GetString(source.Text[value]))));
        }
    }

    /// <summary>Reads the AnyValue of the property the reader stands on: its bits when it is a scalar, else its text.</summary>
    public static AttributeKind ReadValue(ref Utf8JsonReader reader, in JsonSource source, out long bits, out TextRef value)
    {
        bits = 0;
        value = default;
        var kind = AttributeKind.Empty;
        if (!JsonFields.TryEnterObject(ref reader))
        {
            return kind;
        }

        while (JsonFields.NextProperty(ref reader))
        {
            var member = Member(ref reader);
            if (member == AttributeKind.Empty)
            {
                JsonFields.SkipValue(ref reader);
                continue;
            }

            reader.Read();
            if (reader.TokenType == JsonTokenType.Null)
            {
                continue;
            }

            (kind, bits, value) = (member, 0, default);
            switch (member)
            {
                case AttributeKind.String:
                    value = source.ReadText(ref reader);
                    break;
                case AttributeKind.Bytes:
                    value = ReadBytes(ref reader, source);
                    break;
                case AttributeKind.Array or AttributeKind.Map:
                    var start = source.Text.Added.Length;
                    var json = source.Text.Added.StartJson();
                    WriteElements(ref reader, member, json, DecodeLimits.MaxValueDepth);
                    json.Flush();
                    value = source.Text.Added.Since(start);
                    break;
                default:
                    bits = Scalar(ref reader, member);
                    break;
            }
        }

        return kind;
    }

    private static AttributeKind ReadKeyValue(ref Utf8JsonReader reader, in JsonSource source, out TextRef key, out long bits, out TextRef value)
    {
        key = value = default;
        bits = 0;
        var kind = AttributeKind.Empty;
        while (JsonFields.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("key"u8))
            {
                key = JsonFields.ReadText(ref reader, source);
            }
            else if (reader.ValueTextEquals("value"u8))
            {
                kind = ReadValue(ref reader, source, out bits, out value);
            }
            else
            {
                JsonFields.SkipValue(ref reader);
            }
        }

        return kind;
    }

    private static AttributeKind Member(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("stringValue"u8) ? AttributeKind.String
        : reader.ValueTextEquals("intValue"u8) ? AttributeKind.Int
        : reader.ValueTextEquals("boolValue"u8) ? AttributeKind.Bool
        : reader.ValueTextEquals("doubleValue"u8) ? AttributeKind.Double
        : reader.ValueTextEquals("arrayValue"u8) ? AttributeKind.Array
        : reader.ValueTextEquals("kvlistValue"u8) ? AttributeKind.Map
        : reader.ValueTextEquals("bytesValue"u8) ? AttributeKind.Bytes
        : AttributeKind.Empty;

    private static long Scalar(ref Utf8JsonReader reader, AttributeKind kind)
    {
        switch (kind)
        {
            case AttributeKind.Int:
                return JsonFields.Int64(ref reader);
            case AttributeKind.Double:
                return BitConverter.DoubleToInt64Bits(JsonFields.Double(ref reader));
            default:
                if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
                {
                    JsonFields.Throw(reader, "true or false is expected");
                }

                return reader.TokenType == JsonTokenType.True ? 1 : 0;
        }
    }

    private static TextRef ReadBytes(ref Utf8JsonReader reader, in JsonSource source)
    {
        var bytes = DecodeBase64(ref reader, out var length);
        var value = length == 0 ? default : ValueText.AddBase64(source.Text.Added, bytes.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(bytes);
        return value;
    }

    // Standard or URL-safe alphabet, with padding or without, as protobuf's JSON mapping allows.
    private static byte[] DecodeBase64(ref Utf8JsonReader reader, out int length)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            JsonFields.Throw(reader, "base64 is expected");
        }

        var bytes = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length + 4);
        length = JsonEscapes.Decode(reader.ValueSpan, bytes);
        var text = bytes.AsSpan(0, length).TrimEnd((byte)'=');
        text.Replace((byte)'+', (byte)'-');
        text.Replace((byte)'/', (byte)'_');
        var decoded = ArrayPool<byte>.Shared.Rent(text.Length + 4);
        var status = Base64Url.DecodeFromUtf8(text, decoded, out _, out length);
        ArrayPool<byte>.Shared.Return(bytes);
        if (status != OperationStatus.Done)
        {
            ArrayPool<byte>.Shared.Return(decoded);
            JsonFields.Throw(reader, "base64 is expected");
        }

        return decoded;
    }

    // The reader stands on the start of {"values":[…]}; the array is written in the order and form of AttributeKind.
    private static void WriteElements(ref Utf8JsonReader reader, AttributeKind kind, Utf8JsonWriter json, int depth)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            JsonFields.Throw(reader, "an object with values is expected");
        }

        if (depth == 0)
        {
            JsonFields.Throw(reader, $"values nested more than {DecodeLimits.MaxValueDepth} deep");
        }

        json.WriteStartArray();
        while (JsonFields.NextProperty(ref reader))
        {
            if (!reader.ValueTextEquals("values"u8))
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
                if (kind == AttributeKind.Map)
                {
                    WriteEntry(ref reader, json, depth - 1);
                }
                else
                {
                    WriteMember(ref reader, json, depth - 1);
                }
            }
        }

        json.WriteEndArray();
    }

    // Key before value, whatever the order they came in.
    private static void WriteEntry(ref Utf8JsonReader reader, Utf8JsonWriter json, int depth)
    {
        var value = default(Utf8JsonReader);
        bool hasKey = false, hasValue = false;
        json.WriteStartObject();
        json.WritePropertyName("key"u8);
        while (JsonFields.NextProperty(ref reader))
        {
            if (!hasKey && reader.ValueTextEquals("key"u8))
            {
                reader.Read();
                JsonSource.CopyText(ref reader, json);
                hasKey = true;
            }
            else if (reader.ValueTextEquals("value"u8))
            {
                value = reader;
                hasValue = true;
                JsonFields.SkipValue(ref reader);
            }
            else
            {
                JsonFields.SkipValue(ref reader);
            }
        }

        if (!hasKey)
        {
            json.WriteStringValue(""u8);
        }

        json.WritePropertyName("value"u8);
        if (hasValue && JsonFields.TryEnterObject(ref value))
        {
            WriteMember(ref value, json, depth);
        }
        else
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteMember(ref Utf8JsonReader reader, Utf8JsonWriter json, int depth)
    {
        json.WriteStartObject();
        var isWritten = false;
        while (JsonFields.NextProperty(ref reader))
        {
            var kind = isWritten ? AttributeKind.Empty : Member(ref reader);
            reader.Read();
            if (kind == AttributeKind.Empty || reader.TokenType == JsonTokenType.Null)
            {
                reader.Skip();
                continue;
            }

            isWritten = true;
            WriteContent(ref reader, kind, json, depth);
        }

        json.WriteEndObject();
    }

    private static void WriteContent(ref Utf8JsonReader reader, AttributeKind kind, Utf8JsonWriter json, int depth)
    {
        switch (kind)
        {
            case AttributeKind.String:
                json.WritePropertyName("stringValue"u8);
                JsonSource.CopyText(ref reader, json);
                break;
            case AttributeKind.Bytes:
                var bytes = DecodeBase64(ref reader, out var length);
                json.WriteBase64String("bytesValue"u8, bytes.AsSpan(0, length));
                ArrayPool<byte>.Shared.Return(bytes);
                break;
            case AttributeKind.Array or AttributeKind.Map:
                json.WriteStartObject(kind == AttributeKind.Array ? "arrayValue"u8 : "kvlistValue"u8);
                json.WritePropertyName("values"u8);
                WriteElements(ref reader, kind, json, depth);
                json.WriteEndObject();
                break;
            default:
                ValueText.WriteScalar(json, kind, Scalar(ref reader, kind));
                break;
        }
    }
}
