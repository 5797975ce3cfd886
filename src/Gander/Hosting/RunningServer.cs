using Gander.Hosting.Auth;

namespace Gander.Hosting;

/// <summary>What pages and APIs may tell of the server they run in. Thread-safe.</summary>
public sealed class RunningServer
{
    private readonly Authenticator _authenticator;
    private volatile ServerAddresses? _addresses;

    internal RunningServer(ServerOptions options, DataFolder folder, TimeProvider time, Authenticator authenticator)
    {
        _authenticator = authenticator;
        (ReadOnly, DataPath, StartedAt) = (options.ReadOnly, folder.FullPath, time.GetUtcNow());
    }

    /// <summary>Where it is reached; with the configured ports until it listens.</summary>
    /// <exception cref="InvalidOperationException">It does not listen yet.</exception>
    public ServerAddresses Addresses => _addresses ?? throw new InvalidOperationException("The server does not listen yet.");

    /// <summary>Whether agents and readers need a token at the moment.</summary>
    public bool TokenNeeded => _authenticator.TokenNeeded;

    /// <summary>Whether telemetry is refused.</summary>
    public bool ReadOnly { get; }

    /// <summary>The data folder.</summary>
    public string DataPath { get; }

    /// <summary>When it started.</summary>
    public DateTimeOffset StartedAt { get; }

    internal void Listens(ServerAddresses addresses) => _addresses = addresses;
}
