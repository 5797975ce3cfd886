using System.Text.Json;

namespace Gander.Tests.Prometheus.Status;

public sealed class StatusTests
{
    [Fact]
    public async Task The_version_is_the_one_of_the_language_that_is_spoken()
    {
        await using var server = await PrometheusServer.StartAsync();

        using var info = JsonDocument.Parse(await server.DataAsync("/api/v1/status/buildinfo"));

        Assert.StartsWith("3.", info.RootElement.GetProperty("version").GetString(), StringComparison.Ordinal);
        Assert.False(info.RootElement.TryGetProperty("features", out _));
    }

    [Theory]
    [InlineData("/api/v1/rules", """{"groups":[]}""")]
    [InlineData("/api/v1/alerts", """{"alerts":[]}""")]
    [InlineData("/api/v1/alertmanagers", """{"activeAlertmanagers":[],"droppedAlertmanagers":[]}""")]
    [InlineData("/api/v1/targets?state=any", """{"activeTargets":[],"droppedTargets":[],"droppedTargetCounts":{}}""")]
    [InlineData("/api/v1/targets/metadata", "[]")]
    [InlineData("/api/v1/scrape_pools", """{"scrapePools":[]}""")]
    [InlineData("/api/v1/status/config", """{"yaml":""}""")]
    public async Task What_there_is_not_is_told_as_an_empty_list(string path, string data)
    {
        await using var server = await PrometheusServer.StartAsync();

        Assert.Equal(data, await server.DataAsync(path));
    }

    [Fact]
    public async Task Flags_have_the_names_of_Prometheus()
    {
        await using var server = await PrometheusServer.StartAsync(PrometheusServer.Load(), options => options.Lookback = TimeSpan.FromMinutes(3));

        using var flags = JsonDocument.Parse(await server.DataAsync("/api/v1/status/flags"));

        Assert.Equal("3m", flags.RootElement.GetProperty("query.lookback-delta").GetString());
    }

    [Fact]
    public async Task The_process_tells_when_it_started()
    {
        await using var server = await PrometheusServer.StartAsync();

        using var info = JsonDocument.Parse(await server.DataAsync("/api/v1/status/runtimeinfo"));

        Assert.Equal("1970-01-01T01:00:00.000000000Z", info.RootElement.GetProperty("startTime").GetString());
    }

    [Fact]
    public async Task Cardinality_is_told_by_metric()
    {
        await using var server = await PrometheusServer.StartAsync("up{a=\"1\"} 1", "up{a=\"2\"} 1", "down 1");

        using var status = JsonDocument.Parse(await server.DataAsync("/api/v1/status/tsdb?limit=1"));

        Assert.Equal(3, status.RootElement.GetProperty("headStats").GetProperty("numSeries").GetInt32());
        Assert.Single(status.RootElement.GetProperty("seriesCountByMetricName").EnumerateArray());
        Assert.Equal(JsonValueKind.Array, status.RootElement.GetProperty("labelValueCountByLabelName").ValueKind);
    }
}
