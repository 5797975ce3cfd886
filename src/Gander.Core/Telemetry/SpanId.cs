using System.Buffers.Binary;
using System.Globalization;

namespace Gander.Telemetry;

/// <summary>An 8-byte W3C span id. The default value, zero, means there is none.</summary>
/// <param name="Value">The eight bytes, big-endian.</param>
public readonly record struct SpanId(ulong Value)
{
    /// <summary>Whether there is no span id.</summary>
    public bool IsEmpty => Value == 0;

    /// <summary>Reads the 8 bytes of the wire. Fails for any other length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out SpanId id)
    {
        id = default;
        if (bytes.Length != 8)
        {
            return false;
        }

        id = new SpanId(BinaryPrimitives.ReadUInt64BigEndian(bytes));
        return true;
    }

    /// <summary>Parses 16 hexadecimal digits of any case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SpanId id)
    {
        id = default;
        if (text.Length != 16
            || !ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        id = new SpanId(value);
        return true;
    }

    /// <summary>16 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}
