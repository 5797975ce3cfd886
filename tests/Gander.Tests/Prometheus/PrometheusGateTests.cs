using System.IO.Compression;
using System.Net;
using System.Text;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

namespace Gander.Tests.Prometheus;

public sealed class PrometheusGateTests
{
    private const string Many = "/api/v1/query_range?query=up&start=0&end=600&step=1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("zstd", "zstd")]
    [InlineData("gzip, zstd", "zstd")]
    [InlineData("gzip, zstd;q=0.5", "gzip")]
    [InlineData("*", "gzip")]
    [InlineData("br", null)]
    [InlineData("gzip;q=0", null)]
    public async Task A_long_answer_is_compressed_as_the_client_likes(string accepted, string? coding)
    {
        await using var server = await PrometheusServer.StartAsync("up 1x10");
        var plain = await server.TextAsync(Many);

        using var response = await server.Client.SendAsync(Request(HttpMethod.Get, Many, accepted), Cancel);

        Assert.Equal(coding, response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(["Accept-Encoding"], response.Headers.Vary);
        Assert.Equal(plain, await UnpackedAsync(response));
    }

    [Fact]
    public async Task A_short_answer_is_sent_as_it_is()
    {
        await using var server = await PrometheusServer.StartAsync();

        using var response = await server.Client.SendAsync(Request(HttpMethod.Get, "/api/v1/query?query=1", "gzip"), Cancel);

        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.NotNull(response.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task An_answer_of_many_pieces_arrives_whole(string accepted)
    {
        await using var server = await PrometheusServer.StartAsync([.. Enumerable.Range(0, 40).Select(number => $"up{{n=\"{number}\"}} 0.1+0.1x10")]);

        using var response = await server.Client.SendAsync(Request(HttpMethod.Get, Many, accepted), Cancel);

        using var answer = System.Text.Json.JsonDocument.Parse(await UnpackedAsync(response));
        Assert.Equal(40 * 601, answer.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().Sum(series => series.GetProperty("values").GetArrayLength()));
    }

    [Fact]
    public async Task Harmless_methods_are_answered_and_others_refused()
    {
        await using var server = await PrometheusServer.StartAsync();

        using var head = await server.Client.SendAsync(Request(HttpMethod.Head, "/api/v1/query?query=1"), Cancel);
        using var options = await server.Client.SendAsync(Request(HttpMethod.Options, "/api/v1/query"), Cancel);
        using var put = await server.Client.SendAsync(Request(HttpMethod.Put, "/api/v1/query"), Cancel);
        using var post = await server.Client.SendAsync(Request(HttpMethod.Post, "/api/v1/label/job/values"), Cancel);

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, options.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, put.StatusCode);
        Assert.Contains("POST", put.Content.Headers.Allow);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
    }

    [Fact]
    public async Task An_unknown_path_is_not_found_in_the_same_envelope()
    {
        await using var server = await PrometheusServer.StartAsync();

        Assert.Equal("not_found", (await server.ErrorAsync("/api/v1/querry", HttpStatusCode.NotFound)).Type);
    }

    [Fact]
    public async Task A_form_that_is_too_large_is_refused()
    {
        await using var server = await PrometheusServer.StartAsync(PrometheusServer.Load(), options => options.MaxFormBytes = 1_024);
        using var form = new FormUrlEncodedContent([new("query", new string('x', 2_000))]);

        using var response = await server.Client.PostAsync(new Uri("/api/v1/query", UriKind.Relative), form, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("\"bad_data\"", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_takes_longer_than_it_may_is_given_up()
    {
        await using var server = await PrometheusServer.StartAsync(new StuckSource(), _ => { });

        // The clock stands: only a deadline that is over at once ends the query.
        Assert.Equal("timeout", (await server.ErrorAsync("/api/v1/query?query=up&timeout=0", HttpStatusCode.ServiceUnavailable)).Type);
    }

    [Fact]
    public async Task Queries_wait_for_a_place_and_are_refused_when_too_many_wait()
    {
        var source = new StuckSource();
        await using var server = await PrometheusServer.StartAsync(source, options => (options.MaxConcurrentQueries, options.MaxQueuedQueries) = (1, 0));
        var first = server.Client.GetAsync(new Uri("/api/v1/query?query=up", UriKind.Relative), Cancel);
        await source.Begun;

        var (type, _) = await server.ErrorAsync("/api/v1/query?query=up", HttpStatusCode.ServiceUnavailable);
        source.GoOn();
        using var answer = await first;

        Assert.Equal("unavailable", type);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_client_that_leaves_stops_its_query()
    {
        var source = new StuckSource();
        await using var server = await PrometheusServer.StartAsync(source, _ => { });
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var query = server.Client.GetAsync(new Uri("/api/v1/query?query=up", UriKind.Relative), leaving.Token);
        await source.Begun;

        await leaving.CancelAsync();

        await source.Stopped.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string? accepted = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (accepted is not null)
        {
            request.Headers.AcceptEncoding.ParseAdd(accepted);
        }

        return request;
    }

    private static async Task<string> UnpackedAsync(HttpResponseMessage response)
    {
        await using var packed = await response.Content.ReadAsStreamAsync(Cancel);
        await using var plain = response.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "gzip" => new GZipStream(packed, CompressionMode.Decompress),
            "zstd" => new ZstdSharp.DecompressionStream(packed),
            _ => packed,
        };
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return await reader.ReadToEndAsync(Cancel);
    }

    /// <summary>A source that answers only when it is told to.</summary>
    private sealed class StuckSource : ISeriesSource
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public Task Stopped => _stopped.Task;

        public void GoOn() => _goOn.SetResult();

        public async ValueTask<ISeriesSet> SelectAsync(IReadOnlyList<LabelMatcher> matchers, long firstMillis, long lastMillis, CancellationToken cancellationToken)
        {
            _begun.TrySetResult();
            try
            {
                await _goOn.Task.WaitAsync(cancellationToken);
                return new NoSeries();
            }
            finally
            {
                _stopped.TrySetResult();
            }
        }

        private sealed class NoSeries : ISeriesSet
        {
            public IReadOnlyList<Labels> Series => [];

            public ValueTask ReadAsync(int first, ReadOnlyMemory<Samples> buffers, long maxSamples, CancellationToken cancellationToken) => ValueTask.CompletedTask;
        }
    }
}
