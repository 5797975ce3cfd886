using System.Globalization;

namespace Gander.Api.Parameters;

/// <summary>
/// Instants as text. Written as RFC 3339 in UTC with nine decimals; read as RFC 3339, as Unix seconds with decimals, as Unix
/// nanoseconds, or relative to now (<c>now</c>, <c>now-6h</c>). No digit of a nanosecond is lost either way.
/// </summary>
public static class TimeText
{
    /// <summary>What is understood, with examples, for error messages and the documentation.</summary>
    public const string Expected = "write RFC 3339 (2026-11-22T10:00:00.5Z), Unix seconds (1795341600.5), Unix nanoseconds (19 digits) or a time relative to now (now-6h)";

    private const long NanosPerSecond = 1_000_000_000;

    /// <summary>The length of what <see cref="Format(long)"/> writes.</summary>
    public const int Length = 30;

    /// <summary>RFC 3339 in UTC with nine decimals and Z.</summary>
    public static string Format(long nanos) => string.Create(Length, nanos, static (text, value) => Format(value, text));

    /// <summary>Writes the same into <paramref name="text"/>, which must hold <see cref="Length"/> characters.</summary>
    public static void Format(long nanos, Span<char> text)
    {
        var (seconds, rest) = Math.DivRem(nanos, NanosPerSecond);
        if (rest < 0)
        {
            (seconds, rest) = (seconds - 1, rest + NanosPerSecond);
        }

        var instant = DateTime.UnixEpoch.AddTicks(seconds * TimeSpan.TicksPerSecond);
        instant.TryFormat(text, out _, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        text[19] = '.';
        rest.TryFormat(text[20..], out _, "D9", CultureInfo.InvariantCulture);
        text[29] = 'Z';
    }

    /// <summary>Reads an instant; when it cannot, <paramref name="problem"/> says what was wrong and what works.</summary>
    public static bool TryParse(string text, long nowNanos, out long nanos, out string problem)
    {
        text = text.Trim();
        problem = $"'{text}' is not a time; {Expected}";
        if (text.StartsWith("now", StringComparison.OrdinalIgnoreCase))
        {
            return TryParseRelative(text.AsSpan(3), nowNanos, out nanos);
        }

        if (text.Length > 4 && text[4] == '-' && char.IsAsciiDigit(text[0]))
        {
            return TryParseRfc3339(text, out nanos, ref problem);
        }

        return TryParseUnix(text, out nanos, ref problem);
    }

    private static bool TryParseRelative(ReadOnlySpan<char> offset, long nowNanos, out long nanos)
    {
        nanos = nowNanos;
        if (offset.IsEmpty)
        {
            return true;
        }

        // A '+' that was not escaped arrives as a space.
        if (offset[0] is not ('-' or '+' or ' ') || !DurationText.TryParse(offset[1..], unitNeeded: true, out var length))
        {
            return false;
        }

        var moved = offset[0] == '-' ? (Int128)nowNanos - length : (Int128)nowNanos + length;
        nanos = (long)Int128.Clamp(moved, long.MinValue, long.MaxValue);
        return true;
    }

    private static bool TryParseRfc3339(string text, out long nanos, ref string problem)
    {
        nanos = 0;
        if (text.Length < 20)
        {
            problem = $"'{text}' has no offset from UTC; add Z, as in 2026-11-22T10:00:00Z";
            return false;
        }

        if (text.LastIndexOf(' ') > 18)
        {
            problem = $"'{text}' has a space where an offset was meant; write + as %2B in a URL, or use Z";
            return false;
        }

        if (text[10] is not ('T' or 't' or ' ')
            || !DateTime.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var day)
            || !TimeSpan.TryParseExact(text.AsSpan(11, 8), @"hh\:mm\:ss", CultureInfo.InvariantCulture, out var time))
        {
            return false;
        }

        var rest = text.AsSpan(19);
        var fraction = 0L;
        if (rest[0] == '.')
        {
            var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
            if (digits < 1 || !TryParseFraction(rest.Slice(1, digits), out fraction))
            {
                return false;
            }

            rest = rest[(digits + 1)..];
        }

        if (!TryParseOffset(rest, out var offset))
        {
            return false;
        }

        var ticks = (day + time - offset - DateTime.UnixEpoch).Ticks;
        var whole = (Int128)ticks * 100 + fraction;
        nanos = (long)whole;
        return whole >= long.MinValue && whole <= long.MaxValue;
    }

    private static bool TryParseOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        if (text is "Z" or "z")
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ('+' or '-') || !TimeSpan.TryParseExact(text[1..], @"hh\:mm", CultureInfo.InvariantCulture, out offset))
        {
            return false;
        }

        offset = text[0] == '-' ? -offset : offset;
        return true;
    }

    private static bool TryParseUnix(string text, out long nanos, ref string problem)
    {
        nanos = 0;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text.AsSpan() : text.AsSpan(0, point);
        if (!long.TryParse(whole, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var fraction = 0L;
        if (point >= 0 && !TryParseFraction(text.AsSpan(point + 1), out fraction))
        {
            return false;
        }

        var size = Int128.Abs(number);
        if (size < 100_000_000_000)
        {
            var exact = ((Int128)number * NanosPerSecond) + (text[0] == '-' ? -fraction : fraction);
            nanos = (long)exact;
            return exact >= long.MinValue && exact <= long.MaxValue;
        }

        if (point < 0 && size >= 100_000_000_000_000_000)
        {
            nanos = number;
            return true;
        }

        problem = $"'{text}' is neither Unix seconds nor Unix nanoseconds; milliseconds are written as seconds with decimals, as in 1795341600.250";
        return false;
    }

    // Digits beyond the ninth are below a nanosecond and are cut off.
    private static bool TryParseFraction(ReadOnlySpan<char> digits, out long nanos)
    {
        nanos = 0;
        if (digits.IsEmpty || digits.Length > 18 || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        for (var i = 0; i < 9; i++)
        {
            nanos = (nanos * 10) + (i < digits.Length ? digits[i] - '0' : 0);
        }

        return true;
    }
}
