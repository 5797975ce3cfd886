using System.Text;
using System.Text.Json;
using Gander.Commands.Agents;
using Gander.Hosting;
using Gander.Hosting.Configuration;
using Microsoft.AspNetCore.Connections;

namespace Gander.Commands.Exec;

/// <summary>Finds the server a run sends to: the one that was named, the one of the data folder, or one started for the run.</summary>
internal sealed class ServerSearch(Settings settings, Settings ownSettings, Terminal terminal) : IAsyncDisposable
{
    private GanderServer? _started;

    /// <summary>The server, or null with the reason, which is one sentence.</summary>
    /// <param name="address">The address of a server's pages, or of a collector's OTLP over HTTP; null for the data folder.</param>
    /// <param name="mayStart">Whether one is started when none runs.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="ConfigurationException">The address is none.</exception>
    public async Task<(ExecServer? Server, string? Reason)> FindAsync(string? address, bool mayStart, CancellationToken cancellationToken)
    {
        if (address is not null)
        {
            var (url, token) = Address(address);
            return await FindAtAsync(url, token ?? OwnToken(), cancellationToken);
        }

        var folder = DataFolder.Resolve(settings.Get<ServerOptions>().Data);
        if (ServerFile.Find(folder) is { } running)
        {
            return (await OfFileAsync(running, cancellationToken), null);
        }

        if (!mayStart)
        {
            return (null, $"no server runs on {folder}; start one with 'gander serve', or for this program alone with --serve");
        }

        try
        {
            _started = await StartAsync(cancellationToken);
        }
        catch (StartException e)
        {
            return (null, $"the server cannot be started: {e.Message}");
        }

        return ServerFile.Find(folder) is { } own
            ? (await OfFileAsync(own, cancellationToken) with { PagesLater = PagesLater(own.Pages) }, null)
            : (null, $"the file that leads to the server in {folder} has gone while it was started");
    }

    /// <summary>Stops a server that was started.</summary>
    public ValueTask DisposeAsync() => _started?.DisposeAsync() ?? ValueTask.CompletedTask;

    // The next server on this folder is where the settings say, unless they leave it to chance.
    private Uri PagesLater(Uri now)
    {
        var listen = settings.Get<ServerOptions>().Listen;
        return listen.Port == 0 ? now : new UriBuilder(now) { Port = listen.Port }.Uri;
    }

    // What admits a person in an address is sent in a header: programs and their arguments are shown to others.
    private static (Uri Address, string? Token) Address(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            throw new ConfigurationException($"--server is '{Masked.Address(text)}', but must be an address such as http://127.0.0.1:4319.");
        }

        return url.UserInfo.Length == 0
            ? (url, null)
            : (new UriBuilder(url) { UserName = "", Password = "" }.Uri, Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url.UserInfo))));
    }

    // Its usual addresses are the ones a person looks at; where something else has them, any will do.
    private async Task<GanderServer> StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await GanderServer.StartAsync(settings, terminal.Time, cancellationToken);
        }
        catch (StartException e) when (e.InnerException?.InnerException is AddressInUseException)
        {
            return await GanderServer.StartAsync(ownSettings, terminal.Time, cancellationToken);
        }
    }

    private async Task<ExecServer> OfFileAsync(ServerFile file, CancellationToken cancellationToken)
    {
        using var client = new GanderClient(file.Pages, file.Key);
        var (_, answer) = await client.GetAsync("/api/status", cancellationToken);
        using (answer)
        {
            // Where nothing is needed the environment of the program stays free of secrets. A token of one's own says whose telemetry it is.
            var isNeeded = answer?.RootElement.GetProperty("server").GetProperty("tokenNeeded").GetBoolean() ?? true;
            return new ExecServer(file.OtlpHttp, file.Pages, file.Key, isNeeded ? OwnToken() ?? file.Key : null);
        }
    }

    private static async Task<(ExecServer? Server, string? Reason)> FindAtAsync(Uri address, string? token, CancellationToken cancellationToken)
    {
        using var client = new GanderClient(address, token);
        var (status, answer) = await client.GetAsync("/api/status", cancellationToken);
        using (answer)
        {
            if (answer?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("server", out var server)
                && server.ValueKind == JsonValueKind.Object && server.TryGetProperty("addresses", out var addresses)
                && addresses.ValueKind == JsonValueKind.Object && addresses.TryGetProperty("otlpHttp", out var otlpHttp)
                && otlpHttp.ValueKind == JsonValueKind.String && Uri.TryCreate(otlpHttp.GetString(), UriKind.Absolute, out var otlp))
            {
                // The server knows its ports; under which name it is reached, only the caller knows.
                var reached = new UriBuilder(address) { Scheme = otlp.Scheme, Port = otlp.Port, Path = "/" }.Uri;
                var needed = server.TryGetProperty("tokenNeeded", out var asks) && asks.ValueKind == JsonValueKind.True;
                return (new ExecServer(reached, address, token, needed ? token : null), null);
            }
        }

        return status switch
        {
            0 => (null, $"nothing answers at {Masked.Authority(address)}"),
            401 or 403 => (null, $"the server at {Masked.Authority(address)} needs a token; put one in the variable GANDER_TOKEN"),
            _ => (new ExecServer(address, null, null, token), null),
        };
    }

    private string? OwnToken() => terminal.Environment.GetValueOrDefault("GANDER_TOKEN") is { Length: > 0 } token ? token : null;
}
