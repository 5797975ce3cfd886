using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>
/// Walks JSON objects and reads protobuf's JSON forms of scalars. Each read moves to the value of the property the reader
/// stands on; null is the default.
/// </summary>
internal static class JsonFields
{
    /// <summary>Moves to the next property of the object the reader is in; false at its end.</summary>
    public static bool NextProperty(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>Enters the object that is the property's value; false for null.</summary>
    public static bool TryEnterObject(ref Utf8JsonReader reader) => TryEnter(ref reader, JsonTokenType.StartObject, "an object is expected");

    /// <summary>Enters the array that is the property's value; false for null.</summary>
    public static bool TryEnterArray(ref Utf8JsonReader reader) => TryEnter(ref reader, JsonTokenType.StartArray, "an array is expected");

    /// <summary>Moves to the next object of the array the reader is in; false at its end.</summary>
    public static bool NextObject(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            return false;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Throw(reader, "an object is expected");
        }

        return true;
    }

    /// <summary>Passes over the value of an unknown property.</summary>
    public static void SkipValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    public static TextRef ReadText(ref Utf8JsonReader reader, in JsonSource source)
    {
        reader.Read();
        return source.ReadText(ref reader);
    }

    public static bool ReadBool(ref Utf8JsonReader reader)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False or JsonTokenType.Null:
                return false;
            default:
                Throw(reader, "true or false is expected");
                return false;
        }
    }

    /// <summary>Reads a signed integer: a number or a string of one.</summary>
    public static long ReadInt64(ref Utf8JsonReader reader)
    {
        reader.Read();
        return Int64(ref reader);
    }

    /// <summary>Reads the integer the reader stands on.</summary>
    public static long Int64(ref Utf8JsonReader reader)
    {
        var text = Digits(ref reader);
        if (text.IsEmpty && reader.TokenType == JsonTokenType.Null)
        {
            return 0;
        }

        if (Utf8Parser.TryParse(text, out long value, out var used) && used == text.Length)
        {
            return value;
        }

        // 1.0 and 1e3 are integers too; what a double cannot hold exactly is not.
        if (TryParseDouble(text, out var number) && number == Math.Floor(number) && number is >= -9.2e18 and <= 9.2e18)
        {
            return (long)number;
        }

        Throw(reader, "a 64-bit integer is expected");
        return 0;
    }

    /// <summary>Reads an unsigned integer: a number or a string of one.</summary>
    public static ulong ReadUInt64(ref Utf8JsonReader reader)
    {
        reader.Read();
        return UInt64(ref reader);
    }

    /// <summary>Reads the unsigned integer the reader stands on.</summary>
    public static ulong UInt64(ref Utf8JsonReader reader)
    {
        var text = Digits(ref reader);
        if (Utf8Parser.TryParse(text, out ulong value, out var used) && used == text.Length)
        {
            return value;
        }

        var signed = Int64(ref reader);
        if (signed < 0)
        {
            Throw(reader, "an unsigned integer is expected");
        }

        return (ulong)signed;
    }

    /// <summary>Reads a time; beyond 2262 it shows up as negative, which <see cref="RecordRules"/> refuses.</summary>
    public static long ReadNanos(ref Utf8JsonReader reader) => (long)ReadUInt64(ref reader);

    public static uint ReadUInt32(ref Utf8JsonReader reader)
    {
        var value = ReadUInt64(ref reader);
        if (value > uint.MaxValue)
        {
            Throw(reader, "a 32-bit integer is expected");
        }

        return (uint)value;
    }

    public static int ReadInt32(ref Utf8JsonReader reader)
    {
        var value = ReadInt64(ref reader);
        if (value is < int.MinValue or > int.MaxValue)
        {
            Throw(reader, "a 32-bit integer is expected");
        }

        return (int)value;
    }

    /// <summary>Reads an enum, which OTLP/JSON writes as its number and never as its name.</summary>
    public static int ReadEnum(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return 0;
        }

        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var value))
        {
            Throw(reader, "an enum is expected, as its number");
            return 0;
        }

        return value;
    }

    /// <summary>Reads a double: a number, a string of one, or <c>"NaN"</c>, <c>"Infinity"</c>, <c>"-Infinity"</c>.</summary>
    public static double ReadDouble(ref Utf8JsonReader reader)
    {
        reader.Read();
        return Double(ref reader);
    }

    /// <summary>Reads the double the reader stands on.</summary>
    public static double Double(ref Utf8JsonReader reader)
    {
        var text = Digits(ref reader);
        if (text.IsEmpty && reader.TokenType == JsonTokenType.Null)
        {
            return 0;
        }

        if (TryParseDouble(text, out var value))
        {
            return value;
        }

        Throw(reader, "a number is expected");
        return 0;
    }

    /// <summary>Reads a double that may be absent.</summary>
    public static double? ReadOptionalDouble(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : Double(ref reader);
    }

    /// <summary>Reads a trace id in hexadecimal. Of another length than 16 bytes it is empty, with <paramref name="isWrong"/> set unless nothing was there.</summary>
    public static TraceId ReadTraceId(ref Utf8JsonReader reader, out bool isWrong)
    {
        Span<byte> bytes = stackalloc byte[16];
        var length = ReadHex(ref reader, bytes);
        isWrong = !TraceId.TryRead(bytes[..Math.Min(length, 16)], out var id) && length > 0 || length > 16;
        return isWrong ? default : id;
    }

    /// <summary>Reads a span id in hexadecimal. Of another length than 8 bytes it is empty, with <paramref name="isWrong"/> set unless nothing was there.</summary>
    public static SpanId ReadSpanId(ref Utf8JsonReader reader, out bool isWrong)
    {
        Span<byte> bytes = stackalloc byte[16];
        var length = ReadHex(ref reader, bytes);
        isWrong = !SpanId.TryRead(bytes[..Math.Min(length, 16)], out var id) && length > 0;
        return isWrong ? default : id;
    }

    [DoesNotReturn]
    public static void Throw(in Utf8JsonReader reader, string what) =>
        throw new OtlpDecodeException($"not valid OTLP/JSON: {what} at byte {reader.TokenStartIndex}");

    private static bool TryEnter(ref Utf8JsonReader reader, JsonTokenType type, string expected)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return false;
        }

        if (reader.TokenType != type)
        {
            Throw(reader, expected);
        }

        return true;
    }

    // Base64, which protobuf's own JSON would use for ids, is not allowed here.
    private static int ReadHex(ref Utf8JsonReader reader, scoped Span<byte> target)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return 0;
        }

        var text = reader.ValueSpan;
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped || text.Length % 2 != 0
            || text.ContainsAnyExcept(HexDigits))
        {
            Throw(reader, "an id in hexadecimal is expected");
        }

        if (text.Length / 2 <= target.Length)
        {
            Convert.FromHexString(text, target, out _, out _);
        }

        return text.Length / 2;
    }

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private static ReadOnlySpan<byte> Digits(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        if (reader.TokenType is not (JsonTokenType.Number or JsonTokenType.String) || reader.ValueIsEscaped)
        {
            Throw(reader, "a number is expected");
        }

        return reader.ValueSpan;
    }

    private static bool TryParseDouble(ReadOnlySpan<byte> text, out double value)
    {
        switch (text.Length)
        {
            case 3 when text.SequenceEqual("NaN"u8):
                value = double.NaN;
                return true;
            case 8 when text.SequenceEqual("Infinity"u8):
                value = double.PositiveInfinity;
                return true;
            case 9 when text.SequenceEqual("-Infinity"u8):
                value = double.NegativeInfinity;
                return true;
            default:
                return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
                    && double.IsFinite(value);
        }
    }
}
