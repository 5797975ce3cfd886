using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>Makes the text of values that are not text on the wire, the same from both encodings.</summary>
internal static class ValueText
{
    /// <summary>Appends base64 of <paramref name="bytes"/>.</summary>
    public static TextRef AddBase64(AddedText added, ReadOnlySpan<byte> bytes)
    {
        var start = added.Length;
        var target = added.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length) + 1);
        Base64.EncodeToUtf8(bytes, target, out _, out var written);
        added.Advance(written);
        return added.Since(start);
    }

    /// <summary>Appends a scalar as invariant text, for log bodies.</summary>
    public static TextRef AddScalar(AddedText added, AttributeKind kind, long bits)
    {
        var start = added.Length;
        var target = added.GetSpan(40);
        int written;
        if (kind == AttributeKind.Double)
        {
            BitConverter.Int64BitsToDouble(bits).TryFormat(target, out written, "R", CultureInfo.InvariantCulture);
        }
        else if (kind == AttributeKind.Int)
        {
            bits.TryFormat(target, out written, default, CultureInfo.InvariantCulture);
        }
        else
        {
            var text = bits != 0 ? "true"u8 : "false"u8;
            text.CopyTo(target);
            written = text.Length;
        }

        added.Advance(written);
        return added.Since(start);
    }

    /// <summary>Writes <c>"intValue":"…"</c> and its like, the member of an OTLP/JSON AnyValue, for a scalar.</summary>
    public static void WriteScalar(Utf8JsonWriter json, AttributeKind kind, long bits)
    {
        switch (kind)
        {
            case AttributeKind.Int:
                json.WritePropertyName("intValue"u8);
                WriteInt64(json, bits);
                break;
            case AttributeKind.Double:
                json.WritePropertyName("doubleValue"u8);
                WriteDouble(json, BitConverter.Int64BitsToDouble(bits));
                break;
            case AttributeKind.Bool:
                json.WriteBoolean("boolValue"u8, bits != 0);
                break;
        }
    }

    /// <summary>Writes a 64-bit integer as OTLP/JSON does: a string.</summary>
    public static void WriteInt64(Utf8JsonWriter json, long value)
    {
        Span<byte> text = stackalloc byte[20];
        value.TryFormat(text, out var written, default, CultureInfo.InvariantCulture);
        json.WriteStringValue(text[..written]);
    }

    /// <summary>Writes a double as OTLP/JSON does: a number, or a string where JSON has none.</summary>
    public static void WriteDouble(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8);
        }
    }

    /// <summary>Writes a string that may not be valid UTF-8, with U+FFFD where it is not.</summary>
    public static void WriteString(Utf8JsonWriter json, ReadOnlySpan<byte> text)
    {
        if (Utf8Text.IsValid(text))
        {
            json.WriteStringValue(text);
        }
        else
        {
            json.WriteStringValue(Encoding.UTF8.GetString(text));
        }
    }
}
