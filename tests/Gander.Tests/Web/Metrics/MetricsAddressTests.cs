using Gander.Query.PromQl.Series;
using Gander.Web;
using Gander.Web.Metrics;

namespace Gander.Tests.Web.Metrics;

public sealed class MetricsAddressTests
{
    private static readonly TimeWindow Window = TimeWindow.Parse("now-1h", null, DateTimeOffset.UnixEpoch.AddYears(50));

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/metrics?g0.expr=up")]
    [InlineData("/metrics?g0.expr=up&g0.tab=table&g1.expr=sum(up)&g2.expr=&find=tokens&refresh=10s")]
    public void A_state_survives_its_address(string address)
    {
        Assert.Equal(address, Read(address).ToAddress(null));
    }

    [Theory]
    [InlineData("/metrics?g0.expr=up&g0.tab=nonsense&refresh=1ms", "/metrics?g0.expr=up")]
    [InlineData("/metrics?g1.expr=up", "/metrics")]
    public void What_an_address_cannot_mean_is_left_out(string address, string meant) => Assert.Equal(meant, Read(address).ToAddress(null));

    [Fact]
    public void The_time_range_goes_along() => Assert.Equal("/metrics?from=now-1h&to=now&g0.expr=up", Read("/metrics?g0.expr=up").ToAddress(Window));

    [Fact]
    public void A_query_goes_into_the_first_empty_panel_or_a_new_one()
    {
        Assert.Equal("/metrics?g0.expr=up", Read("/metrics").Adding("up").ToAddress(null));
        Assert.Equal("/metrics?g0.expr=down&g1.expr=up", Read("/metrics?g0.expr=down").Adding("up").ToAddress(null));
        Assert.Equal("/metrics?g0.expr=&g1.expr=", Read("/metrics").Adding("").ToAddress(null));
    }

    [Fact]
    public void Panels_are_bounded_and_the_last_gives_way()
    {
        var full = Enumerable.Range(0, MetricsAddress.MaxPanels).Aggregate(Read("/metrics"), (state, number) => state.Adding($"m{number}"));

        var more = full.Adding("up");

        Assert.False(full.HasRoom);
        Assert.Equal(MetricsAddress.MaxPanels, more.Panels.Count);
        Assert.Equal("up", more.Panels[^1].Query);
    }

    [Fact]
    public void A_panel_can_be_taken_away_and_one_always_stays()
    {
        Assert.Equal("/metrics?g0.expr=b", Read("/metrics?g0.expr=a&g1.expr=b").Without(0).ToAddress(null));
        Assert.Equal("/metrics", Read("/metrics?g0.expr=a").Without(0).ToAddress(null));
    }

    [Theory]
    [InlineData("tokens_total", "counter", false, "sum(rate(tokens_total[5m]))")]
    [InlineData("latency", "histogram", true, "histogram_quantile(0.95, sum by (le) (rate(latency_bucket[5m])))")]
    [InlineData("latency", "histogram", false, "histogram_quantile(0.95, sum(rate(latency[5m])))")]
    [InlineData("queue", "gauge", false, "queue")]
    [InlineData("http.size", "counter", false, "sum(rate({\"http.size\"}[5m]))")]
    public void The_first_query_of_a_metric_fits_its_type(string name, string type, bool hasBuckets, string query)
    {
        var first = FirstQuery.For(new MetricFacts(name, type, "", "", 1), hasBuckets);

        Assert.Equal(query, first);
        Gander.Query.PromQl.Syntax.Parser.Parse(first);
    }

    private static MetricsAddress Read(string address) => MetricsAddress.Read(new Uri("http://localhost" + address));
}
