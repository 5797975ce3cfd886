using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Gander.Tests.Otlp;

/// <summary>Requests by hand, as the transport cases describe them.</summary>
internal static class TransportCases
{
    public const string TraceService = "opentelemetry.proto.collector.trace.v1.TraceService";
    public const string MetricsService = "opentelemetry.proto.collector.metrics.v1.MetricsService";
    public const string LogsService = "opentelemetry.proto.collector.logs.v1.LogsService";
    public const string ProtobufType = "application/x-protobuf";
    public const string JsonType = "application/json";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>An <c>ExportTraceServiceRequest</c> with this many good spans, and some without a trace id.</summary>
    public static byte[] Traces(int good = 1, int bad = 0, int padding = 0)
    {
        var scope = new Wire().Message(1, new Wire().Text(1, "lib"));
        for (var i = 0; i < good + bad; i++)
        {
            scope.Message(2, new Wire()
                .Field(1, i < good ? GenTelemetry.Bytes(Some.TraceId()) : new byte[16])
                .Field(2, GenTelemetry.Bytes(Some.SpanId()))
                .Text(5, "reply" + new string('x', padding))
                .Fixed64(7, (ulong)Some.Instant("2026-11-20T12:00Z"))
                .Fixed64(8, (ulong)Some.Instant("2026-11-20T12:01Z")));
        }

        return Request(scope);
    }

    /// <summary>An <c>ExportMetricsServiceRequest</c> with one point.</summary>
    public static byte[] Metrics() => Request(new Wire().Message(2, new Wire().Text(1, "g").Message(5, new Wire()
        .Message(1, new Wire().Fixed64(3, (ulong)Some.Instant("2026-11-20T12:00Z")).Double(4, 1.5)))));

    /// <summary>An <c>ExportLogsServiceRequest</c> with one record.</summary>
    public static byte[] Logs() => Request(new Wire().Message(2, new Wire()
        .Fixed64(11, (ulong)Some.Instant("2026-11-20T12:00Z")).Message(5, new AnyTree.Text("started").Encode())));

    public static byte[] Gzip(params byte[][] members)
    {
        using var all = new MemoryStream();
        foreach (var member in members)
        {
            using var gzip = new GZipStream(all, CompressionLevel.Fastest, leaveOpen: true);
            gzip.Write(member);
        }

        return all.ToArray();
    }

    public static HttpRequestMessage Post(string path, byte[] body, string? type = ProtobufType, string? encoding = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        if (type is not null)
        {
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        if (encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        return request;
    }

    public static async Task<HttpResponseMessage> PostAsync(OtlpServer server, string path, byte[] body, string? type = ProtobufType, string? encoding = null)
    {
        using var client = server.Client();
        using var request = Post(path, body, type, encoding);
        return await client.SendAsync(request, Cancel);
    }

    /// <summary>Checks that the body is a <c>google.rpc.Status</c> with a message, in the type of the request.</summary>
    public static async Task AssertStatusBodyAsync(HttpResponseMessage response, string type)
    {
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        var body = await response.Content.ReadAsByteArrayAsync(Cancel);
        if (type == JsonType)
        {
            var status = JsonDocument.Parse(body).RootElement;
            Assert.True(status.GetProperty("code").GetInt32() > 0);
            Assert.NotEmpty(status.GetProperty("message").GetString()!);
            return;
        }

        // code = 1, a varint; message = 2, a string.
        Assert.Equal(0x08, body[0]);
        Assert.Equal(0x12, body[2]);
        Assert.True(body.Length > 4);
    }

    public static async Task<GrpcAnswer> CallAsync(
        OtlpServer server, string method, byte[] message, HttpMessageInvoker? client = null, string? encoding = null, string? token = null)
    {
        using var own = client is null ? new HttpClient() : null;
        var framed = new byte[message.Length + 5];
        framed[0] = encoding is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteUInt32BigEndian(framed.AsSpan(1), (uint)message.Length);
        message.CopyTo(framed, 5);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Grpc, method))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(framed),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.ParseAdd("trailers");
        if (encoding is not null)
        {
            request.Headers.Add("grpc-encoding", encoding);
        }

        if (token is not null)
        {
            request.Headers.Add("authorization", token);
        }

        using var response = await (client ?? own!).SendAsync(request, Cancel);
        var body = await response.Content.ReadAsByteArrayAsync(Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new GrpcAnswer(
            int.Parse(response.TrailingHeaders.GetValues("grpc-status").Single(), System.Globalization.CultureInfo.InvariantCulture),
            response.TrailingHeaders.TryGetValues("grpc-message", out var text) ? Uri.UnescapeDataString(text.Single()) : "",
            response.TrailingHeaders.TryGetValues("grpc-status-details-bin", out var details) ? Convert.FromBase64String(details.Single()) : [],
            body.Length >= 5 ? body[5..] : []);
    }

    public static bool Mentions(byte[] message, string text) => Encoding.UTF8.GetString(message).Contains(text, StringComparison.Ordinal);

    private static byte[] Request(Wire scope) => new Wire()
        .Message(1, new Wire().Message(1, new Wire().Message(1, AnyTree.KeyValue("service.name", new AnyTree.Text("svc")))).Message(2, scope))
        .Bytes;
}
