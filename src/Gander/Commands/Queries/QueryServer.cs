using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json;
using Gander.Commands.Agents;
using Gander.Hosting;
using Gander.Hosting.Configuration;

namespace Gander.Commands.Queries;

/// <summary>Where a command asks: a server by its address, or the one of a data folder.</summary>
internal sealed class QueryServer : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly ServerAccess? _access;

    private QueryServer(Uri address, string? token, ServerAccess? access)
    {
        _access = access;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = System.Net.DecompressionMethods.All }, disposeHandler: true)
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (!string.IsNullOrEmpty(token))
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <summary>The flag for a server elsewhere.</summary>
    public static Option<string?> Flag() =>
        new("--server") { Description = "The address of a server's pages, instead of the data folder; a token is taken from GANDER_TOKEN", HelpName = "URL" };

    /// <summary>Finds the server, or starts one on the data folder.</summary>
    /// <exception cref="ConfigurationException">The address is none.</exception>
    /// <exception cref="StartException">There is no such folder, or its server does not start.</exception>
    public static async Task<QueryServer> FindAsync(string? address, Settings settings, Terminal terminal, CancellationToken cancellationToken)
    {
        if (address is not null)
        {
            return Uri.TryCreate(address, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
                ? new QueryServer(url, terminal.Environment.GetValueOrDefault("GANDER_TOKEN"), null)
                : throw new ConfigurationException($"--server is '{Masked.Address(address)}', but must be an address such as http://127.0.0.1:4319.");
        }

        var path = DataFolder.Resolve(settings.Get<ServerOptions>().Data);
        if (!Directory.Exists(path))
        {
            throw new StartException($"There is no data folder {path}. Name it with --data, or a server with --server.");
        }

        var access = await ServerAccess.FindOrStartAsync(settings, terminal, cancellationToken);
        return new QueryServer(access.File.Pages, access.File.Key, access);
    }

    /// <summary>Asks, and gives the whole envelope of a good answer.</summary>
    /// <exception cref="QueryFailedException">The server refused or failed.</exception>
    /// <exception cref="StartException">It does not answer.</exception>
    public async Task<JsonDocument> AskAsync(string path, IEnumerable<KeyValuePair<string, string>> parameters, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(parameters);
        return await AnswerAsync(token => _http.PostAsync(new Uri(path, UriKind.Relative), form, token), cancellationToken);
    }

    /// <summary>Asks Gander's own API; parameters without a value are left out.</summary>
    /// <exception cref="QueryFailedException">The server refused or failed.</exception>
    /// <exception cref="StartException">It does not answer.</exception>
    public Task<JsonDocument> GetAsync(string path, IEnumerable<KeyValuePair<string, string?>> parameters, CancellationToken cancellationToken)
    {
        var address = Address(path, parameters);
        return AnswerAsync(token => _http.GetAsync(address, token), cancellationToken);
    }

    /// <summary>Asks Gander's own API for something else than JSON.</summary>
    /// <exception cref="QueryFailedException">The server refused or failed.</exception>
    /// <exception cref="StartException">It does not answer.</exception>
    public async Task<string> GetTextAsync(string path, IEnumerable<KeyValuePair<string, string?>> parameters, CancellationToken cancellationToken)
    {
        var address = Address(path, parameters);
        try
        {
            using var response = await _http.GetAsync(address, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return await response.Content.ReadAsStringAsync(cancellationToken);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new StartException($"The server at {Masked.Address(_http.BaseAddress!)} does not answer: {e.Message}", e);
        }

        // What went wrong is told in JSON, whatever was asked for.
        using var _ = await AnswerAsync(token => _http.GetAsync(address, token), cancellationToken);
        throw new StartException($"What answers at {Masked.Address(_http.BaseAddress!)} is no Gander.");
    }

    /// <summary>Has the server do something that only those may ask for who have the key of the data folder.</summary>
    /// <exception cref="QueryFailedException">The server refused or failed.</exception>
    /// <exception cref="StartException">It does not answer.</exception>
    public async Task<JsonDocument> PostAsync(string path, HttpContent content, CancellationToken cancellationToken) =>
        await AnswerAsync(token => _http.PostAsync(new Uri(path, UriKind.Relative), content, token), cancellationToken);

    private static Uri Address(string path, IEnumerable<KeyValuePair<string, string?>> parameters)
    {
        var query = string.Join('&', parameters.Where(parameter => !string.IsNullOrEmpty(parameter.Value)).Select(parameter => $"{parameter.Key}={Uri.EscapeDataString(parameter.Value!)}"));
        return new Uri(query.Length > 0 ? $"{path}?{query}" : path, UriKind.Relative);
    }

    private async Task<JsonDocument> AnswerAsync(Func<CancellationToken, Task<HttpResponseMessage>> ask, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await ask(cancellationToken);
            var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return answer;
            }

            using (answer)
            {
                throw QueryFailedException.Of(answer.RootElement);
            }
        }
        catch (JsonException)
        {
            throw new StartException($"What answers at {Masked.Address(_http.BaseAddress!)} is no Gander.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new StartException($"The server at {Masked.Address(_http.BaseAddress!)} does not answer: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await (_access?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
