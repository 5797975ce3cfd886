using System.Net;
using System.Text.Json;
using Gander.Tests.Prometheus;
using Gander.Web.Metrics;

namespace Gander.Tests.Web.Metrics;

public sealed class MetricsEndpointTests
{
    private static readonly string[] Series =
    [
        "tokens_total{model=\"gpt-4o\",service_name=\"goose\"} 0+60x20", "tokens_total{model=\"o3\",service_name=\"goose\"} 0+6x20", "tool_calls_total{tool=\"a \\\"b\\\"\"} 1x20", "{\"http.size\",\"http.method\"=\"GET\"} 1x20",
    ];

    [Theory]
    [InlineData("tok", 3, "tokens_total")]
    [InlineData("histogram_quan", 14, "histogram_quantile(")]
    [InlineData("sum", 3, "sum(")]
    [InlineData("http.si", 4, "{\"http.size\"}")]
    [InlineData("tokens_total{mo", 15, "model")]
    [InlineData("{\"http.size\",", 13, "\"http.method\"")]
    [InlineData("tokens_total{model=\"", 20, "gpt-4o")]
    [InlineData("tokens_total{model=\"O", 21, "o3")]
    [InlineData("tool_calls_total{tool=\"", 23, "a \\\"b\\\"")]
    [InlineData("sum by (", 8, "service_name")]
    [InlineData("rate(tokens_total[", 18, "5m")]
    [InlineData("rate(tokens_total[7", 19, "7m")]
    [InlineData("tokens_total ", 13, "offset")]
    public async Task The_editor_proposes_what_may_be_written(string query, int at, string proposal)
    {
        await using var server = await PrometheusServer.StartAsync(Series);

        var answer = await LookAsync(server, query, at);

        Assert.Contains(proposal, answer.GetProperty("proposals").EnumerateArray().Select(one => one.GetProperty("text").GetString()));
        Assert.InRange(answer.GetProperty("proposals").GetArrayLength(), 1, 50);
    }

    [Fact]
    public async Task Before_anything_is_typed_metrics_come_first()
    {
        await using var server = await PrometheusServer.StartAsync(Series);

        var proposals = (await LookAsync(server, "", 0)).GetProperty("proposals").EnumerateArray().Select(one => one.GetProperty("text").GetString()).ToList();

        Assert.Equal(["{\"http.size\"}", "tokens_total", "tool_calls_total", "avg("], proposals.Take(4));
    }

    [Fact]
    public async Task Values_are_those_of_the_series_around_the_place()
    {
        await using var server = await PrometheusServer.StartAsync(Series);

        var answer = await LookAsync(server, "tokens_total{service_name=\"goose\",model=\"", 41);

        Assert.Equal(["gpt-4o", "o3"], answer.GetProperty("proposals").EnumerateArray().Select(one => one.GetProperty("text").GetString()));
        Assert.Equal((41, 41), (answer.GetProperty("from").GetInt32(), answer.GetProperty("to").GetInt32()));
    }

    [Fact]
    public async Task The_editor_learns_pieces_and_the_first_error()
    {
        await using var server = await PrometheusServer.StartAsync();

        var answer = await LookAsync(server, "rat(up[5m])", null);

        Assert.Equal("[\"function\",0,3]", answer.GetProperty("tokens")[0].GetRawText());
        Assert.Equal((0, 3), (answer.GetProperty("error").GetProperty("start").GetInt32(), answer.GetProperty("error").GetProperty("end").GetInt32()));
        Assert.False(answer.TryGetProperty("proposals", out _));
        Assert.False((await LookAsync(server, "  ", null)).TryGetProperty("error", out _));
    }

    [Fact]
    public async Task A_graph_has_its_largest_series_over_common_times()
    {
        await using var server = await PrometheusServer.StartAsync([.. Enumerable.Range(1, 25).Select(number => $"m{{n=\"{number}\"}} {number} _ {number}x2")]);

        var graph = JsonDocument.Parse(await server.DataAsync("/ui/promql/graph?query=last_over_time(m[1m])&start=0&end=240&width=50")).RootElement;

        Assert.Equal(25, graph.GetProperty("total").GetInt32());
        Assert.Equal(GraphData.MaxSeries, graph.GetProperty("series").GetArrayLength());
        Assert.Equal("25", graph.GetProperty("series")[0].GetProperty("labels").GetProperty("n").GetString());
        var times = graph.GetProperty("times").EnumerateArray().Select(time => time.GetInt64()).ToList();
        var values = graph.GetProperty("series")[0].GetProperty("values").EnumerateArray().ToList();
        Assert.Equal(times.Count, values.Count);
        Assert.All(times.Zip(values), pair => Assert.Equal(pair.First is >= 60_000 and < 120_000, pair.Second.ValueKind == JsonValueKind.Null));
    }

    [Theory]
    [InlineData("m", true)]
    [InlineData("sum by (model) (m)", false)]
    [InlineData("m or label_replace(m, \"x\", \"1\", \"\", \"\")", false)]
    public async Task Agents_keep_their_colours_where_each_series_is_one(string query, bool coloured)
    {
        await using var server = await PrometheusServer.StartAsync("m{service_name=\"goose\",model=\"a\"} 1", "m{service_name=\"claude-code\",model=\"b\"} 1");

        var graph = JsonDocument.Parse(await server.DataAsync($"/ui/promql/graph?query={Uri.EscapeDataString(query)}&start=0&end=60")).RootElement;

        Assert.All(graph.GetProperty("series").EnumerateArray(), series => Assert.Equal(coloured, series.TryGetProperty("colour", out _)));
    }

    [Theory]
    [InlineData("absent_metric", "No series was ever stored that matches absent_metric.")]
    [InlineData("m+offset+1d", "m has series, but gives nothing in this time range.")]
    public async Task An_empty_graph_says_why(string query, string reason)
    {
        await using var server = await PrometheusServer.StartAsync("m 1x10");

        var graph = JsonDocument.Parse(await server.DataAsync($"/ui/promql/graph?query={query}&start=0&end=60")).RootElement;

        Assert.Equal(reason, Assert.Single(graph.GetProperty("reasons").EnumerateArray()).GetString());
    }

    [Theory]
    [InlineData("query=m%5B5m%5D&start=0&end=60")]
    [InlineData("query=m&start=60&end=0")]
    [InlineData("query=m")]
    public async Task What_cannot_be_drawn_is_bad_data(string parameters)
    {
        await using var server = await PrometheusServer.StartAsync();

        Assert.Equal("bad_data", (await server.ErrorAsync($"/ui/promql/graph?{parameters}", HttpStatusCode.BadRequest)).Type);
    }

    [Theory]
    [InlineData(60_000, 1_000, 1_000)]
    [InlineData(3_600_000, 700, 10_000)]
    [InlineData(86_400_000, 700, 300_000)]
    [InlineData(315_360_000_000, 500, 630_720_000)]
    public void Steps_have_lengths_that_people_name(long length, int points, long step) => Assert.Equal(step, GraphEndpoint.StepFor(length, points));

    private static async Task<JsonElement> LookAsync(PrometheusServer server, string query, int? at)
    {
        using var form = new FormUrlEncodedContent(at is { } place ? [new("query", query), new("at", $"{place}")] : [new("query", query)]);
        using var response = await server.Client.PostAsync(new Uri("/ui/promql", UriKind.Relative), form, TestContext.Current.CancellationToken);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return answer.RootElement.GetProperty("data").Clone();
    }
}
