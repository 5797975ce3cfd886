using System.Net;
using System.Net.Http.Headers;
using Gander.Agent.Telemetry.Settings;

namespace Gander.Agent.Telemetry.Export;

/// <summary>OTLP over HTTP, protobuf or JSON (OTLP specification, OTLP/HTTP). Safe to use from several threads.</summary>
/// <param name="client">Shared by the signals; has no time limit of its own.</param>
/// <param name="settings">Where and how.</param>
internal sealed class HttpTransport(HttpClient client, SignalSettings settings) : IOtlpTransport
{
    // As for gRPC: nobody means longer, and a timer cannot wait for what a collector may write.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private const int MaxResponseBytes = 64 * 1024;

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(ExportRequest request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(settings.Timeout);
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, settings.Endpoint) { Content = new ByteArrayContent(request.Body) };
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(settings.Protocol == OtlpProtocol.HttpJson ? "application/json" : "application/x-protobuf");
            if (request.IsGzipped)
            {
                message.Content.Headers.ContentEncoding.Add("gzip");
            }

            RequestHeaders.Add(message, settings.Headers);
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            return await ReadAsync(response, limit.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (NetworkFailure.Describe(failure, settings.Timeout, cancellationToken) is { } reason)
        {
            return new SendResult.Unsent(reason);
        }
    }

    private async Task<SendResult> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = Printable.Line($"{(int)response.StatusCode} {response.ReasonPhrase}");
        if (response.IsSuccessStatusCode)
        {
            var body = await ResponseBody.ReadAsync(response, MaxResponseBytes, cancellationToken).ConfigureAwait(false);
            return new SendResult.Delivered(settings.Protocol == OtlpProtocol.HttpJson ? null : PartialSuccess.Read(body));
        }

        // Retryable by the specification are 429, 502, 503 and 504; a server that answers 500 may be well tomorrow, too.
        return response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError
            ? new SendResult.Unsent(status, After(response.Headers.RetryAfter))
            : new SendResult.Refused(status, response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
    }

    private static TimeSpan? After(RetryConditionHeaderValue? header) =>
        (header?.Delta ?? (header?.Date is { } date && date > DateTimeOffset.UtcNow ? date - DateTimeOffset.UtcNow : null)) is { } wait
            ? (wait < LongestWait ? wait : LongestWait)
            : null;
}
