using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Gander.Hosting.Auth;
using Gander.Tests.Hosting;

namespace Gander.Tests.Prometheus;

/// <summary>Prometheus' API inside the whole server: who may ask, and what came over OTLP is answered.</summary>
public sealed class PrometheusAccessTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TokenScopes.Read, HttpStatusCode.OK)]
    [InlineData(TokenScopes.Ingest, HttpStatusCode.Forbidden)]
    [InlineData(TokenScopes.None, HttpStatusCode.Unauthorized)]
    public async Task Where_tokens_are_needed_a_query_needs_one_that_may_read(TokenScopes scopes, HttpStatusCode expected)
    {
        await using var server = await TestServer.StartAsync();
        server.CreateToken("other");

        foreach (var path in new[] { "/api/v1/query?query=1", "/api/v1/labels", "/api/v1/status/tsdb", "/ui/promql?query=1" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Authorization = scopes == TokenScopes.None ? null : new AuthenticationHeaderValue("Bearer", server.CreateToken($"{path.Length}", scopes));
            using var response = await server.Pages.SendAsync(request, Cancel);
            Assert.Equal(expected, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_ask()
    {
        await using var server = await TestServer.StartAsync();
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "/api/v1/query?query=1");
        foreign.Headers.Host = "evil.example.org";
        using var posted = new HttpRequestMessage(HttpMethod.Post, "/api/v1/query") { Content = new FormUrlEncodedContent([new("query", "1")]) };
        posted.Headers.Add("Origin", "https://evil.example.org");

        using var misdirected = await server.Pages.SendAsync(foreign, Cancel);
        using var refused = await server.Pages.SendAsync(posted, Cancel);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, misdirected.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task What_came_over_OTLP_is_answered_under_its_Prometheus_name()
    {
        await using var server = await TestServer.StartAsync();
        const string Body = """
            {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"goose"}}]},"scopeMetrics":[{"metrics":[
            {"name":"demo.tokens","unit":"{token}","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[{"startTimeUnixNano":"1795300000000000000","timeUnixNano":"1795300030000000000","asInt":"7","attributes":[{"key":"gen_ai.request.model","value":{"stringValue":"gpt-4o"}}]}]}}]}]}]}
            """;
        using var sent = await server.Otlp.PostAsync(new Uri("/v1/metrics", UriKind.Relative), new StringContent(Body, Encoding.UTF8, "application/json"), Cancel);

        var answer = await server.Pages.GetStringAsync(new Uri("/api/v1/query?query=demo_tokens_total&time=1795300031", UriKind.Relative), Cancel);
        var values = await server.Pages.GetStringAsync(new Uri("/api/v1/label/gen_ai_request_model/values", UriKind.Relative), Cancel);

        Assert.Equal("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"demo_tokens_total","gen_ai_request_model":"gpt-4o","job":"goose","service_name":"goose"},"value":[1795300031,"7"]}]}}""", answer);
        Assert.Equal("""{"status":"success","data":["gpt-4o"]}""", values);
    }
}
