using System.Net;
using Gander.Hosting.Auth;
using Gander.Stores;
using Gander.Telemetry;
using Gander.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Snappier;
using static Gander.Tests.Prometheus.RemoteWrite.WriteRequests;

namespace Gander.Tests.Prometheus.RemoteWrite;

/// <summary>What a sender of remote write is answered.</summary>
public sealed class RemoteWriteEndpointTests
{
    private static readonly string[] Up = ["__name__=up", "job=demo"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TypeOne)]
    [InlineData("application/x-protobuf;proto=prometheus.WriteRequest")]
    [InlineData(null)]
    public async Task Version_one_is_taken_on_both_http_listeners(string? type)
    {
        await using var server = await TestServer.StartAsync();

        using var first = await PostAsync(server.Otlp, One(Series(Up, (1, Noon))), type);
        using var second = await PostAsync(server.Pages, One(Series(Up, (2, Noon + 1_000))), type);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (first.StatusCode, second.StatusCode));
        Assert.False(first.Headers.Contains("X-Prometheus-Remote-Write-Samples-Written"));
        Assert.Equal("[1, 2]", await ReadAsync(server));
    }

    [Fact]
    public async Task Version_two_is_told_what_was_written()
    {
        await using var server = await TestServer.StartAsync();
        var symbols = new SymbolTable();
        var exemplar = symbols.Labels("trace_id=000000000000000000000000000000cd").Double(2, 1).Varint(3, (ulong)Noon);
        var series = symbols.Labels(Up).Message(2, Sample(1, Noon)).Message(2, Sample(2, Noon + 1)).Message(4, exemplar);

        using var response = await PostAsync(server.Otlp, symbols.Request(series), TypeTwo);

        Assert.Equal((HttpStatusCode.NoContent, "2", "0", "1"), (response.StatusCode, Written(response, "Samples"), Written(response, "Histograms"), Written(response, "Exemplars")));
    }

    [Fact]
    public async Task Refused_samples_are_named_and_the_others_are_kept()
    {
        await using var server = await TestServer.StartAsync();
        var symbols = new SymbolTable();

        using var response = await PostAsync(
            server.Otlp,
            symbols.Request(symbols.Labels(Up).Message(2, Sample(1, Noon)).Message(2, Sample(2, -5)), symbols.Labels("job=demo").Message(2, Sample(3, Noon))),
            TypeTwo);

        Assert.Equal((HttpStatusCode.BadRequest, "1"), (response.StatusCode, Written(response, "Samples")));
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("__name__", text, StringComparison.Ordinal);
        Assert.Contains("the time lies", text, StringComparison.Ordinal);
        Assert.Equal("[1]", await ReadAsync(server));
    }

    [Theory]
    [InlineData("application/json", "snappy")]
    [InlineData("application/x-protobuf;proto=somebody.Else", "snappy")]
    [InlineData("application/x-protobuf", "gzip")]
    public async Task Other_types_and_codings_are_refused_for_good(string type, string encoding)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await PostAsync(server.Otlp, One(Series(Up, (1, Noon))), type, encoding);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 10, 1, 2, 3 })]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0x07, 0 })]
    public async Task A_body_that_is_not_snappy_is_refused(byte[] body)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await PostAsync(server.Otlp, body, isPacked: true);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_no_message_is_refused()
    {
        await using var server = await TestServer.StartAsync();

        using var response = await PostAsync(server.Otlp, [0x0a, 0xff, 0x01]);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("protobuf", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("remoteWrite.maxBodyBytes")]
    [InlineData("remoteWrite.maxUnpackedBytes")]
    public async Task A_body_over_a_limit_is_refused(string limit)
    {
        await using var server = await TestServer.StartAsync(null, null, (limit, "2048"));
        var random = new byte[4_096];
        Random.Shared.NextBytes(random);

        using var response = await PostAsync(server.Otlp, Snappy.CompressToArray(random), isPacked: true);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task A_store_that_takes_nothing_makes_the_sender_wait()
    {
        var folder = TestServer.NewFolder();
        await using var server = await TestServer.StartOnDiskAsync(folder, ("store.minFreeBytes", "4000TiB"));

        using var response = await PostAsync(server.Otlp, One(Series(Up, (1, Noon))));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        await server.StopAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Only_posts_are_taken()
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.Otlp.GetAsync("/api/v1/write", Cancel);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task It_needs_the_ingest_scope_wherever_it_is()
    {
        await using var server = await TestServer.StartAsync();
        var ingest = server.CreateToken("prometheus", TokenScopes.Ingest);
        var read = server.CreateToken("person", TokenScopes.Read);
        var body = One(Series(Up, (1, Noon)));

        foreach (var client in new[] { server.Otlp, server.Pages })
        {
            using var taken = await PostAsync(client, body, token: ingest);
            using var forbidden = await PostAsync(client, body, token: read);
            using var unknown = await PostAsync(client, body);

            Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized), (taken.StatusCode, forbidden.StatusCode, unknown.StatusCode));
            Assert.Equal("text/plain", forbidden.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task The_same_samples_sent_again_count_once()
    {
        await using var server = await TestServer.StartAsync();
        var body = One(Series(Up, (1, Noon), (2, Noon - 1_000)));

        using var first = await PostAsync(server.Otlp, body);
        using var again = await PostAsync(server.Otlp, body);

        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        Assert.Equal("[2, 1]", await ReadAsync(server));
    }

    private static string Written(HttpResponseMessage response, string what) => response.Headers.GetValues($"X-Prometheus-Remote-Write-{what}-Written").Single();

    private static async Task<string> ReadAsync(TestServer server)
    {
        var metrics = server.Services.GetRequiredService<IMetricStore>();
        var everything = new TimeRange(0, long.MaxValue);
        var series = await metrics.FindSeriesAsync(new SeriesQuery(everything, [new SeriesMatcher.Equal(SeriesField.ScopeName, AttributeValue.Of(PrometheusScope.Name))]), Cancel);
        using var samples = new SampleBuffer(1_000);
        await metrics.ReadSamplesAsync(series.Where(found => found.Kind == MetricKind.Gauge).Select(found => found.Id).ToArray(), everything, samples, Cancel);
        return $"[{string.Join(", ", samples.Values[..samples.Count])}]";
    }
}
