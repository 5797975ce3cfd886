using System.Net;
using Gander.Stores;

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

    [Fact]
    public async Task A_query_that_takes_too_long_is_given_up_with_advice()
    {
        var store = new TroubledStore((_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken));
        await using var server = await ApiServer.StartAsync(store, options => options.QueryTimeout = TimeSpan.FromMilliseconds(50));

        var error = await server.ErrorAsync("/api/logs", HttpStatusCode.ServiceUnavailable);

        Assert.Equal("timeout", error.Code);
        Assert.Contains("shorter time range", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deadline_of_the_store_is_told_the_same_way()
    {
        await using var server = await ApiServer.StartAsync(new TroubledStore((_, _) => throw new TimeoutException()));

        Assert.Equal("timeout", (await server.ErrorAsync("/api/logs", HttpStatusCode.ServiceUnavailable)).Code);
    }

    [Fact]
    public async Task A_client_that_leaves_stops_its_query()
    {
        var (asked, stopped) = (new TaskCompletionSource(), new TaskCompletionSource());
        var store = new TroubledStore((_, cancellationToken) =>
        {
            cancellationToken.Register(stopped.SetResult);
            asked.SetResult();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        });
        await using var server = await ApiServer.StartAsync(store);
        using var client = new CancellationTokenSource();

        var request = server.Client.GetAsync(new Uri("/api/logs", UriKind.Relative), client.Token);
        await asked.Task;
        await client.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await stopped.Task;
    }

    [Fact]
    public async Task More_queries_than_allowed_are_refused_at_once_and_others_still_served()
    {
        var (asked, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var store = new TroubledStore((_, _) =>
        {
            asked.SetResult();
            return go.Task;
        });
        await using var server = await ApiServer.StartAsync(store, options => options.MaxConcurrentQueries = 1);

        var first = server.Client.GetAsync(new Uri("/api/logs", UriKind.Relative), TestContext.Current.CancellationToken);
        await asked.Task;
        using var refused = await server.Client.GetAsync(new Uri("/api/sessions", UriKind.Relative), TestContext.Current.CancellationToken);
        go.SetResult();
        using var served = await first;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        await server.GetAsync("/api/sessions");
    }

    [Fact]
    public async Task A_store_that_does_not_answer_and_a_mistake_of_ours_are_told_apart()
    {
        await using var unavailable = await ApiServer.StartAsync(new TroubledStore((_, _) => throw new StoreUnavailableException("The disk is full.")));
        await using var broken = await ApiServer.StartAsync(new TroubledStore((_, _) => throw new InvalidOperationException("secret")));

        var told = await unavailable.ErrorAsync("/api/logs", HttpStatusCode.ServiceUnavailable);
        var hidden = await broken.ErrorAsync("/api/logs", HttpStatusCode.InternalServerError);

        Assert.Equal(("store_unavailable", "The disk is full."), (told.Code, told.Message));
        Assert.Equal("internal", hidden.Code);
        Assert.DoesNotContain("secret", hidden.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_finished_is_cut_off()
    {
        var reads = 0;
        var store = new TroubledStore((_, _) => ++reads > 1 ? throw new InvalidOperationException("lost") : Task.CompletedTask);
        await store.Logs.WriteAsync([Some.LogBatch(Enumerable.Range(0, 1_001).Select(_ => Some.Log(new string('x', 200))))], TestContext.Current.CancellationToken);
        await using var server = await ApiServer.StartAsync(store);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => server.Client.GetStringAsync(new Uri("/api/logs?limit=1000", UriKind.Relative), TestContext.Current.CancellationToken));
    }
}
