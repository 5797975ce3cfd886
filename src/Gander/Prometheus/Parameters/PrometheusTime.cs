using System.Globalization;
using Gander.Api.Parameters;
using Gander.Query.PromQl.Syntax;

namespace Gander.Prometheus.Parameters;

/// <summary>Reads times and durations as Prometheus' API takes them, and times relative to now besides.</summary>
internal static class PrometheusTime
{
    /// <summary>The first time there is: what lies before it is the same. Any time between these two fits into Unix nanoseconds.</summary>
    public const long FirstMillis = -9_000_000_000_000;

    /// <summary>The last time there is.</summary>
    public const long LastMillis = 9_000_000_000_000;

    // How Prometheus writes the ends of its own range of times.
    private const string First = "-292273086-05-16T16:47:06Z";
    private const string Last = "292277025-08-18T07:12:54.999999999Z";

    /// <summary>Reads Unix seconds with decimals, RFC 3339, or <c>now-6h</c> as Unix milliseconds; what lies outside the range becomes its end.</summary>
    public static bool TryParse(string text, long nowMillis, out long millis)
    {
        if (TryParseSeconds(text, out var seconds))
        {
            millis = Clamp(seconds * 1_000);
            return true;
        }

        if (text is First or Last)
        {
            millis = text == First ? FirstMillis : LastMillis;
            return true;
        }

        var isTime = TimeText.TryParse(text, nowMillis * 1_000_000, out var nanos, out _);
        millis = (long)Math.Floor(nanos / 1e6);
        return isTime;
    }

    /// <summary>Reads decimal seconds or <c>1h30m</c>; may be zero or negative.</summary>
    public static bool TryParseDuration(string text, out long millis)
    {
        millis = 0;
        if (TryParseSeconds(text, out var seconds) || (text.Length > 0 && Literals.TryReadDuration(text, out seconds)))
        {
            millis = Clamp(seconds * 1_000);
            return true;
        }

        return false;
    }

    private static bool TryParseSeconds(string text, out double seconds) =>
        double.TryParse(text, NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out seconds) && double.IsFinite(seconds);

    private static long Clamp(double millis) => (long)Math.Clamp(Math.Round(millis), FirstMillis, LastMillis);
}
