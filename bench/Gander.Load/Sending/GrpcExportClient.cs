using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;

namespace Gander.Load.Sending;

/// <summary>
/// OTLP over gRPC, spoken directly on HTTP/2 (grpc.io, PROTOCOL-HTTP2) so that bodies packed beforehand go out as they are.
/// </summary>
internal sealed class GrpcExportClient : IExportClient
{
    private const int FrameHeader = 5;

    private readonly HttpClient _http;
    private readonly Uri _endpoint;

    public GrpcExportClient(Uri endpoint, string? token, TimeSpan timeout)
    {
        _endpoint = endpoint;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = timeout };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <inheritdoc/>
    public async Task<ExportAnswer> SendAsync(ExportBody body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_endpoint, body.Path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(Frame(body)),
        };
        request.Headers.TE.ParseAdd("trailers");
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        if (body.Encoding is not null)
        {
            request.Headers.Add("grpc-encoding", body.Encoding);
        }

        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return Read(response, answer);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new ExportAnswer(ExportOutcome.Unknown, ExportFailure.Describe(exception));
        }
    }

    public void Dispose() => _http.Dispose();

    private static byte[] Frame(ExportBody body)
    {
        var frame = new byte[FrameHeader + body.Bytes.Length];
        frame[0] = body.Encoding is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)body.Bytes.Length);
        body.Bytes.CopyTo(frame, FrameHeader);
        return frame;
    }

    // Which codes may be sent again: opentelemetry.io/docs/specs/otlp, OTLP/gRPC, Failures.
    private static ExportAnswer Read(HttpResponseMessage response, byte[] answer)
    {
        var status = Header(response.TrailingHeaders) ?? Header(response.Headers);
        return status switch
        {
            "0" when PartialSuccess.Says(answer.AsSpan(Math.Min(FrameHeader, answer.Length)), contentType: null) =>
                new ExportAnswer(ExportOutcome.Refused, "grpc 0 with partial success"),
            "0" => ExportAnswer.Acknowledged,
            null => new ExportAnswer(ExportOutcome.Unknown, $"no grpc-status (HTTP {(int)response.StatusCode})"),
            "1" or "4" or "8" or "10" or "11" or "14" or "15" => new ExportAnswer(ExportOutcome.RefusedForNow, $"grpc {status}"),
            _ => new ExportAnswer(ExportOutcome.Refused, $"grpc {status}"),
        };
    }

    private static string? Header(HttpResponseHeaders headers) =>
        headers.TryGetValues("grpc-status", out var values) ? values.FirstOrDefault() : null;
}
