using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Gander.Agent.Telemetry.Settings;

namespace Gander.Agent.Telemetry.Export;

/// <summary>
/// OTLP over gRPC (OTLP specification, OTLP/gRPC; gRPC over HTTP/2): unary calls of three services need no more than a frame and a trailer,
/// so there is no gRPC library here. Safe to use from several threads.
/// </summary>
/// <param name="client">Shared by the signals; has no time limit of its own.</param>
/// <param name="settings">Where and how.</param>
internal sealed class GrpcTransport(HttpClient client, SignalSettings settings) : IOtlpTransport
{
    private const int FrameBytes = 5;
    private const int MaxResponseBytes = 64 * 1024;
    private readonly Uri _method = MethodOf(settings);

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(ExportRequest request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(settings.Timeout);
        try
        {
            // Cleartext HTTP/2 has no negotiation: both sides know it beforehand.
            using var message = new HttpRequestMessage(HttpMethod.Post, _method)
            {
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Content = new ByteArrayContent(Frame(request)),
            };
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
            message.Headers.TryAddWithoutValidation("te", "trailers");
            message.Headers.TryAddWithoutValidation("grpc-timeout", string.Create(CultureInfo.InvariantCulture, $"{(long)settings.Timeout.TotalMilliseconds}m"));
            if (request.IsGzipped)
            {
                message.Headers.TryAddWithoutValidation("grpc-encoding", "gzip");
            }

            RequestHeaders.Add(message, settings.Headers);
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            var body = await ResponseBody.ReadAsync(response, MaxResponseBytes, limit.Token).ConfigureAwait(false);
            return Read(response, body);
        }
        catch (Exception failure) when (NetworkFailure.Describe(failure, settings.Timeout, cancellationToken) is { } reason)
        {
            return new SendResult.Unsent(reason);
        }
    }

    private static Uri MethodOf(SignalSettings settings)
    {
        var service = settings.Signal switch
        {
            Signal.Traces => "trace.v1.TraceService",
            Signal.Metrics => "metrics.v1.MetricsService",
            _ => "logs.v1.LogsService",
        };
        var path = settings.Endpoint!.AbsolutePath.TrimEnd('/') + "/opentelemetry.proto.collector." + service + "/Export";
        return new UriBuilder(settings.Endpoint) { Path = path }.Uri;
    }

    private static byte[] Frame(ExportRequest request)
    {
        var frame = new byte[FrameBytes + request.Body.Length];
        frame[0] = request.IsGzipped ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)request.Body.Length);
        request.Body.CopyTo(frame, FrameBytes);
        return frame;
    }

    private static SendResult Read(HttpResponseMessage response, byte[] body)
    {
        // A call that fails at once has its status among the headers, and no trailers.
        var status = Value(response, "grpc-status");
        if (!int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            var http = Printable.Line($"{(int)response.StatusCode} {response.ReasonPhrase}");
            return response.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
                ? new SendResult.Unsent(http)
                : new SendResult.Refused(response.IsSuccessStatusCode ? "no answer of a gRPC server" : http, response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
        }

        if (code == 0)
        {
            return new SendResult.Delivered(body.Length > FrameBytes && body[0] == 0 ? PartialSuccess.Read(body.AsSpan(FrameBytes)) : null);
        }

        var reason = GrpcStatus.Describe(code, Value(response, "grpc-message"));
        return GrpcStatus.IsRetryable(code)
            ? new SendResult.Unsent(reason, GrpcStatus.RetryDelay(Value(response, "grpc-status-details-bin")))
            : new SendResult.Refused(reason, GrpcStatus.IsAuthentication(code));
    }

    private static string? Value(HttpResponseMessage response, string name) =>
        response.TrailingHeaders.TryGetValues(name, out var trailers) ? trailers.First()
        : response.Headers.TryGetValues(name, out var headers) ? headers.First()
        : null;
}
