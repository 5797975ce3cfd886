using System.Net;

namespace Gander.Tests.Api;

public sealed class ApiGateTests
{
    [Theory]
    [InlineData("/api/sessoins", "did you mean /api/sessions?")]
    [InlineData("/api/v3/everything", "/api/openapi.json")]
    [InlineData("/api", "/api/openapi.json")]
    public async Task An_unknown_path_is_not_found_with_advice(string path, string advice)
    {
        await using var server = await ApiServer.StartAsync();

        var (code, message, _) = await server.ErrorAsync(path, HttpStatusCode.NotFound);

        Assert.Equal("not_found", code);
        Assert.Contains(advice, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_methods_are_refused_and_harmless_ones_are_answered()
    {
        await using var server = await ApiServer.StartAsync();

        using var post = await server.Client.PostAsync(new Uri("/api/sessions", UriKind.Relative), null, TestContext.Current.CancellationToken);
        using var options = await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/api/sessions"), TestContext.Current.CancellationToken);
        using var head = await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/api/sessions"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
        Assert.Contains("GET", post.Content.Headers.Allow);
        Assert.Equal("application/json", post.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.NoContent, options.StatusCode);
        Assert.False(options.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Answers_are_compressed_and_never_cached(string coding)
    {
        await using var server = await ApiServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/sessions");
        request.Headers.AcceptEncoding.ParseAdd(coding);

        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal([coding], response.Content.Headers.ContentEncoding);
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
    }
}
