using System.Net.Http.Headers;
using System.Text.Json;

namespace Gander.Commands.Exec;

/// <summary>Asks a Gander's own API. Answers are null when there is none: the server is away, is no Gander, or refuses. Thread-safe.</summary>
internal sealed class GanderClient : IDisposable
{
    private const int MaxAnswerBytes = 16 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;

    public GanderClient(Uri pages, string? token)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }, disposeHandler: true)
        {
            BaseAddress = pages,
            Timeout = Patience,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
        if (!string.IsNullOrEmpty(token))
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", token);
        }
    }

    /// <summary>The answer to a GET, which the caller disposes; with the status, 0 when nothing answered.</summary>
    public async Task<(int Status, JsonDocument? Answer)> GetAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return ((int)response.StatusCode, response.IsSuccessStatusCode ? JsonDocument.Parse(bytes) : null);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (e is JsonException ? 200 : 0, null);
        }
    }

    public void Dispose() => _http.Dispose();
}
