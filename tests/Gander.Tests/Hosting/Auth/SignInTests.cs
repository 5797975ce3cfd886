using System.Net;
using Gander.Hosting.Auth;

namespace Gander.Tests.Hosting.Auth;

public sealed class SignInTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_browser_without_a_cookie_is_sent_to_the_sign_in_page_and_a_program_is_not()
    {
        await using var server = await TestServer.StartAsync();
        server.CreateToken();

        using var page = await GetAsync(server, "/sessions?user=ann", accept: "text/html");
        using var program = await GetAsync(server, "/api/sessions", accept: "application/json");

        Assert.Equal("/sign-in?return=%2Fsessions%3Fuser%3Dann", page.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Unauthorized, program.StatusCode);
    }

    [Fact]
    public async Task However_often_a_browser_comes_without_a_token_it_is_shown_where_to_sign_in()
    {
        await using var server = await TestServer.StartAsync();
        server.CreateToken();

        for (var i = 0; i <= FailureLimiter.MaxFailures; i++)
        {
            using var page = await GetAsync(server, "/sessions", accept: "text/html");

            Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        }
    }

    [Fact]
    public async Task A_token_with_read_scope_is_exchanged_for_a_cookie_that_is_not_the_token()
    {
        await using var server = await TestServer.StartAsync();
        var token = server.CreateToken("reader", TokenScopes.Read);

        using var response = await SignInAsync(server, token, "/sessions");
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        using var signedIn = await GetAsync(server, "/api/none", accept: "application/json", cookie.Split(';')[0]);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/sessions", response.Headers.Location?.OriginalString);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(token, cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, signedIn.StatusCode);
    }

    [Fact]
    public async Task Pages_offer_to_sign_out_to_whoever_signed_in()
    {
        await using var server = await TestServer.StartAsync();
        using var open = await GetAsync(server, "/sessions", accept: "text/html");
        var cookie = await CookieAsync(server, server.CreateToken("reader", TokenScopes.Read));

        using var signedIn = await GetAsync(server, "/sessions", accept: "text/html", cookie);

        Assert.DoesNotContain("/sign-out", await open.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        var html = await signedIn.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("<form class=\"sign-out\" method=\"post\" action=\"/sign-out\">", html, StringComparison.Ordinal);
        Assert.Contains("this browser came with the token reader", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoking_the_token_and_signing_out_both_end_a_sign_in()
    {
        await using var server = await TestServer.StartAsync();
        server.CreateToken("other");
        var first = await CookieAsync(server, server.CreateToken("first", TokenScopes.Read));
        var second = await CookieAsync(server, server.CreateToken("second", TokenScopes.Read));

        server.Tokens.Revoke("first");
        using var revoked = await GetAsync(server, "/api/none", "application/json", first);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-out");
        request.Headers.Add("Cookie", second);
        using var signOut = await server.Pages.SendAsync(request, Cancel);
        using var signedOut = await GetAsync(server, "/api/none", "application/json", second);

        Assert.Equal(HttpStatusCode.Unauthorized, revoked.StatusCode);
        Assert.Equal("/sign-in", signOut.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Unauthorized, signedOut.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("")]
    public async Task Signing_in_leads_to_this_server_only(string target)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await SignInAsync(server, server.CreateToken("reader", TokenScopes.Read), target);

        Assert.Equal("/", response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_wrong_token_and_one_for_ingest_are_refused_on_the_page()
    {
        await using var server = await TestServer.StartAsync();

        using var wrong = await SignInAsync(server, "<script>", "/");
        using var ingest = await SignInAsync(server, server.CreateToken("agent", TokenScopes.Ingest), "/");

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, ingest.StatusCode);
        Assert.Contains("no read scope", await ingest.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private static async Task<string> CookieAsync(TestServer server, string token)
    {
        using var response = await SignInAsync(server, token, "/");
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private static async Task<HttpResponseMessage> SignInAsync(TestServer server, string token, string target)
    {
        using var form = new FormUrlEncodedContent([new("token", token), new("return", target)]);
        return await server.Pages.PostAsync("/sign-in", form, Cancel);
    }

    private static async Task<HttpResponseMessage> GetAsync(TestServer server, string path, string accept, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", accept);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await server.Pages.SendAsync(request, Cancel);
    }
}
