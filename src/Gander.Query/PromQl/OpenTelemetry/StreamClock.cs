namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>
/// Decides of each point of a summed counter what it adds and since when it was at work, and where the days begin. The points
/// come in order of time. Shared by floats and histograms, which only differ in what they add up. Not thread-safe.
/// </summary>
/// <param name="endsWithDay">Whether the count begins anew at midnight UTC.</param>
internal sealed class StreamClock<T>(bool endsWithDay)
    where T : notnull
{
    private readonly Dictionary<(int Origin, long Start), (T Value, long TimeMillis)> _streams = [];
    private long _day = long.MinValue;
    private long _lastTime = long.MinValue;

    /// <summary>Whether the point that was just taken is the first of a new count.</summary>
    public bool IsNewCount { get; private set; }

    /// <summary>When the total before the point must be said once more, or <see cref="long.MinValue"/>.</summary>
    public long HoldMillis { get; private set; }

    /// <summary>What of the value is news.</summary>
    public PointNews News { get; private set; }

    /// <summary>The value of the stream before, where the growth since then is the news.</summary>
    public T? Before { get; private set; }

    /// <summary>Takes the next point.</summary>
    public void Take(long timeNanos, long startNanos, int origin, bool isDelta, T value)
    {
        var time = FlowRules.Millis(timeNanos);
        var day = endsWithDay ? FlowRules.DayOf(time) : long.MinValue;
        IsNewCount = day != _day || _lastTime == long.MinValue;
        _day = day;
        Before = default;
        var since = isDelta ? SinceOfDelta(timeNanos, startNanos, time) : SinceOfCumulative(timeNanos, startNanos, origin, value, time, day);
        HoldMillis = long.MinValue;
        if (since != long.MinValue)
        {
            var hold = Math.Max(Math.Max(since, day), time - FlowRules.MaxLeadMillis);
            hold = IsNewCount ? Math.Max(hold, _lastTime == long.MinValue ? hold : _lastTime + 1) : hold;
            HoldMillis = hold > _lastTime && hold < time ? hold : long.MinValue;
        }

        _lastTime = time;
    }

    private long SinceOfDelta(long timeNanos, long startNanos, long time)
    {
        News = PointNews.Whole;
        return startNanos == 0 || startNanos >= timeNanos ? time - 1 : Math.Min(FlowRules.Millis(startNanos), time - 1);
    }

    private long SinceOfCumulative(long timeNanos, long startNanos, int origin, T value, long time, long day)
    {
        var isKnown = _streams.TryGetValue((origin, startNanos), out var before) && before.TimeMillis >= Oldest(day);
        _streams[(origin, startNanos)] = (value, time);
        if (isKnown)
        {
            (News, Before) = (PointNews.Growth, before.Value);
            return before.TimeMillis;
        }

        var isNew = startNanos != 0 && startNanos < timeNanos && time - FlowRules.Millis(startNanos) <= FlowRules.MaxUnheardMillis;
        News = isNew ? PointNews.Whole : PointNews.None;
        return isNew ? FlowRules.Millis(startNanos) : long.MinValue;
    }

    // What came longer than a day before this one is not read, and must not count when a longer query reads it.
    private static long Oldest(long day) => day == long.MinValue ? day : day - FlowRules.MaxUnheardMillis;
}
