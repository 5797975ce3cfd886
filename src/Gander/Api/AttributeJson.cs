using System.Globalization;
using System.Text;
using System.Text.Json;
using Gander.Telemetry;

namespace Gander.Api;

/// <summary>
/// Writes attributes as plain JSON: <c>{"gen_ai.request.model":"gpt-4o","retries":2}</c>. Arrays and maps become arrays and
/// objects, bytes their base64 text, and numbers that JSON does not have (NaN, infinities) their names.
/// </summary>
internal static class AttributeJson
{
    private const int MaxDepth = 256;

    private static readonly JsonElement NoValues = JsonElement.Parse("[]");

    /// <summary>Writes the attributes of one record; of a key that comes twice, the last value counts.</summary>
    public static void Write(Utf8JsonWriter json, string name, TelemetryBatch batch, RowRange range)
    {
        var (attributes, text) = (batch.Attributes, batch.Text);
        json.WriteStartObject(name);
        for (var row = range.Start; row < range.End; row++)
        {
            if (!ComesAgain(batch, row, range.End))
            {
                json.WritePropertyName(text[attributes.Keys[row]]);
                WriteValue(json, attributes.Kinds[row], attributes.Bits[row], text[attributes.Texts[row]]);
            }
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the attributes of a resource or scope.</summary>
    public static void Write(Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, AttributeValue>> attributes)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in attributes)
        {
            json.WritePropertyName(key);
            WriteValue(json, value);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes one value.</summary>
    public static void WriteValue(Utf8JsonWriter json, AttributeKind kind, long bits, ReadOnlySpan<byte> text)
    {
        switch (kind)
        {
            case AttributeKind.Empty:
                json.WriteNullValue();
                break;
            case AttributeKind.Int:
                json.WriteNumberValue(bits);
                break;
            case AttributeKind.Bool:
                json.WriteBooleanValue(bits != 0);
                break;
            case AttributeKind.Double:
                WriteNumber(json, BitConverter.Int64BitsToDouble(bits));
                break;
            case AttributeKind.Array or AttributeKind.Map:
                WriteNested(json, kind, text);
                break;
            default:
                json.WriteStringValue(text);
                break;
        }
    }

    private static void WriteValue(Utf8JsonWriter json, AttributeValue value) =>
        WriteValue(json, value.Kind, value.Bits, Encoding.UTF8.GetBytes(value.Text));

    private static bool ComesAgain(TelemetryBatch batch, int row, int end)
    {
        var key = batch.Text[batch.Attributes.Keys[row]];
        for (var later = row + 1; later < end; later++)
        {
            if (batch.Text[batch.Attributes.Keys[later]].SequenceEqual(key))
            {
                return true;
            }
        }

        return false;
    }

    private static void WriteNumber(Utf8JsonWriter json, double number)
    {
        if (double.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
        }
    }

    // Arrays and maps are held as the OTLP/JSON text of their values. Text that is not that is shown as it is.
    private static void WriteNested(Utf8JsonWriter json, AttributeKind kind, ReadOnlySpan<byte> text)
    {
        JsonDocument document;
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxDepth });
            document = JsonDocument.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            json.WriteStringValue(text);
            return;
        }

        using (document)
        {
            WriteValues(json, document.RootElement, isMap: kind == AttributeKind.Map);
        }
    }

    private static void WriteValues(Utf8JsonWriter json, JsonElement values, bool isMap)
    {
        if (values.ValueKind != JsonValueKind.Array)
        {
            json.WriteNullValue();
            return;
        }

        if (isMap)
        {
            json.WriteStartObject();
        }
        else
        {
            json.WriteStartArray();
        }

        foreach (var item in values.EnumerateArray())
        {
            if (isMap)
            {
                json.WritePropertyName(Member(item, "key") is { ValueKind: JsonValueKind.String } key ? key.GetString()! : "");
            }

            WriteAny(json, isMap ? Member(item, "value") : item);
        }

        if (isMap)
        {
            json.WriteEndObject();
        }
        else
        {
            json.WriteEndArray();
        }
    }

    // One AnyValue of OTLP/JSON; 64-bit integers stand there as text.
    private static void WriteAny(Utf8JsonWriter json, JsonElement? any)
    {
        if (any is not { ValueKind: JsonValueKind.Object } value || !value.EnumerateObject().MoveNext())
        {
            json.WriteNullValue();
            return;
        }

        var member = value.EnumerateObject().First();
        switch (member.Name)
        {
            case "arrayValue":
                WriteValues(json, Member(member.Value, "values") ?? NoValues, isMap: false);
                break;
            case "kvlistValue":
                WriteValues(json, Member(member.Value, "values") ?? NoValues, isMap: true);
                break;
            case "intValue" when member.Value.ValueKind == JsonValueKind.String && long.TryParse(member.Value.GetString(), CultureInfo.InvariantCulture, out var number):
                json.WriteNumberValue(number);
                break;
            default:
                member.Value.WriteTo(json);
                break;
        }
    }

    private static JsonElement? Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : null;
}
