using System.Globalization;

namespace Gander.Stores;

/// <summary>How stores write the times of <see cref="UsageGroup.Values"/>.</summary>
public static class UsageTime
{
    /// <summary>The day of an instant in UTC, such as <c>2026-03-10</c>.</summary>
    public static string Day(long nanos) => Instant(nanos).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The hour of an instant in UTC, such as <c>2026-03-10T12</c>.</summary>
    public static string Hour(long nanos) => Instant(nanos).ToString("yyyy-MM-ddTHH", CultureInfo.InvariantCulture);

    private static DateTime Instant(long nanos) => DateTime.UnixEpoch.AddTicks(nanos / TimeSpan.NanosecondsPerTick);
}
