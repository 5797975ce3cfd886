using System.Globalization;
using Gander.Sessions.Usage;
using Gander.Telemetry;

namespace Gander.Web.Costs;

/// <summary>The bars of the charts of costs: hours, days or weeks in UTC, which begin on Mondays.</summary>
internal sealed class CostPeriod
{
    private const long DayNanos = 24 * UsageRow.HourNanos;
    private const int MaxBars = 100;

    // The first Monday was the fourth day after 1 January 1970.
    private const long FirstMonday = 4 * DayNanos;

    private readonly long _first;
    private readonly long _step;

    private CostPeriod(string name, long step, long offset, TimeRange range)
    {
        Name = name;
        _step = step;
        _first = offset + ((range.StartNanos - offset) / step * step);
        Count = (int)Math.Clamp(((range.EndNanos - 1 - _first) / step) + 1, 1, 10_000);
    }

    /// <summary>hour, day or week.</summary>
    public string Name { get; }

    /// <summary>What usage is told apart by for it: hour or day.</summary>
    public string By => Name == "hour" ? "hour" : "day";

    /// <summary>The length of a bar, nanoseconds.</summary>
    public long StepNanos => _step;

    /// <summary>How many bars there are.</summary>
    public int Count { get; }

    /// <summary>The starts of the bars, Unix milliseconds.</summary>
    public double[] Times => [.. Enumerable.Range(0, Count).Select(bar => (_first + (bar * _step)) / 1e6)];

    /// <summary>The one of this name where it gives few enough bars, else the finest that does.</summary>
    public static CostPeriod Of(string? name, TimeRange range)
    {
        var hours = (range.EndNanos - range.StartNanos) / UsageRow.HourNanos;
        return name switch
        {
            "hour" when hours <= MaxBars => Hours(range),
            "day" when hours / 24 <= MaxBars => Days(range),
            "week" => Weeks(range),
            _ => hours <= 49 ? Hours(range) : hours / 24 <= MaxBars ? Days(range) : Weeks(range),
        };
    }

    /// <summary>The bar of a time as usage writes it; null for one outside.</summary>
    public int? BarOf(string? time)
    {
        var format = Name == "hour" ? "yyyy-MM-ddTHH" : "yyyy-MM-dd";
        if (!DateTimeOffset.TryParseExact(time, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            return null;
        }

        var bar = (TimeWindow.Nanos(instant) - _first) / _step;
        return bar >= 0 && bar < Count ? (int)bar : null;
    }

    private static CostPeriod Hours(TimeRange range) => new("hour", UsageRow.HourNanos, 0, range);

    private static CostPeriod Days(TimeRange range) => new("day", DayNanos, 0, range);

    private static CostPeriod Weeks(TimeRange range) => new("week", 7 * DayNanos, FirstMonday - (7 * DayNanos), range);
}
