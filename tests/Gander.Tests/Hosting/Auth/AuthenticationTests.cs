using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Gander.Hosting.Auth;

namespace Gander.Tests.Hosting.Auth;

public sealed class AuthenticationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_loopback_no_token_is_needed_while_none_exists()
    {
        await using var server = await TestServer.StartAsync();

        Assert.Equal(HttpStatusCode.OK, await ExportAsync(server, authorization: null));
        Assert.False(server.Running.TokenNeeded);
    }

    [Fact]
    public async Task Once_a_token_exists_the_running_server_asks_for_it_and_forgets_it_when_revoked()
    {
        await using var server = await TestServer.StartAsync();
        var token = server.CreateToken();
        server.CreateToken("other");

        Assert.Equal(HttpStatusCode.Unauthorized, await ExportAsync(server, authorization: null));
        Assert.Equal(HttpStatusCode.OK, await ExportAsync(server, $"Bearer {token}"));
        Assert.True(server.Tokens.Revoke("dev"));
        Assert.Equal(HttpStatusCode.Unauthorized, await ExportAsync(server, $"Bearer {token}"));
    }

    [Fact]
    public async Task Every_way_to_write_a_token_is_understood()
    {
        await using var server = await TestServer.StartAsync();
        var token = server.CreateToken();
        string[] forms =
        [
            $"Bearer {token}",
            $"bearer {token}",
            $"Basic {token}",
            $"Basic {Base64($"anyone:{token}")}",
            $"Basic {Base64($":{token}")}",
            $"Basic {Base64($"{token}:")}",
            $"Basic {Base64(token)}",
            $"Basic {Base64(token).TrimEnd('=')}",
        ];

        foreach (var form in forms)
        {
            Assert.Equal(HttpStatusCode.OK, await ExportAsync(server, form));
        }
    }

    [Theory]
    [InlineData("Bearer gander_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer")]
    [InlineData("Basic %%%")]
    [InlineData("Digest x")]
    [InlineData("")]
    public async Task Anything_else_is_refused_with_a_challenge(string authorization)
    {
        await using var server = await TestServer.StartAsync();
        server.CreateToken();

        using var response = await server.Otlp.SendAsync(Export(authorization), Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains(response.Headers.WwwAuthenticate, challenge => challenge.Scheme == "Basic");
    }

    [Fact]
    public async Task A_missing_token_names_the_usual_mistake_in_the_encoding_of_the_request()
    {
        await using var server = await TestServer.StartAsync();
        server.CreateToken();

        using var response = await server.Otlp.SendAsync(Export(authorization: null), Cancel);
        var status = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;

        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(16, status.GetProperty("code").GetInt32());
        Assert.Contains("OTEL_EXPORTER_OTLP_HEADERS", status.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("Authorization: Basic", status.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_protobuf_export_gets_a_protobuf_status()
    {
        await using var server = await TestServer.StartAsync();
        server.CreateToken();
        using var content = new ByteArrayContent([]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");

        using var response = await server.Otlp.PostAsync("/v1/traces", content, Cancel);
        var body = await response.Content.ReadAsByteArrayAsync(Cancel);

        Assert.Equal("application/x-protobuf", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal([0x08, 16, 0x12], body[..3]);
    }

    [Fact]
    public async Task A_token_without_the_scope_is_forbidden()
    {
        await using var server = await TestServer.StartAsync();
        var ingest = server.CreateToken("agent", TokenScopes.Ingest);
        var read = server.CreateToken("person", TokenScopes.Read);

        Assert.Equal(HttpStatusCode.OK, await ExportAsync(server, $"Bearer {ingest}"));
        Assert.Equal(HttpStatusCode.Forbidden, await ExportAsync(server, $"Bearer {read}"));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(server, $"Bearer {ingest}"));
        Assert.NotEqual(HttpStatusCode.Forbidden, await AskAsync(server, $"Bearer {read}"));
    }

    [Fact]
    public async Task An_expired_token_is_unknown_and_still_closes_the_door()
    {
        await using var server = await TestServer.StartAsync();
        var token = server.CreateToken(lifetime: TimeSpan.FromTicks(1));

        Assert.Equal(HttpStatusCode.Unauthorized, await ExportAsync(server, $"Bearer {token}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await ExportAsync(server, authorization: null));
    }

    [Fact]
    public async Task A_token_file_that_cannot_be_read_admits_nobody()
    {
        await using var server = await TestServer.StartAsync();
        await File.WriteAllTextAsync(server.Tokens.FullPath, "{", Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, await ExportAsync(server, authorization: null));
    }

    [Fact]
    public async Task After_many_failures_an_address_is_told_to_wait_but_a_right_token_still_passes()
    {
        await using var server = await TestServer.StartAsync();
        var token = server.CreateToken();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i <= FailureLimiter.MaxFailures; i++)
        {
            answers.Add(await ExportAsync(server, "Bearer wrong"));
        }

        Assert.All(answers.SkipLast(1), answer => Assert.Equal(HttpStatusCode.Unauthorized, answer));
        Assert.Equal(HttpStatusCode.Unauthorized, answers[^1]);
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(server, "Bearer wrong"));
        Assert.Equal(HttpStatusCode.OK, await ExportAsync(server, $"Bearer {token}"));
    }

    [Fact]
    public async Task Health_needs_no_token()
    {
        await using var server = await TestServer.StartAsync();
        server.CreateToken();

        Assert.Equal("ok\n", await server.Otlp.GetStringAsync("/healthz", Cancel));
        Assert.Equal("ok\n", await server.Pages.GetStringAsync("/healthz", Cancel));
    }

    [Fact]
    public async Task A_request_that_changes_something_must_not_come_from_a_page_of_another_site()
    {
        await using var server = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent([]) };
        request.Headers.Add("Origin", "http://evil.example");

        using var response = await server.Pages.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static HttpRequestMessage Export(string? authorization)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/traces") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return request;
    }

    private static async Task<HttpStatusCode> ExportAsync(TestServer server, string? authorization)
    {
        using var response = await server.Otlp.SendAsync(Export(authorization), Cancel);
        return response.StatusCode;
    }

    private static async Task<HttpStatusCode> AskAsync(TestServer server, string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/status");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await server.Pages.SendAsync(request, Cancel);
        return response.StatusCode;
    }
}
