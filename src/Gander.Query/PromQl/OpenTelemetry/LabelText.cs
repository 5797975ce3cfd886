using System.Globalization;
using System.Text;
using System.Text.Json;
using Gander.Telemetry;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>Attribute values as the text of labels: text as it is, everything else as JSON would say it, bytes in base64.</summary>
internal static class LabelText
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1_000 };

    /// <summary>The text; empty for no value.</summary>
    public static string Of(in AttributeValue value) => value.Kind switch
    {
        AttributeKind.Int => value.Bits.ToString(CultureInfo.InvariantCulture),
        AttributeKind.Double => PromQlNumber.Format(value.Double),
        AttributeKind.Bool => value.Bits != 0 ? "true" : "false",
        AttributeKind.Array or AttributeKind.Map => Plain(value),
        _ => value.Text,
    };

    // Held as OTLP/JSON says it, which names the kind of each value; a label says the values alone.
    private static string Plain(in AttributeValue value)
    {
        try
        {
            using var document = JsonDocument.Parse(value.Text, Deep);
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { MaxDepth = 1_000, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                Write(writer, document.RootElement, value.Kind == AttributeKind.Map);
            }

            return Encoding.UTF8.GetString(stream.ToArray());
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return value.Text;
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonElement values, bool isMap)
    {
        if (isMap)
        {
            writer.WriteStartObject();
            foreach (var entry in values.EnumerateArray().OrderBy(entry => entry.GetProperty("key").GetString(), StringComparer.Ordinal))
            {
                writer.WritePropertyName(entry.GetProperty("key").GetString()!);
                WriteValue(writer, entry.TryGetProperty("value", out var value) ? value : default);
            }

            writer.WriteEndObject();
            return;
        }

        writer.WriteStartArray();
        foreach (var value in values.EnumerateArray())
        {
            WriteValue(writer, value);
        }

        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, JsonElement any)
    {
        var member = any.ValueKind == JsonValueKind.Object ? any.EnumerateObject().FirstOrDefault() : default;
        switch (member.Value.ValueKind == JsonValueKind.Undefined ? "" : member.Name)
        {
            case "stringValue" or "bytesValue":
                writer.WriteStringValue(member.Value.GetString());
                break;
            case "intValue":
                writer.WriteRawValue(member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText());
                break;
            case "doubleValue" or "boolValue":
                member.Value.WriteTo(writer);
                break;
            case "arrayValue" or "kvlistValue":
                Write(writer, member.Value.TryGetProperty("values", out var values) ? values : EmptyArray, member.Name == "kvlistValue");
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private static JsonElement EmptyArray { get; } = JsonSerializer.SerializeToElement(Array.Empty<int>());
}
