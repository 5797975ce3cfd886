namespace Gander.Tests.Prometheus.Catalogue;

public sealed class MetadataTests
{
    [Theory]
    [InlineData("/api/v1/metadata", """{"tokens_total":[{"type":"counter","help":"Help of tokens_total.","unit":""}],"up":[{"type":"gauge","help":"Help of up.","unit":""}]}""")]
    [InlineData("/api/v1/metadata?limit=1", """{"tokens_total":[{"type":"counter","help":"Help of tokens_total.","unit":""}]}""")]
    [InlineData("/api/v1/metadata?metric=up&limit_per_metric=1", """{"up":[{"type":"gauge","help":"Help of up.","unit":""}]}""")]
    [InlineData("/api/v1/metadata?metric=absent", "{}")]
    public async Task Metrics_are_told_by_name(string path, string data)
    {
        await using var server = await PrometheusServer.StartAsync("up 1", "tokens_total 1");

        Assert.Equal(data, await server.DataAsync(path));
    }

    [Theory]
    [InlineData("rate(up[5m])%2Bsum(up)")]
    [InlineData("max_over_time(up[1h:1m])")]
    public async Task Exemplars_are_those_of_all_series_a_query_selects(string query)
    {
        await using var server = await PrometheusServer.StartAsync("up 1", "down 1");

        var data = await server.DataAsync($"/api/v1/query_exemplars?query={query}&start=0&end=10");

        Assert.Equal("""[{"seriesLabels":{"__name__":"up"},"exemplars":[{"labels":{"trace_id":"0102030405060708090a0b0c0d0e0f10"},"value":"6","timestamp":1600096945.479}]}]""", data);
    }

    [Fact]
    public async Task A_query_without_series_has_no_exemplars()
    {
        await using var server = await PrometheusServer.StartAsync("up 1");

        Assert.Equal("[]", await server.DataAsync("/api/v1/query_exemplars?query=1%2B1"));
    }
}
