using System.Net;

namespace Gander.Tests.Hosting;

public sealed class HostCheckTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:4319")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:80")]
    [InlineData("gander.example")]
    public async Task Known_hosts_pass(string host)
    {
        await using var server = await TestServer.StartAsync(settings: ("allowedHosts", "gander.example"));

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(server.Pages, host)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(server.Otlp, host)).StatusCode);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.2")]
    [InlineData("192.0.2.7:4319")]
    public async Task Foreign_hosts_are_refused_with_what_to_do(string host)
    {
        await using var server = await TestServer.StartAsync();

        using var pages = await AskAsync(server.Pages, host);
        using var otlp = await AskAsync(server.Otlp, host);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, pages.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, otlp.StatusCode);
        Assert.Contains("allowedHosts", await pages.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_forbid_foreign_scripts_and_frames_by_header()
    {
        await using var server = await TestServer.StartAsync();

        using var response = await AskAsync(server.Pages, "localhost");
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));

        Assert.Matches("script-src 'self' 'nonce-[A-Za-z0-9+/=]{24}';", policy);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(response.Headers.Contains("Server"));
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz");
        request.Headers.TryAddWithoutValidation("Host", host);
        return await client.SendAsync(request, Cancel);
    }
}
