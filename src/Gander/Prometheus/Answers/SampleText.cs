using System.Buffers.Text;
using System.Globalization;

namespace Gander.Prometheus.Answers;

/// <summary>Writes times and floats in UTF-8 exactly as Prometheus prints them, without a string between.</summary>
internal static class SampleText
{
    /// <summary>Bytes that any float fits in: 17 digits behind 308 zeros never happen, as large and small ones have an exponent.</summary>
    public const int MaxFloatBytes = 40;

    /// <summary>Bytes that any time fits in.</summary>
    public const int MaxTimeBytes = 24;

    private const double Exact = 1L << 53;

    /// <summary>
    /// A sample's value: the shortest digits that read back as the same float, an exponent only below 1e-6 and from 1e21 on,
    /// <c>NaN</c>, <c>+Inf</c>, <c>-Inf</c>.
    /// </summary>
    /// <returns>The bytes written.</returns>
    public static int WriteFloat(double value, Span<byte> target)
    {
        // Most counters and counts are whole; -0 is none of them.
        if (Math.Abs(value) < Exact && value == Math.Floor(value) && (value != 0 || !double.IsNegative(value)))
        {
            Utf8Formatter.TryFormat((long)value, target, out var digits);
            return digits;
        }

        if (!double.IsFinite(value))
        {
            var name = double.IsNaN(value) ? "NaN"u8 : value > 0 ? "+Inf"u8 : "-Inf"u8;
            name.CopyTo(target);
            return name.Length;
        }

        value.TryFormat(target, out var written, "R", CultureInfo.InvariantCulture);
        return target[..written].Contains((byte)'E') ? Rewrite(target, written, Math.Abs(value)) : written;
    }

    /// <summary>Unix milliseconds as seconds: none or three decimals.</summary>
    /// <returns>The bytes written.</returns>
    public static int WriteTime(long millis, Span<byte> target)
    {
        var at = 0;
        if (millis < 0)
        {
            target[at++] = (byte)'-';
        }

        var (seconds, fraction) = ulong.DivRem(millis < 0 ? 0 - (ulong)millis : (ulong)millis, 1_000);
        Utf8Formatter.TryFormat(seconds, target[at..], out var digits);
        at += digits;
        if (fraction != 0)
        {
            target[at] = (byte)'.';
            target[at + 1] = (byte)('0' + (fraction / 100));
            target[at + 2] = (byte)('0' + (fraction / 10 % 10));
            target[at + 3] = (byte)('0' + (fraction % 10));
            at += 4;
        }

        return at;
    }

    // The runtime writes 1.5E+16 and 1E-05 where Prometheus still, or no longer, has no exponent.
    private static int Rewrite(Span<byte> text, int length, double magnitude)
    {
        Span<byte> digits = stackalloc byte[20];
        var (count, at) = (0, 0);
        var isNegative = text[0] == '-';
        for (at = isNegative ? 1 : 0; text[at] != 'E'; at++)
        {
            if (text[at] != '.')
            {
                digits[count++] = text[at];
            }
        }

        var exponent = int.Parse(text[(at + 1)..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        digits = digits[..count];
        at = isNegative ? 1 : 0;
        if (magnitude is < 1e-6 or >= 1e21)
        {
            return WithExponent(text, at, digits, exponent);
        }

        if (exponent < 0)
        {
            text[at++] = (byte)'0';
            text[at++] = (byte)'.';
            text.Slice(at, -exponent - 1).Fill((byte)'0');
            at += -exponent - 1;
            digits.CopyTo(text[at..]);
            return at + count;
        }

        // From 1e15 to 1e21: at most 17 digits, so that zeros follow or the point comes inside.
        var whole = Math.Min(count, exponent + 1);
        digits[..whole].CopyTo(text[at..]);
        at += whole;
        text.Slice(at, exponent + 1 - whole).Fill((byte)'0');
        at += exponent + 1 - whole;
        if (count > whole)
        {
            text[at++] = (byte)'.';
            digits[whole..].CopyTo(text[at..]);
            at += count - whole;
        }

        return at;
    }

    private static int WithExponent(Span<byte> text, int at, ReadOnlySpan<byte> digits, int exponent)
    {
        text[at++] = digits[0];
        if (digits.Length > 1)
        {
            text[at++] = (byte)'.';
            digits[1..].CopyTo(text[at..]);
            at += digits.Length - 1;
        }

        text[at++] = (byte)'e';
        text[at++] = (byte)(exponent < 0 ? '-' : '+');
        Utf8Formatter.TryFormat(Math.Abs(exponent), text[at..], out var written, new('D', 2));
        return at + written;
    }
}
