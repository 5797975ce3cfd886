using System.Buffers;
using System.Globalization;

namespace Gander.Api.Parameters;

/// <summary>Lengths of time as text: <c>500ms</c>, <c>1.5s</c>, <c>1h30m</c>; a number without a unit is milliseconds, as in answers.</summary>
public static class DurationText
{
    /// <summary>What is understood, with examples.</summary>
    public const string Expected = "write a number with a unit (ns, us, ms, s, m, h, d, w), as in 500ms, 1.5s or 1h30m";

    private static readonly SearchValues<char> NumberLetters = SearchValues.Create("0123456789.");

    private static readonly (string Unit, long Nanos)[] Units =
    [
        ("ns", 1), ("us", 1_000), ("µs", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000),
        ("h", 3_600_000_000_000), ("d", 86_400_000_000_000), ("w", 604_800_000_000_000),
    ];

    /// <summary>Reads a length that is not negative, in nanoseconds.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, bool unitNeeded, out long nanos)
    {
        nanos = 0;
        text = text.Trim();
        if (text.IsEmpty)
        {
            return false;
        }

        var total = 0m;
        while (!text.IsEmpty)
        {
            var digits = text.IndexOfAnyExcept(NumberLetters);
            var number = digits < 0 ? text : text[..digits];
            if (number.Length > 24 || !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            {
                return false;
            }

            text = text[number.Length..];
            var letters = text.IndexOfAnyInRange('0', '9');
            var unit = letters < 0 ? text : text[..letters];
            text = text[unit.Length..];
            if (UnitNanos(unit, unitNeeded || total != 0) is not { } unitNanos || value > (long.MaxValue - total) / unitNanos)
            {
                return false;
            }

            total += value * unitNanos;
        }

        nanos = (long)total;
        return true;
    }

    /// <summary>The shortest text with one unit that reads back as the same length: <c>1500ms</c>, <c>2s</c>, <c>1h</c>.</summary>
    public static string Format(long nanos)
    {
        for (var i = Units.Length - 1; i > 0; i--)
        {
            // Days and weeks read worse than hours in a filter.
            if (Units[i].Unit is not ("d" or "w" or "µs") && nanos != 0 && nanos % Units[i].Nanos == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{nanos / Units[i].Nanos}{Units[i].Unit}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{nanos}ns");
    }

    private static long? UnitNanos(ReadOnlySpan<char> unit, bool needed)
    {
        if (unit.IsEmpty)
        {
            return needed ? null : 1_000_000;
        }

        foreach (var (name, nanos) in Units)
        {
            if (unit.SequenceEqual(name))
            {
                return nanos;
            }
        }

        return null;
    }
}
