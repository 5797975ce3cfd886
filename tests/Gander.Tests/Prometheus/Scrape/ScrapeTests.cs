using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Gander.Hosting.Auth;
using Gander.Prometheus.Scrape;
using Gander.Tests.Hosting;
using Gander.Tests.Prometheus.RemoteWrite;

namespace Gander.Tests.Prometheus.Scrape;

/// <summary>What the server tells scrapers of itself.</summary>
public sealed partial class ScrapeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_scrape_tells_what_came_in_and_what_was_refused()
    {
        await using var server = await TestServer.StartAsync();
        using var taken = await WriteRequests.PostAsync(server.Otlp, WriteRequests.One(WriteRequests.Series(["__name__=up"], (1, WriteRequests.Noon), (2, WriteRequests.Noon + 1))));
        using var refused = await WriteRequests.PostAsync(server.Otlp, [1, 2, 3]);
        using var unknown = await server.Otlp.PostAsync("/v1/traces", new ByteArrayContent([1]), Cancel);
        using var status = await server.Pages.GetAsync("/api/status", Cancel);

        var text = await ScrapeAsync(server);

        Assert.Contains("\ngander_ingest_exports_total{signal=\"metrics\",outcome=\"accepted\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("\ngander_ingest_records_total{signal=\"metrics\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("\ngander_ingest_refused_total{signal=\"metrics\",transport=\"remote_write\",reason=\"bad_data\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("\ngander_ingest_refused_total{signal=\"traces\",transport=\"http\",reason=\"unsupported_type\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("\ngander_ingest_queue_exports{signal=\"traces\"} 0\n", text, StringComparison.Ordinal);
        Assert.Contains("\ngander_http_request_duration_seconds_count{route=\"/api/status\",status=\"2xx\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("\nprocess_resident_memory_bytes ", text, StringComparison.Ordinal);
        Assert.Contains("\ngander_build_info{version=", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_format_is_the_one_the_scraper_prefers()
    {
        await using var server = await TestServer.StartAsync();

        using var plain = await AskAsync(server, "text/plain");
        using var open = await AskAsync(server, "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1");
        using var any = await AskAsync(server, "*/*");

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", plain.Content.Headers.ContentType!.ToString());
        Assert.Equal("application/openmetrics-text; version=1.0.0; charset=utf-8", open.Content.Headers.ContentType!.ToString());
        Assert.Equal("text/plain", any.Content.Headers.ContentType!.MediaType);
        var body = await open.Content.ReadAsStringAsync(Cancel);
        Assert.EndsWith("# EOF\n", body, StringComparison.Ordinal);
        Assert.Contains("# TYPE gander_build info\n", body, StringComparison.Ordinal);
        Assert.Contains("# TYPE process_cpu_seconds counter\n# UNIT process_cpu_seconds seconds\nprocess_cpu_seconds_total ", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_family_comes_once_with_its_type_before_its_samples()
    {
        await using var server = await TestServer.StartAsync();
        using var status = await server.Pages.GetAsync("/api/status", Cancel);

        var lines = (await ScrapeAsync(server)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var types = lines.Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]).ToList();
        Assert.Equal(types.Distinct(), types);
        var current = "";
        foreach (var line in lines)
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                current = line.Split(' ')[2];
            }
            else if (!line.StartsWith('#'))
            {
                Assert.Matches(Sample(), line);
                Assert.StartsWith(current, line, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task It_needs_the_read_scope()
    {
        await using var server = await TestServer.StartAsync();
        var read = server.CreateToken("prometheus", TokenScopes.Read);

        using var anonymous = await AskAsync(server, "text/plain");
        using var known = await AskAsync(server, "text/plain", read);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (anonymous.StatusCode, known.StatusCode));
    }

    [Fact]
    public void Buckets_are_cumulative_and_texts_are_escaped()
    {
        var writer = new ExpositionWriter(isOpenMetrics: true);
        writer.Family("x_seconds", MetricType.Histogram, "seconds", "A \"help\"\nof two lines");
        writer.Distribution([0.5, 1], [1, 2, 3], 7.25, "a", "b\"\\\n");

        Assert.Equal(
            """
            # HELP x_seconds A \"help\"\nof two lines
            # TYPE x_seconds histogram
            # UNIT x_seconds seconds
            x_seconds_bucket{a="b\"\\\n",le="0.5"} 1
            x_seconds_bucket{a="b\"\\\n",le="1.0"} 3
            x_seconds_bucket{a="b\"\\\n",le="+Inf"} 6
            x_seconds_sum{a="b\"\\\n"} 7.25
            x_seconds_count{a="b\"\\\n"} 6
            # EOF

            """.ReplaceLineEndings("\n"),
            writer.End());
    }

    private static async Task<string> ScrapeAsync(TestServer server)
    {
        using var response = await AskAsync(server, "text/plain");
        return await response.Content.ReadAsStringAsync(Cancel);
    }

    private static async Task<HttpResponseMessage> AskAsync(TestServer server, string accept, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await server.Pages.SendAsync(request, Cancel);
    }

    [GeneratedRegex("""^[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? [0-9.E+-]+$""")]
    private static partial Regex Sample();
}
