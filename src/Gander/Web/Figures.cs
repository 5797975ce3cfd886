using System.Globalization;

namespace Gander.Web;

/// <summary>
/// Figures as pages show them: three significant digits and an SI suffix; the exact value belongs in the title beside them.
/// Unknown is a dash, never zero.
/// </summary>
public static class Figures
{
    /// <summary>What stands for an unknown value.</summary>
    public const string Unknown = "–";

    private const double Thousand = 1_000;
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>A count: 93, 4.53k, 48.1M.</summary>
    public static string Count(long? value) => value switch
    {
        null => Unknown,
        > -1000 and < 1000 => value.Value.ToString(Culture),
        _ => Scaled(value.Value),
    };

    /// <summary>A count in full, digits grouped: 4,533.</summary>
    public static string Exact(long value) => value.ToString("N0", Culture);

    /// <summary>A count in full with its unit in the right number: 1 call, 4,533 calls.</summary>
    public static string Exact(long value, string unit, string? units = null) => $"{Exact(value)} {(value == 1 ? unit : units ?? unit + "s")}";

    /// <summary>A length of time: 850 ns, 431 ms, 1.57 s, 4 m 12 s, 2 h 36 m, 3 d 4 h.</summary>
    public static string Duration(long? nanos)
    {
        if (nanos is not { } value)
        {
            return Unknown;
        }

        var seconds = Math.Abs(value) / 1e9;
        return value < 0 ? Unknown : seconds switch
        {
            0 => "0 s",
            < 1e-6 => $"{value} ns",
            < 1e-3 => $"{Three(seconds * 1e6)} µs",
            < 0.9995 => $"{Three(seconds * 1e3)} ms",
            < 59.95 => $"{Three(seconds)} s",
            < 3_599.5 => TwoUnits(Math.Round(seconds), 60, "m", 1, "s"),
            < 86_370 => TwoUnits(Math.Round(seconds / 60) * 60, 3_600, "h", 60, "m"),
            _ => TwoUnits(Math.Round(seconds / 3_600) * 3_600, 86_400, "d", 3_600, "h"),
        };
    }

    /// <summary>A length of time in full, in milliseconds or seconds.</summary>
    public static string ExactDuration(long nanos) => string.Create(Culture, $"{nanos / 1e6:#,0.######} ms");

    /// <summary>Money: two decimals from a dollar, four below.</summary>
    public static string Money(decimal? usd) => usd switch
    {
        null => Unknown,
        >= 1 or <= -1 => usd.Value.ToString("$#,0.00", Culture),
        0 => "$0",
        _ => usd.Value.ToString("$0.0000", Culture),
    };

    /// <summary>Bytes: 719 B, 9.5 kB.</summary>
    public static string Bytes(long bytes)
    {
        if (bytes < 1000)
        {
            return $"{bytes} B";
        }

        var scaled = Scaled(bytes);
        return $"{scaled[..^1]} {scaled[^1]}B";
    }

    /// <summary>A share: 2.1 %, 100 %.</summary>
    public static string Percent(double share) => double.IsFinite(share) ? $"{Three(share * 100)} %" : Unknown;

    /// <summary>How long ago an instant was: just now, 40 s ago, 3 h ago.</summary>
    public static string Ago(long nanos, DateTimeOffset now)
    {
        var seconds = (TimeWindow.Nanos(now) - nanos) / 1_000_000_000;
        return seconds switch
        {
            < 2 => "just now",
            < 90 => $"{seconds} s ago",
            < 90 * 60 => $"{seconds / 60} min ago",
            < 36 * 3_600 => $"{seconds / 3_600} h ago",
            _ => $"{seconds / 86_400} d ago",
        };
    }

    /// <summary>An instant of Unix nanoseconds; the ends of the calendar stand for what lies outside it.</summary>
    public static DateTimeOffset Instant(long nanos) => DateTimeOffset.UnixEpoch.AddTicks(nanos / 100);

    /// <summary>An instant as machines read it, to the nanosecond.</summary>
    public static string Iso(long nanos) =>
        string.Create(Culture, $"{Instant(nanos):yyyy-MM-ddTHH:mm:ss}.{((nanos % 1_000_000_000) + 1_000_000_000) % 1_000_000_000:D9}Z");

    private static string Scaled(double value)
    {
        ReadOnlySpan<char> suffixes = ['k', 'M', 'G', 'T', 'P', 'E'];
        var scaled = value / Thousand;
        var index = 0;
        while (Math.Abs(scaled) >= 999.5 && index < suffixes.Length - 1)
        {
            scaled /= Thousand;
            index++;
        }

        return Three(scaled) + suffixes[index];
    }

    private static string Three(double value) => Math.Abs(value) switch
    {
        >= 99.95 => value.ToString("0", Culture),
        >= 9.995 => value.ToString("0.#", Culture),
        _ => value.ToString("0.##", Culture),
    };

    private static string TwoUnits(double seconds, int large, string largeName, int small, string smallName)
    {
        var major = (long)(seconds / large);
        var minor = (long)((seconds - (major * large)) / small);
        return minor == 0 ? $"{major} {largeName}" : $"{major} {largeName} {minor} {smallName}";
    }
}
