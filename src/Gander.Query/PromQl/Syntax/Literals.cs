using System.Buffers;
using System.Globalization;
using System.Text;

namespace Gander.Query.PromQl.Syntax;

/// <summary>Reads numbers, durations and quoted texts as Prometheus (and so Go) writes them.</summary>
public static class Literals
{
    private const int RawByteBase = 0xDC00;

    private static readonly SearchValues<char> s_unitLetters = SearchValues.Create("ywdhms");

    private static readonly (string Unit, double Seconds)[] s_units =
        [("y", 365 * 86400), ("w", 7 * 86400), ("d", 86400), ("h", 3600), ("m", 60), ("s", 1), ("ms", 0.001)];

    /// <summary>Reads a number (decimal, hexadecimal, octal with a leading zero) or a duration, which counts in seconds.</summary>
    public static bool TryReadNumber(string text, out double value)
    {
        if (IsDuration(text))
        {
            return TryReadDuration(text, out value);
        }

        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            var isHexadecimal = ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits);
            value = bits;
            return isHexadecimal;
        }

        if (text.Length > 1 && text[0] == '0' && text.All(character => character is >= '0' and <= '7'))
        {
            value = text.Aggregate(0.0, (sum, digit) => (sum * 8) + (digit - '0'));
            return true;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    /// <summary>Reads a duration such as <c>1h30m</c>: whole numbers with units, largest unit first, each at most once.</summary>
    public static bool TryReadDuration(string text, out double seconds)
    {
        seconds = 0;
        var next = 0;
        for (var at = 0; at < text.Length;)
        {
            var digits = at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }

            var unit = at;
            while (at < text.Length && char.IsAsciiLetter(text[at]))
            {
                at++;
            }

            var found = Array.FindIndex(s_units, candidate => candidate.Unit == text[unit..at]);
            if (found < next || unit == digits || !double.TryParse(text[digits..unit], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                return false;
            }

            seconds += count * s_units[found].Seconds;
            next = found + 1;
        }

        return next > 0;
    }

    /// <summary>Whether a literal is written with units rather than as a number.</summary>
    public static bool IsDuration(string text) =>
        char.IsAsciiDigit(text[0])
        && !text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        && text.AsSpan().ContainsAny(s_unitLetters)
        && !text.Contains('.', StringComparison.Ordinal);

    /// <summary>Unquotes a Go string literal. Bytes that are no UTF-8 (<c>\xff</c>) become lone surrogates.</summary>
    /// <returns>The text, or null when an escape is wrong.</returns>
    public static string? TryUnquote(string literal)
    {
        var inner = literal.AsSpan(1, literal.Length - 2);
        if (literal[0] == '`' || !inner.Contains('\\'))
        {
            return inner.ToString();
        }

        var bytes = new List<byte>(inner.Length);
        for (var at = 0; at < inner.Length;)
        {
            var run = inner[at..].IndexOf('\\');
            if (run != 0)
            {
                var plain = run < 0 ? inner[at..] : inner.Slice(at, run);
                bytes.AddRange(Encoding.UTF8.GetBytes(plain.ToString()));
                at += plain.Length;
                continue;
            }

            if (!TryUnescape(inner[at..], bytes, literal[0], out var used))
            {
                return null;
            }

            at += used;
        }

        return Decode([.. bytes]);
    }

    /// <summary>A text as Go prints it in double quotes; bytes that are no UTF-8 come back as <c>\\xff</c>.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            quoted.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' or '\u007f' => $"\\x{(int)character:x2}",
                _ when IsRawByte(character) => $"\\x{character - RawByteBase:x2}",
                _ => character.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Whether a text has bytes that are no UTF-8 and so can be no label name.</summary>
    public static bool HasRawBytes(string text) => text.Any(IsRawByte);

    private static bool IsRawByte(char character) => character is >= (char)(RawByteBase + 0x80) and <= (char)(RawByteBase + 0xff);

    // A byte that is no UTF-8 is kept as a lone surrogate, which no valid text has.
    private static string Decode(byte[] bytes)
    {
        var text = new StringBuilder();
        for (var at = 0; at < bytes.Length;)
        {
            var status = Rune.DecodeFromUtf8(bytes.AsSpan(at), out var rune, out var used);
            text.Append(status == OperationStatus.Done ? rune.ToString() : string.Concat(bytes.Skip(at).Take(used).Select(one => (char)(RawByteBase + one))));
            at += used;
        }

        return text.ToString();
    }

    private static bool TryUnescape(ReadOnlySpan<char> text, List<byte> bytes, char quote, out int used)
    {
        used = 2;
        if (text.Length < 2)
        {
            return false;
        }

        switch (text[1])
        {
            case 'x':
                return TryAddCode(text, 2, 2, 16, isByte: true, bytes, out used);
            case 'u':
                return TryAddCode(text, 2, 4, 16, isByte: false, bytes, out used);
            case 'U':
                return TryAddCode(text, 2, 8, 16, isByte: false, bytes, out used);
            case >= '0' and <= '7':
                return TryAddCode(text, 1, 3, 8, isByte: true, bytes, out used);
        }

        var at = "abfnrtv\\".IndexOf(text[1], StringComparison.Ordinal);
        if (at < 0 && text[1] != quote)
        {
            return false;
        }

        bytes.Add((byte)(at < 0 ? quote : "\a\b\f\n\r\t\v\\"[at]));
        return true;
    }

    private static bool TryAddCode(ReadOnlySpan<char> text, int start, int digits, int radix, bool isByte, List<byte> bytes, out int used)
    {
        used = start + digits;
        if (text.Length < used)
        {
            return false;
        }

        var code = 0L;
        foreach (var digit in text.Slice(start, digits))
        {
            if (!char.IsAsciiHexDigit(digit) || Convert.ToInt32(digit.ToString(), 16) >= radix)
            {
                return false;
            }

            code = (code * radix) + Convert.ToInt32(digit.ToString(), 16);
        }

        if (isByte)
        {
            bytes.Add((byte)code);
            return code <= 255;
        }

        if (!Rune.IsValid((int)Math.Min(code, int.MaxValue)))
        {
            return false;
        }

        bytes.AddRange(Encoding.UTF8.GetBytes(new Rune((int)code).ToString()));
        return true;
    }
}
