using System.Globalization;
using System.IO.Compression;
using System.Net;
using Gander.Hosting;
using Gander.Stores;
using Gander.Telemetry;
using static Gander.Tests.Otlp.TransportCases;

namespace Gander.Tests.Otlp;

/// <summary>What the receivers promise beyond the shared transport cases.</summary>
public sealed class OtlpReceiverTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("deflate", true)]
    [InlineData("deflate", false)]
    [InlineData("zstd", true)]
    [InlineData("br", true)]
    public async Task Every_compression_is_read(string encoding, bool isZlib)
    {
        await using var server = await OtlpServer.StartAsync();
        var body = Pack(Traces(good: 100), encoding, isZlib);

        using var response = await PostAsync(server, "/v1/traces", body, encoding: encoding);
        var call = await CallAsync(server, $"{TraceService}/Export", body, encoding: encoding);

        Assert.Equal((HttpStatusCode.OK, GrpcAnswer.Ok), (response.StatusCode, call.Status));
        Assert.Equal(100, Stored(server));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("zstd")]
    [InlineData("br")]
    public async Task A_bomb_of_any_compression_is_refused_at_the_limit(string encoding)
    {
        await using var server = await OtlpServer.StartAsync(otlp: options => options.MaxUnpackedBytes = 100_000);

        using var response = await PostAsync(server, "/v1/traces", Pack(new byte[20_000_000], encoding), encoding: encoding);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task A_frame_that_asks_for_a_huge_window_is_refused()
    {
        await using var server = await OtlpServer.StartAsync();
        using var zstd = new ZstdSharp.Compressor(1);
        zstd.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_windowLog, 27);
        using var packed = new MemoryStream();
        await using (var stream = new ZstdSharp.CompressionStream(packed, zstd, leaveOpen: true))
        {
            await stream.WriteAsync(Traces(), Cancel);
        }

        using var response = await PostAsync(server, "/v1/traces", packed.ToArray(), encoding: "zstd");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task An_unknown_compression_is_refused_with_those_that_are_known()
    {
        await using var server = await OtlpServer.StartAsync();

        using var response = await PostAsync(server, "/v1/traces", Traces(), encoding: "lzma");
        var call = await CallAsync(server, $"{TraceService}/Export", Traces(), encoding: "lzma");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal(GrpcAnswer.Unimplemented, call.Status);
        Assert.Contains("gzip", call.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/otlp/v1/traces")]
    [InlineData("/api/v1/otlp/v1/traces")]
    [InlineData("/collector/v1/traces")]
    [InlineData("/v1/traces")]
    public async Task Traces_are_taken_under_the_base_path_and_the_aliases(string path)
    {
        await using var server = await OtlpServer.StartAsync(otlp: options => options.BasePath = "/collector/");

        using var response = await PostAsync(server, path, Traces());

        Assert.Equal((HttpStatusCode.OK, 1), (response.StatusCode, Stored(server)));
    }

    [Fact]
    public async Task The_same_bytes_from_the_same_sender_are_stored_once()
    {
        await using var server = await OtlpServer.StartAsync();
        var body = Traces(good: 3);

        using var first = await PostAsync(server, "/v1/traces", body);
        using var again = await PostAsync(server, "/v1/traces", Gzip(body), encoding: "gzip");
        var overGrpc = await CallAsync(server, $"{TraceService}/Export", body);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, GrpcAnswer.Ok), (first.StatusCode, again.StatusCode, overGrpc.Status));
        Assert.Equal(3, Stored(server));
    }

    [Fact]
    public async Task User_and_team_of_the_token_are_put_on_what_it_sends()
    {
        await using var server = await OtlpServer.StartAsync(caller: new Caller("laptop", "ada", "core"));

        using var response = await PostAsync(server, "/v1/traces", Traces());

        using var found = await server.Store.Spans.FindAsync(new RecordQuery(TimeRange.All, []), Cancel);
        Assert.Equal(("ada", "core"), (found.Resources[0].Text("user.name"), found.Resources[0].Text("team.name")));
    }

    [Fact]
    public async Task A_sender_that_is_refused_is_remembered_with_what_it_was_told()
    {
        await using var server = await OtlpServer.StartAsync(token: "right");

        using var response = await PostAsync(server, "/v1/traces", Traces());
        await CallAsync(server, $"{TraceService}/Export", Traces());

        Assert.Equal(["grpc", "http"], server.Activity.Failures.Select(failure => failure.Transport).Order(StringComparer.Ordinal));
        Assert.All(server.Activity.Failures, failure => Assert.Equal(("127.0.0.1", "This server needs a token."), (failure.Remote, failure.Error)));
    }

    [Fact]
    public async Task A_store_that_takes_no_writes_makes_senders_wait()
    {
        var store = new BlockingStore { IsOpen = true, Failure = _ => new StoreUnavailableException("The disk is full.") };
        await using var server = await OtlpServer.StartAsync(store);

        using var response = await PostAsync(server, "/v1/traces", Traces());
        var call = await CallAsync(server, $"{TraceService}/Export", Traces());

        Assert.Equal((HttpStatusCode.ServiceUnavailable, GrpcAnswer.Unavailable), (response.StatusCode, call.Status));
        Assert.Equal("1", response.Headers.RetryAfter?.Delta?.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        Assert.True(call.HasRetryInfo);
        Assert.Equal("The disk is full.", call.Text);
        Assert.Equal(0, server.Held);
    }

    [Fact]
    public async Task Bodies_that_together_hold_too_much_memory_are_refused_at_once()
    {
        var store = new BlockingStore();
        await using var server = await OtlpServer.StartAsync(store, ingest: options => options.MaxHeldBytes = 2_000_000);
        var first = PostAsync(server, "/v1/traces", Traces(padding: 1_500_000));
        await store.Entered;

        using var second = await PostAsync(server, "/v1/traces", Traces(padding: 1_000_000));
        store.LetGo();
        using var stored = await first;

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (second.StatusCode, stored.StatusCode));
    }

    [Fact]
    public async Task A_message_shorter_than_announced_is_invalid()
    {
        await using var server = await OtlpServer.StartAsync();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Grpc, $"{TraceService}/Export"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([0, 0, 0, 1, 0, 1, 2, 3]),
        };
        request.Content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/grpc");

        using var response = await client.SendAsync(request, Cancel);
        await response.Content.ReadAsByteArrayAsync(Cancel);

        Assert.Equal(["3"], response.TrailingHeaders.GetValues("grpc-status"));
    }

    [Fact]
    public async Task Each_port_tells_a_sender_of_the_other_protocol_where_to_go()
    {
        await using var server = await OtlpServer.StartAsync();
        using var client = new HttpClient();
        using var toGrpc = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Grpc, "/v1/traces"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(Traces()),
        };

        using var http = await client.SendAsync(toGrpc, Cancel);
        using var grpc = await PostAsync(server, $"/{TraceService}/Export", Traces(), "application/grpc");

        Assert.Contains("4318", await http.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Contains("4317", await grpc.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_health_check_says_that_it_serves()
    {
        await using var server = await OtlpServer.StartAsync();

        var answer = await CallAsync(server, "grpc.health.v1.Health/Check", []);

        Assert.Equal(GrpcAnswer.Ok, answer.Status);
        Assert.Equal([0x08, 0x01], answer.Message);
    }

    private static int Stored(OtlpServer server) => (int)server.Store.Status().Signals.Single(status => status.Signal == Signal.Traces).Records;

    private static byte[] Pack(byte[] body, string encoding, bool isZlib = true)
    {
        using var packed = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" when isZlib => new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            _ => new ZstdSharp.CompressionStream(packed, 1, leaveOpen: true),
        })
        {
            stream.Write(body);
        }

        return packed.ToArray();
    }
}
