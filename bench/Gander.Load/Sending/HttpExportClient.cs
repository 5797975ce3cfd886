using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Gander.Load.Sending;

/// <summary>OTLP over HTTP/1.1 (opentelemetry.io/docs/specs/otlp, OTLP/HTTP), and remote write, which is acknowledged with 204.</summary>
internal sealed class HttpExportClient : IExportClient
{
    private readonly HttpClient _http;
    private readonly Uri _endpoint;

    public HttpExportClient(Uri endpoint, string? token, TimeSpan timeout)
    {
        _endpoint = endpoint;
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1, UseProxy = false }) { Timeout = timeout };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <inheritdoc/>
    public async Task<ExportAnswer> SendAsync(ExportBody body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_endpoint, body.Path));
        request.Content = new ByteArrayContent(body.Bytes);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(body.ContentType);
        if (body.Encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(body.Encoding);
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

    // 429, 502, 503 and 504 may be sent again, everything else may not (OTLP/HTTP, Retryable Response Codes).
    private static ExportAnswer Read(HttpResponseMessage response, byte[] answer)
    {
        if (response.StatusCode == HttpStatusCode.NoContent)
        {
            return ExportAnswer.Acknowledged;
        }

        if (response.StatusCode == HttpStatusCode.OK)
        {
            // A whole success has an empty message; anything more says that records were rejected.
            return PartialSuccess.Says(answer, response.Content.Headers.ContentType?.MediaType)
                ? new ExportAnswer(ExportOutcome.Refused, "200 with partial success")
                : ExportAnswer.Acknowledged;
        }

        var reason = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        return response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
            ? new ExportAnswer(ExportOutcome.RefusedForNow, reason, response.Headers.RetryAfter?.Delta)
            : new ExportAnswer(ExportOutcome.Refused, reason);
    }
}
