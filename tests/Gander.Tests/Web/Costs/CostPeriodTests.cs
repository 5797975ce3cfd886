using Gander.Telemetry;
using Gander.Web.Costs;

namespace Gander.Tests.Web.Costs;

public sealed class CostPeriodTests
{
    [Theory]
    [InlineData(null, "2026-03-10T12:00Z", "2026-03-10T18:00Z", "hour", 6)]
    [InlineData(null, "2026-03-01T00:00Z", "2026-03-31T00:00Z", "day", 30)]
    [InlineData(null, "2025-01-01T00:00Z", "2026-03-31T00:00Z", "week", 66)]
    [InlineData("week", "2026-03-10T12:00Z", "2026-03-16T00:00Z", "week", 1)]
    [InlineData("week", "2026-03-10T12:00Z", "2026-03-16T01:00Z", "week", 2)]
    [InlineData("hour", "2026-01-01T00:00Z", "2026-03-01T00:00Z", "day", 59)]
    [InlineData("fortnight", "2026-03-10T12:00Z", "2026-03-12T00:00Z", "hour", 36)]
    public void Bars_are_as_asked_for_unless_there_would_be_too_many(string? asked, string start, string end, string name, int count)
    {
        var period = CostPeriod.Of(asked, new TimeRange(Some.Instant(start), Some.Instant(end)));

        Assert.Equal((name, count), (period.Name, period.Count));
        Assert.Equal(count, period.Times.Length);
    }

    [Fact]
    public void Weeks_begin_on_Mondays()
    {
        var period = CostPeriod.Of("week", new TimeRange(Some.Instant("2026-03-11T00:00Z"), Some.Instant("2026-03-25T00:00Z")));

        Assert.Equal(Some.Instant("2026-03-09T00:00Z") / 1_000_000, (long)period.Times[0]);
        Assert.Equal((0, 0, 1, 2, null), (period.BarOf("2026-03-09"), period.BarOf("2026-03-15"), period.BarOf("2026-03-16"), period.BarOf("2026-03-23"), period.BarOf("2026-03-30")));
        Assert.Null(period.BarOf("no time"));
        Assert.Null(period.BarOf(null));
    }
}
