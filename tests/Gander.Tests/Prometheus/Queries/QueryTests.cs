using System.Net;
using System.Text.Json;

namespace Gander.Tests.Prometheus.Queries;

public sealed class QueryTests
{
    [Theory]
    [InlineData("query=1%2B1&time=4", """{"resultType":"scalar","result":[4,"2"]}""")]
    [InlineData("query=%22a%5C%22b%22&time=4.5", """{"resultType":"string","result":[4.500,"a\"b"]}""")]
    [InlineData("query=tokens_total&time=60", """{"resultType":"vector","result":[{"metric":{"__name__":"tokens_total","model":"a"},"value":[60,"60"]},{"metric":{"__name__":"tokens_total","model":"b"},"value":[60,"0.5"]}]}""")]
    [InlineData("query=tokens_total%7Bmodel%3D%22a%22%7D%5B2m%5D&time=60", """{"resultType":"matrix","result":[{"metric":{"__name__":"tokens_total","model":"a"},"values":[[0,"0"],[60,"60"]]}]}""")]
    [InlineData("query=absent_metric", """{"resultType":"vector","result":[]}""")]
    public async Task An_instant_query_answers_in_Prometheus_form(string parameters, string data)
    {
        await using var server = await PrometheusServer.StartAsync("tokens_total{model=\"a\"} 0 60 120", "tokens_total{model=\"b\"} 0 0.5 1");

        Assert.Equal(data, await server.DataAsync($"/api/v1/query?{parameters}"));
    }

    [Fact]
    public async Task A_range_query_answers_each_series_sorted_by_labels()
    {
        await using var server = await PrometheusServer.StartAsync("up{job=\"b\"} 1 1 1", "up{job=\"a\"} 0 1 2");

        var data = await server.DataAsync("/api/v1/query_range?query=up&start=0.25&end=120.25&step=1m");

        Assert.Equal("""{"resultType":"matrix","result":[{"metric":{"__name__":"up","job":"a"},"values":[[0.250,"0"],[60.250,"1"],[120.250,"2"]]},{"metric":{"__name__":"up","job":"b"},"values":[[0.250,"1"],[60.250,"1"],[120.250,"1"]]}]}""", data);
    }

    [Fact]
    public async Task A_posted_form_is_a_request_too_and_counts_before_the_address()
    {
        await using var server = await PrometheusServer.StartAsync("up 1 2 3");
        using var form = new FormUrlEncodedContent([new("query", "up"), new("start", "60"), new("end", "60"), new("step", "15")]);

        using var response = await server.Client.PostAsync(new Uri("/api/v1/query_range?query=nothing&step=1", UriKind.Relative), form, TestContext.Current.CancellationToken);

        Assert.Equal("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"up"},"values":[[60,"2"]]}]}}""", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_native_histogram_has_its_buckets_and_what_they_contain()
    {
        await using var server = await PrometheusServer.StartAsync("h {{schema:0 count:6 sum:10 z_bucket:1 z_bucket_w:0.5 buckets:[2 1] n_buckets:[2]}}x1");

        var instant = await server.DataAsync("/api/v1/query?query=h&time=0");
        var range = await server.DataAsync("/api/v1/query_range?query=h&start=0&end=0&step=1");

        const string Histogram = """{"count":"6","sum":"10","buckets":[[1,"-1","-0.5","2"],[3,"-0.5","0.5","1"],[0,"0.5","1","2"],[0,"1","2","1"]]}""";
        Assert.Equal($$"""{"resultType":"vector","result":[{"metric":{"__name__":"h"},"histogram":[0,{{Histogram}}]}]}""", instant);
        Assert.Equal($$"""{"resultType":"matrix","result":[{"metric":{"__name__":"h"},"histograms":[[0,{{Histogram}}]]}]}""", range);
    }

    [Theory]
    [InlineData("/api/v1/query", "bad_data")]
    [InlineData("/api/v1/query?query=sum(", "bad_data")]
    [InlineData("/api/v1/query?query=up&time=soon", "bad_data")]
    [InlineData("/api/v1/query?query=up&limit=-1", "bad_data")]
    [InlineData("/api/v1/query?query=up&timeout=soon", "bad_data")]
    [InlineData("/api/v1/query?query=up&lookback_delta=soon", "bad_data")]
    [InlineData("/api/v1/query_range?query=up&end=1&step=1", "bad_data")]
    [InlineData("/api/v1/query_range?query=up&start=0&end=1", "bad_data")]
    [InlineData("/api/v1/query_range?query=up&start=2&end=1&step=1", "bad_data")]
    [InlineData("/api/v1/query_range?query=up&start=0&end=1&step=0", "bad_data")]
    [InlineData("/api/v1/query_range?query=up&start=0&end=11001&step=1", "bad_data")]
    [InlineData("/api/v1/query_range?query=up[1m]&start=0&end=1&step=1", "bad_data")]
    public async Task A_wrong_request_is_bad_data(string path, string type)
    {
        await using var server = await PrometheusServer.StartAsync("up 1");

        Assert.Equal(type, (await server.ErrorAsync(path, HttpStatusCode.BadRequest)).Type);
    }

    [Fact]
    public async Task The_limit_of_points_counts_the_steps_between_them()
    {
        await using var server = await PrometheusServer.StartAsync("up 1");

        Assert.StartsWith("{", await server.DataAsync("/api/v1/query_range?query=1&start=0&end=11000&step=1"), StringComparison.Ordinal);
        Assert.Contains("11,000 points", (await server.ErrorAsync("/api/v1/query_range?query=1&start=0&end=11001&step=1", HttpStatusCode.BadRequest)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_in_the_query_names_its_place()
    {
        await using var server = await PrometheusServer.StartAsync();

        using var answer = JsonDocument.Parse(await server.TextAsync("/api/v1/query?query=sum(upp)%20%2B%20rat(up)", HttpStatusCode.BadRequest));

        Assert.StartsWith("invalid parameter \"query\": 1:12: parse error: ", answer.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("[11,14]", answer.RootElement.GetProperty("position").GetRawText());
    }

    [Fact]
    public async Task A_query_that_fails_on_the_data_is_an_execution_error()
    {
        await using var server = await PrometheusServer.StartAsync("a{x=\"1\"} 1", "a{x=\"2\"} 2", "b 1");

        Assert.Equal("execution", (await server.ErrorAsync("/api/v1/query?query=b%2Bignoring(x)a&time=0", HttpStatusCode.UnprocessableEntity)).Type);
    }

    [Fact]
    public async Task A_query_over_the_limit_of_samples_is_an_execution_error()
    {
        await using var server = await PrometheusServer.StartAsync(PrometheusServer.Load("a 1x2000"), options => options.MaxQuerySamples = 1_000);

        Assert.Equal("execution", (await server.ErrorAsync("/api/v1/query?query=sum_over_time(a[100h])&time=120000", HttpStatusCode.UnprocessableEntity)).Type);
    }

    [Fact]
    public async Task What_the_engine_remarks_comes_with_the_answer()
    {
        await using var server = await PrometheusServer.StartAsync("requests 1 2 3", "h {{count:6 sum:10 buckets:[2 1]}}");

        using var info = JsonDocument.Parse(await server.TextAsync("/api/v1/query?query=topk(2,h)&time=0"));
        using var warning = JsonDocument.Parse(await server.TextAsync("/api/v1/query?query=quantile(2,requests)&time=120"));

        Assert.Contains("(1:8)", info.RootElement.GetProperty("infos")[0].GetString(), StringComparison.Ordinal);
        Assert.False(info.RootElement.TryGetProperty("warnings", out _));
        Assert.StartsWith("PromQL warning: ", warning.RootElement.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_cuts_the_series_and_says_so()
    {
        await using var server = await PrometheusServer.StartAsync("up{a=\"1\"} 1", "up{a=\"2\"} 1", "up{a=\"3\"} 1");

        using var cut = JsonDocument.Parse(await server.TextAsync("/api/v1/query?query=up&time=0&limit=2"));
        using var whole = JsonDocument.Parse(await server.TextAsync("/api/v1/query?query=up&time=0&limit=3"));

        Assert.Equal(2, cut.RootElement.GetProperty("data").GetProperty("result").GetArrayLength());
        Assert.Equal("results truncated due to limit", cut.RootElement.GetProperty("warnings")[0].GetString());
        Assert.Equal(3, whole.RootElement.GetProperty("data").GetProperty("result").GetArrayLength());
        Assert.False(whole.RootElement.TryGetProperty("warnings", out _));
    }

    [Fact]
    public async Task A_request_may_look_back_less_far()
    {
        await using var server = await PrometheusServer.StartAsync("up 1");

        Assert.NotEqual("""{"resultType":"vector","result":[]}""", await server.DataAsync("/api/v1/query?query=up&time=60"));
        Assert.Equal("""{"resultType":"vector","result":[]}""", await server.DataAsync("/api/v1/query?query=up&time=60&lookback_delta=30s"));
    }

    [Fact]
    public async Task What_the_query_cost_is_told_on_request()
    {
        await using var server = await PrometheusServer.StartAsync("up 1x10");

        using var without = JsonDocument.Parse(await server.DataAsync("/api/v1/query?query=sum_over_time(up[5m])&time=600"));
        using var with = JsonDocument.Parse(await server.DataAsync("/api/v1/query?query=sum_over_time(up[5m])&time=600&stats=all"));

        Assert.False(without.RootElement.TryGetProperty("stats", out _));
        var stats = with.RootElement.GetProperty("stats");
        Assert.Equal(5, stats.GetProperty("samples").GetProperty("totalQueryableSamples").GetInt64());
        Assert.Equal(JsonValueKind.Number, stats.GetProperty("timings").GetProperty("execTotalTime").ValueKind);
    }

    [Theory]
    [InlineData("sum_over_time(up[5m])", "[[300,5],[600,5]]", 10)]
    [InlineData("rate(up[10m])", "[[300,6],[600,10]]", 16)]
    [InlineData("sum(up) + sum(up @ 0)", "[[300,2],[600,2]]", 4)]
    [InlineData("max_over_time(sum_over_time(up[5m])[2m:1m])", "[[300,2],[600,2]]", 4)]
    [InlineData("1", "[[300,0],[600,0]]", 0)]
    public async Task Samples_are_counted_by_step_as_Prometheus_counts_them(string query, string steps, long total)
    {
        await using var server = await PrometheusServer.StartAsync("up 1x10");
        var path = $"/api/v1/query_range?query={Uri.EscapeDataString(query)}&start=300&end=600&step=300";

        using var all = JsonDocument.Parse(await server.DataAsync(path + "&stats=all"));
        using var some = JsonDocument.Parse(await server.DataAsync(path + "&stats=1"));

        var samples = all.RootElement.GetProperty("stats").GetProperty("samples");
        Assert.Equal(steps, samples.GetProperty("totalQueryableSamplesPerStep").GetRawText());
        Assert.Equal(total, samples.GetProperty("totalQueryableSamples").GetInt64());
        samples = some.RootElement.GetProperty("stats").GetProperty("samples");
        Assert.False(samples.TryGetProperty("totalQueryableSamplesPerStep", out _));
        Assert.Equal(total, samples.GetProperty("totalQueryableSamples").GetInt64());
    }
}
