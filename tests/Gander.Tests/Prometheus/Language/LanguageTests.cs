using System.Net;
using System.Text.Json;

namespace Gander.Tests.Prometheus.Language;

public sealed class LanguageTests
{
    [Theory]
    [InlineData("foo/bar", "\"foo / bar\"")]
    [InlineData("sum(up)by(job)", "\"sum by (job) (up)\"")]
    public async Task A_query_is_formatted_as_Prometheus_formats_it(string query, string data)
    {
        await using var server = await PrometheusServer.StartAsync();

        Assert.Equal(data, await server.DataAsync($"/api/v1/format_query?query={Uri.EscapeDataString(query)}"));
    }

    [Fact]
    public async Task A_query_is_parsed_into_the_tree_that_Prometheus_shows()
    {
        await using var server = await PrometheusServer.StartAsync();

        using var tree = JsonDocument.Parse(await server.DataAsync("/api/v1/parse_query?query=rate(up[5m])"));

        Assert.Equal("call", tree.RootElement.GetProperty("type").GetString());
        Assert.Equal(300_000, tree.RootElement.GetProperty("args")[0].GetProperty("range").GetInt64());
    }

    [Theory]
    [InlineData("/api/v1/format_query?query=sum(")]
    [InlineData("/api/v1/parse_query")]
    public async Task What_is_no_query_is_bad_data(string path)
    {
        await using var server = await PrometheusServer.StartAsync();

        Assert.Equal("bad_data", (await server.ErrorAsync(path, HttpStatusCode.BadRequest)).Type);
    }
}
