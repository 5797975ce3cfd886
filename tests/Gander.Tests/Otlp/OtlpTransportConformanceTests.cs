using System.Net;
using System.Security.Cryptography;
using System.Text;
using Gander.Telemetry;
using Gander.Tests.Conformance;
using static Gander.Tests.Otlp.TransportCases;

namespace Gander.Tests.Otlp;

/// <summary>One method a transport case, found by the case's id.</summary>
[Trait("Category", "Conformance")]
public sealed class OtlpTransportConformanceTests(ConformanceReport report)
{
    private static readonly Dictionary<string, Func<Task>> Checks = new(StringComparer.Ordinal)
    {
        ["ct-missing"] = () => AnswersAsync(Traces(), null, null, HttpStatusCode.UnsupportedMediaType),
        ["ct-wrong"] = () => AnswersAsync(Traces(), "text/plain", null, HttpStatusCode.UnsupportedMediaType),
        ["ct-params"] = ParametersOfTheTypeAreAllowedAsync,
        ["method-get"] = OnlyPostIsAllowedAsync,
        ["path-unknown"] = UnknownPathAsync,
        ["gzip"] = () => AnswersAsync(Gzip(Traces()), ProtobufType, "gzip", HttpStatusCode.OK),
        ["gzip-multi-member"] = BothMembersAreReadAsync,
        ["gzip-identity"] = () => AnswersAsync(Traces(), ProtobufType, "identity", HttpStatusCode.OK),
        ["gzip-broken"] = () => AnswersAsync(Gzip(Traces(good: 50))[..^20], ProtobufType, "gzip", HttpStatusCode.BadRequest),
        ["too-large"] = TooLargeAsync,
        ["chunked"] = ChunkedAsync,
        ["success-body"] = SuccessBodyAsync,
        ["proto-garbage"] = () => AnswersAsync(RandomNumberGenerator.GetBytes(500).Prepend((byte)0x0f).ToArray(), ProtobufType, null, HttpStatusCode.BadRequest),
        ["json-error-body"] = () => AnswersAsync("{\"resourceSpans\":["u8.ToArray(), JsonType, null, HttpStatusCode.BadRequest),
        ["auth-missing"] = () => UnauthenticatedAsync(null),
        ["auth-wrong"] = () => UnauthenticatedAsync("Bearer wrong"),
        ["overload"] = OverloadAsync,
        ["shutdown"] = ShutdownAsync,
        ["cors-preflight"] = PreflightAsync,
        ["keepalive"] = KeepAliveAsync,
        ["grpc-unary"] = GrpcUnaryAsync,
        ["grpc-size"] = GrpcSizeAsync,
        ["grpc-bad"] = GrpcBadAsync,
        ["grpc-unimplemented"] = GrpcUnimplementedAsync,
        ["grpc-concurrent"] = GrpcConcurrentAsync,
        ["grpc-partial"] = GrpcPartialAsync,
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_transport_case_behaves_as_stated()
    {
        var cases = report.Folder("otlp");
        foreach (var example in SharedData.JsonLines("conformance", "otlp", "transport-cases.jsonl"))
        {
            var id = example.Value.GetProperty("id").GetString()!;
            await cases.CheckAsync(example.Id, () => Checks.TryGetValue(id, out var check) ? check() : throw new KeyNotFoundException($"no test for the case {id}"));
        }

        cases.AssertAllPassed();
    }

    private static async Task AnswersAsync(byte[] body, string? type, string? encoding, HttpStatusCode expected)
    {
        await using var server = await OtlpServer.StartAsync();

        using var response = await PostAsync(server, "/v1/traces", body, type, encoding);

        Assert.Equal(expected, response.StatusCode);
        if (expected == HttpStatusCode.OK)
        {
            Assert.Equal(1, Stored(server, Signal.Traces));
        }
        else
        {
            Assert.Equal(0, Stored(server, Signal.Traces));
            await AssertStatusBodyAsync(response, type == ProtobufType ? ProtobufType : JsonType);
        }
    }

    private static async Task ParametersOfTheTypeAreAllowedAsync()
    {
        await using var server = await OtlpServer.StartAsync();

        using var response = await PostAsync(server, "/v1/logs", "{}"u8.ToArray(), "application/json; charset=utf-8");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(JsonType, response.Content.Headers.ContentType?.MediaType);
    }

    private static async Task OnlyPostIsAllowedAsync()
    {
        await using var server = await OtlpServer.StartAsync();
        using var client = server.Client();

        using var response = await client.GetAsync(new Uri("/v1/traces", UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    private static async Task UnknownPathAsync()
    {
        await using var server = await OtlpServer.StartAsync();

        using var response = await PostAsync(server, "/v1/nothing", Traces());

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        await AssertStatusBodyAsync(response, ProtobufType);
    }

    private static async Task BothMembersAreReadAsync()
    {
        await using var server = await OtlpServer.StartAsync();

        using var response = await PostAsync(server, "/v1/traces", Gzip(Traces(), Traces()), encoding: "gzip");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2, Stored(server, Signal.Traces));
    }

    private static async Task TooLargeAsync()
    {
        await using var server = await OtlpServer.StartAsync(otlp: options => (options.MaxBodyBytes, options.MaxUnpackedBytes) = (10_000, 20_000));

        using var packed = await PostAsync(server, "/v1/traces", Traces(good: 500));
        using var unpacked = await PostAsync(server, "/v1/traces", Gzip(new byte[10_000_000]), encoding: "gzip");

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge), (packed.StatusCode, unpacked.StatusCode));
        await AssertStatusBodyAsync(packed, ProtobufType);
        await AssertStatusBodyAsync(unpacked, ProtobufType);
    }

    private static async Task ChunkedAsync()
    {
        await using var server = await OtlpServer.StartAsync();
        using var client = server.Client();
        using var request = Post("/v1/traces", Traces());
        request.Headers.TransferEncodingChunked = true;

        using var response = await client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1, Stored(server, Signal.Traces));
    }

    private static async Task SuccessBodyAsync()
    {
        await using var server = await OtlpServer.StartAsync();

        using var protobuf = await PostAsync(server, "/v1/traces", Traces());
        using var json = await PostAsync(server, "/v1/traces", "{}"u8.ToArray(), JsonType);

        Assert.Empty(await protobuf.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal(ProtobufType, protobuf.Content.Headers.ContentType?.MediaType);
        Assert.Equal("{}", await json.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task UnauthenticatedAsync(string? authorization)
    {
        await using var server = await OtlpServer.StartAsync(token: "right");
        using var client = server.Client();
        using var request = Post("/v1/traces", Traces());
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using var response = await client.SendAsync(request, Cancel);
        var call = await CallAsync(server, $"{TraceService}/Export", Traces(), token: authorization);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.NotEmpty(response.Headers.WwwAuthenticate);
        await AssertStatusBodyAsync(response, ProtobufType);
        Assert.Equal(GrpcAnswer.Unauthenticated, call.Status);
        Assert.Empty(call.Details);
    }

    private static async Task OverloadAsync()
    {
        var store = new BlockingStore();
        await using var server = await OtlpServer.StartAsync(store, ingest: options => options.MaxQueuedExports = 1);
        var writing = PostAsync(server, "/v1/traces", Traces());
        await store.Entered;
        var waiting = PostAsync(server, "/v1/traces", Traces());
        await Until(() => Queued(server) == 1);

        using var refused = await PostAsync(server, "/v1/traces", Traces());
        var call = await CallAsync(server, $"{TraceService}/Export", Traces());
        store.LetGo();
        using var first = await writing;
        using var second = await waiting;

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        await AssertStatusBodyAsync(refused, ProtobufType);
        Assert.Equal(GrpcAnswer.Unavailable, call.Status);
        Assert.True(call.HasRetryInfo);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal(2, Stored(server, Signal.Traces));
    }

    private static async Task ShutdownAsync()
    {
        var store = new BlockingStore();
        await using var server = await OtlpServer.StartAsync(store);
        using var client = server.Client();
        var writing = PostAsync(server, "/v1/traces", Traces());
        await store.Entered;

        var stopping = server.StopAsync();
        HttpStatusCode? late = null;
        try
        {
            using var request = Post("/v1/traces", Traces());
            using var response = await client.SendAsync(request, Cancel);
            late = response.StatusCode;
        }
        catch (HttpRequestException)
        {
            // A closed connection is an answer too.
        }

        store.LetGo();
        using var first = await writing;
        await stopping;

        Assert.True(late is null or HttpStatusCode.ServiceUnavailable, $"{late}");
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(1, Stored(server, Signal.Traces));
    }

    private static async Task PreflightAsync()
    {
        await using var closed = await OtlpServer.StartAsync();
        await using var open = await OtlpServer.StartAsync(otlp: options => options.CorsOrigins = ["https://app.example.org"]);

        using var refused = await AskAsync(closed);
        using var allowed = await AskAsync(open);

        Assert.DoesNotContain(refused.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
        Assert.Equal("https://app.example.org", allowed.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("POST", allowed.Headers.GetValues("Access-Control-Allow-Methods").Single());
        Assert.Equal("content-type", allowed.Headers.GetValues("Access-Control-Allow-Headers").Single());
    }

    private static async Task<HttpResponseMessage> AskAsync(OtlpServer server)
    {
        using var client = server.Client();
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v1/traces");
        request.Headers.Add("Origin", "https://app.example.org");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "content-type");
        return await client.SendAsync(request, Cancel);
    }

    private static async Task KeepAliveAsync()
    {
        await using var server = await OtlpServer.StartAsync();
        var connections = 0;
        using var handler = new SocketsHttpHandler();
        handler.ConnectCallback = async (context, cancel) =>
        {
            connections++;
            var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
            await socket.ConnectAsync(context.DnsEndPoint, cancel);
            return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
        };
        using var client = new HttpClient(handler) { BaseAddress = server.Http };

        for (var i = 0; i < 100; i++)
        {
            using var request = Post("/v1/traces", Traces());
            using var response = await client.SendAsync(request, Cancel);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.Equal(1, connections);
        Assert.Equal(100, Stored(server, Signal.Traces));
    }

    private static async Task GrpcUnaryAsync()
    {
        await using var server = await OtlpServer.StartAsync();

        GrpcAnswer[] answers =
        [
            await CallAsync(server, $"{TraceService}/Export", Traces()),
            await CallAsync(server, $"{MetricsService}/Export", Metrics()),
            await CallAsync(server, $"{LogsService}/Export", Logs()),
            await CallAsync(server, $"{TraceService}/Export", Gzip(Traces()), encoding: "gzip"),
        ];

        Assert.All(answers, answer => Assert.Equal((GrpcAnswer.Ok, 0), (answer.Status, answer.Message.Length)));
        Assert.Equal((2, 1), (Stored(server, Signal.Traces), Stored(server, Signal.Logs)));
    }

    private static async Task GrpcSizeAsync()
    {
        await using var server = await OtlpServer.StartAsync(otlp: options => (options.MaxBodyBytes, options.MaxUnpackedBytes) = (10_000, 20_000));

        var large = await CallAsync(server, $"{TraceService}/Export", Traces(good: 500));
        var bomb = await CallAsync(server, $"{TraceService}/Export", Gzip(new byte[10_000_000]), encoding: "gzip");

        Assert.Equal((GrpcAnswer.ResourceExhausted, GrpcAnswer.ResourceExhausted), (large.Status, bomb.Status));
        Assert.False(large.HasRetryInfo || bomb.HasRetryInfo);
    }

    private static async Task GrpcBadAsync()
    {
        await using var server = await OtlpServer.StartAsync();

        var answer = await CallAsync(server, $"{TraceService}/Export", Encoding.UTF8.GetBytes("\u000fgarbage"));

        Assert.Equal(GrpcAnswer.InvalidArgument, answer.Status);
        Assert.NotEmpty(answer.Text);
    }

    private static async Task GrpcUnimplementedAsync()
    {
        await using var server = await OtlpServer.StartAsync();

        var answer = await CallAsync(server, "opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export", []);

        Assert.Equal(GrpcAnswer.Unimplemented, answer.Status);
    }

    private static async Task GrpcConcurrentAsync()
    {
        var store = new BlockingStore();
        await using var server = await OtlpServer.StartAsync(store);
        using var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = false };
        using var client = new HttpMessageInvoker(handler);

        var calls = Enumerable.Range(0, 64).Select(_ => CallAsync(server, $"{TraceService}/Export", Traces(), client)).ToList();
        await store.Entered;
        store.LetGo();

        Assert.All(await Task.WhenAll(calls), answer => Assert.Equal(GrpcAnswer.Ok, answer.Status));
        Assert.Equal(64, Stored(server, Signal.Traces));
    }

    private static async Task GrpcPartialAsync()
    {
        await using var server = await OtlpServer.StartAsync();

        var answer = await CallAsync(server, $"{TraceService}/Export", Traces(good: 1, bad: 1));

        // partial_success = 1, in it rejected_spans = 1 and error_message = 2.
        Assert.Equal(GrpcAnswer.Ok, answer.Status);
        Assert.Equal([0x0a, 0x08, 0x01, 0x12], [answer.Message[0], answer.Message[2], answer.Message[3], answer.Message[4]]);
        Assert.True(Mentions(answer.Message, "trace id"));
        Assert.Equal(1, Stored(server, Signal.Traces));
    }

    private static int Stored(OtlpServer server, Signal signal) => (int)server.Store.Status().Signals.Single(status => status.Signal == signal).Records;

    private static int Queued(OtlpServer server) => server.Ingest.Spans.Count;

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
            Cancel.ThrowIfCancellationRequested();
        }
    }
}
