using System.Net;
using System.Net.Http.Headers;
using Gander.Commands.Agents;
using Gander.Hosting;
using Gander.Telemetry;

namespace Gander.Commands.Imports;

/// <summary>Sends bodies to a server over OTLP/HTTP and waits, as long as is reasonable, while it has no room. Thread-safe.</summary>
internal sealed class ImportClient(Uri server, string? token, TimeProvider time) : IDisposable
{
    private const int MaxTries = 30;
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }, disposeHandler: true)
    {
        // A base path such as /collector is kept.
        BaseAddress = new Uri(server.AbsoluteUri.TrimEnd('/') + "/"),
        Timeout = TimeSpan.FromMinutes(5),
    };

    /// <summary>Sends one body.</summary>
    /// <returns>What the server took; null with a problem when it took nothing.</returns>
    /// <exception cref="StartException">The server does not answer, does not admit this client, or takes nothing for too long.</exception>
    public async Task<(ImportAnswer? Answer, ImportProblem? Problem)> SendAsync(ImportBody body, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = Request(body);
            using var response = await SendAsync(request, cancellationToken);
            var content = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return (ImportAnswer.Accepted(content, isJson), null);
            }

            var message = ImportAnswer.Failure(content, isJson);
            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            {
                throw new StartException($"{Masked.Address(server)} does not admit this import: {message} Set the variable GANDER_TOKEN to a token with the scope ingest.");
            }

            if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
            {
                return (null, new ImportProblem(body.Place, $"{(int)response.StatusCode} {message}"));
            }

            if (attempt == MaxTries)
            {
                throw new StartException($"{Masked.Address(server)} takes nothing, after {MaxTries} tries: {message}");
            }

            await Task.Delay(Wait(response.Headers.RetryAfter), time, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private static TimeSpan Wait(RetryConditionHeaderValue? retryAfter) =>
        retryAfter?.Delta is not { } wait ? TimeSpan.FromSeconds(1) : wait < MaxWait ? wait : MaxWait;

    private HttpRequestMessage Request(ImportBody body)
    {
        var path = body.Signal switch
        {
            Signal.Traces => "v1/traces",
            Signal.Metrics => "v1/metrics",
            _ => "v1/logs",
        };
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ReadOnlyMemoryContent(body.Bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(body.IsJson ? "application/json" : "application/x-protobuf");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new StartException($"{Masked.Address(server)} does not answer: {e.Message} Is this the OTLP/HTTP address of a running server?", e);
        }
    }
}
