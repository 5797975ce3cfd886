namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>The times that decide how counters are counted, in one place; <c>docs/metrics.md</c> explains them.</summary>
internal static class FlowRules
{
    /// <summary>How long before its first point a sample may say that a stream stood at zero.</summary>
    public const long MaxLeadMillis = 3_600_000;

    /// <summary>A stream that is first heard of longer than this after its start was running before: its count so far is no news.</summary>
    public const long MaxUnheardMillis = 86_400_000;

    /// <summary>Counters that are added up here begin at zero at each midnight UTC.</summary>
    public const long DayMillis = 86_400_000;

    private const long NanosAMilli = 1_000_000;

    /// <summary>Unix nanoseconds in milliseconds, rounded down.</summary>
    public static long Millis(long nanos)
    {
        var millis = nanos / NanosAMilli;
        return nanos < 0 && millis * NanosAMilli != nanos ? millis - 1 : millis;
    }

    /// <summary>Unix milliseconds in nanoseconds, cut to what fits.</summary>
    public static long Nanos(long millis) => Math.Clamp(millis, long.MinValue / NanosAMilli, long.MaxValue / NanosAMilli) * NanosAMilli;

    /// <summary>The midnight at or before a time.</summary>
    public static long DayOf(long millis)
    {
        var rest = millis % DayMillis;
        return millis - (rest < 0 ? rest + DayMillis : rest);
    }
}
