using Gander.Hosting;
using Gander.Hosting.Configuration;

namespace Gander.Commands;

/// <summary>
/// The server of a data folder: the one that runs there, or one of this command's own that nobody else is told about. So each
/// command has one way to do its work, whether a server runs or not.
/// </summary>
internal sealed class ServerAccess : IAsyncDisposable
{
    private readonly GanderServer? _own;

    private ServerAccess(ServerFile file, GanderServer? own) => (File, _own) = (file, own);

    /// <summary>How to reach it.</summary>
    public ServerFile File { get; }

    /// <summary>Whether it runs only for this command.</summary>
    public bool IsOwn => _own is not null;

    /// <summary>Flags for a server of a command's own: free ports of loopback, and no word that nobody asked for.</summary>
    public static IReadOnlyDictionary<string, string> OwnServer { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["otlpGrpc"] = "127.0.0.1:0",
        ["otlpHttp"] = "127.0.0.1:0",
        ["listen"] = "127.0.0.1:0",
        ["readOnly"] = "false",
        ["certificate"] = "",
        ["certificateKey"] = "",
        ["logLevel"] = "warning",
    };

    /// <summary>Finds the running server, or starts one with <paramref name="settings"/>, which were loaded with <see cref="OwnServer"/>.</summary>
    /// <exception cref="StartException">Neither works.</exception>
    public static async Task<ServerAccess> FindOrStartAsync(Settings settings, Terminal terminal, CancellationToken cancellationToken)
    {
        var path = DataFolder.Resolve(settings.Get<ServerOptions>().Data);
        if (ServerFile.Find(path) is { } running)
        {
            return new ServerAccess(running, null);
        }

        var own = await GanderServer.StartAsync(settings, terminal.Time, cancellationToken);
        return ServerFile.Find(path) is { } file
            ? new ServerAccess(file, own)
            : throw new StartException($"The file that leads to the server in {path} has gone while it was started.");
    }

    /// <summary>Stops a server of its own.</summary>
    public ValueTask DisposeAsync() => _own?.DisposeAsync() ?? ValueTask.CompletedTask;
}
