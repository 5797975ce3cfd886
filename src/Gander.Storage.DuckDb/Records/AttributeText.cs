using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Records;

/// <summary>
/// Writes any attribute value as one text, so that a MAP of texts holds every kind: a string stands as it is, everything
/// else begins with a control character that names its kind. A string that itself begins with such a character is marked too.
/// </summary>
internal static class AttributeText
{
    public const byte EscapedString = 1;
    public const byte Int = 2;
    public const byte Double = 3;
    public const byte Bool = 4;
    public const byte Bytes = 5;
    public const byte Array = 6;
    public const byte Map = 7;
    public const byte Empty = 8;

    private const byte LastMark = 8;
    private const byte NaN = (byte)'x';

    /// <summary>The text of a value: either <paramref name="text"/> itself, or what was written to <paramref name="buffer"/>, which is cleared first.</summary>
    public static ReadOnlySpan<byte> Encode(AttributeKind kind, long bits, ReadOnlySpan<byte> text, ArrayBufferWriter<byte> buffer)
    {
        if (kind == AttributeKind.String && (text.IsEmpty || text[0] > LastMark || text[0] == 0))
        {
            return text;
        }

        buffer.ResetWrittenCount();
        switch (kind)
        {
            case AttributeKind.String:
                return Marked(EscapedString, text, buffer);
            case AttributeKind.Bytes:
                return Marked(Bytes, text, buffer);
            case AttributeKind.Array:
                return Marked(Array, text, buffer);
            case AttributeKind.Map:
                return Marked(Map, text, buffer);
            case AttributeKind.Int:
                return Number(Int, bits, buffer);
            case AttributeKind.Bool:
                return Number(Bool, bits, buffer);
            case AttributeKind.Double:
                return Floating(bits, buffer);
            default:
                return Marked(Empty, default, buffer);
        }
    }

    /// <summary>The text of a value outside a batch.</summary>
    public static string Encode(AttributeValue value)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        return Encoding.UTF8.GetString(Encode(value.Kind, value.Bits, Encoding.UTF8.GetBytes(value.Text), buffer));
    }

    /// <summary>Takes a text apart again.</summary>
    public static AttributeKind Decode(ReadOnlySpan<byte> encoded, out long bits, out ReadOnlySpan<byte> text)
    {
        bits = 0;
        text = encoded;
        if (encoded.IsEmpty || encoded[0] > LastMark || encoded[0] == 0)
        {
            return AttributeKind.String;
        }

        var rest = encoded[1..];
        text = default;
        switch (encoded[0])
        {
            case Int:
                bits = Integer(rest);
                return AttributeKind.Int;
            case Bool:
                bits = Integer(rest);
                return AttributeKind.Bool;
            case Double:
                bits = Floating(rest);
                return AttributeKind.Double;
            case Empty:
                return AttributeKind.Empty;
            default:
                text = rest;
                return encoded[0] switch
                {
                    Bytes => AttributeKind.Bytes,
                    Array => AttributeKind.Array,
                    Map => AttributeKind.Map,
                    _ => AttributeKind.String,
                };
        }
    }

    private static ReadOnlySpan<byte> Marked(byte mark, ReadOnlySpan<byte> text, ArrayBufferWriter<byte> buffer)
    {
        buffer.GetSpan(1)[0] = mark;
        buffer.Advance(1);
        buffer.Write(text);
        return buffer.WrittenSpan;
    }

    private static ReadOnlySpan<byte> Number(byte mark, long value, ArrayBufferWriter<byte> buffer)
    {
        var span = buffer.GetSpan(24);
        span[0] = mark;
        Utf8Formatter.TryFormat(value, span[1..], out var written);
        return span[..(written + 1)];
    }

    // The shortest digits that read back as the same number; the bits of a NaN, which has no digits of its own.
    private static ReadOnlySpan<byte> Floating(long bits, ArrayBufferWriter<byte> buffer)
    {
        var span = buffer.GetSpan(40);
        span[0] = Double;
        var value = BitConverter.Int64BitsToDouble(bits);
        int written;
        if (double.IsNaN(value))
        {
            span[1] = NaN;
            bits.TryFormat(span[2..], out written, "x16", CultureInfo.InvariantCulture);
            written++;
        }
        else
        {
            value.TryFormat(span[1..], out written, "R", CultureInfo.InvariantCulture);
        }

        return span[..(written + 1)];
    }

    private static long Integer(ReadOnlySpan<byte> digits) => Utf8Parser.TryParse(digits, out long value, out _) ? value : 0;

    private static long Floating(ReadOnlySpan<byte> digits) => !digits.IsEmpty && digits[0] == NaN
        ? long.Parse(digits[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
        : BitConverter.DoubleToInt64Bits(double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture));
}
