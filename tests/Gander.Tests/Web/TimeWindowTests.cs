using Gander.Web;

namespace Gander.Tests.Web;

public sealed class TimeWindowTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(20_000);

    [Fact]
    public void An_address_without_a_range_means_the_last_day_and_puts_nothing_into_links()
    {
        var window = TimeWindow.Parse(null, "", Now);

        Assert.Equal("Last 24 hours", window.Label);
        Assert.Empty(window.Parameters());
        Assert.Equal(24 * 3_600 * 1_000_000_000L, window.Range.EndNanos - window.Range.StartNanos);
    }

    [Fact]
    public void A_relative_range_stays_relative_in_links()
    {
        var window = TimeWindow.Parse("now-6h", null, Now);

        Assert.Equal("/logs?from=now-6h&to=now", PageAddress.Of("/logs", window));
    }

    [Theory]
    [InlineData("yesterday-ish", "now")]
    [InlineData("now", "now-1h")]
    [InlineData("now-999999999999h", "now")]
    [InlineData("now-1000000d", "now")]
    [InlineData("0001-01-01", "now")]
    public void A_range_that_cannot_be_read_is_explained_and_replaced(string from, string to)
    {
        var window = TimeWindow.Parse(from, to, Now);

        Assert.NotNull(window.Problem);
        Assert.True(window.IsDefault);
    }

    [Fact]
    public void A_time_without_a_zone_is_in_UTC() =>
        Assert.Equal(Some.Instant("2026-11-22T14:00Z"), TimeWindow.Parse("2026-11-22 14:00", "2026-11-22T15:00Z", Now).Range.StartNanos);
}
