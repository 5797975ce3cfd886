using Gander.Hosting;

namespace Gander.Web.Connecting;

/// <summary>What a person needs to point an agent at this server.</summary>
/// <param name="Addresses">Where it listens.</param>
/// <param name="TokenNeeded">Whether exports need a token now.</param>
/// <param name="ReadOnly">Whether it refuses telemetry.</param>
public sealed record ConnectFacts(ServerAddresses Addresses, bool TokenNeeded, bool ReadOnly)
{
    /// <summary>The facts of the running server.</summary>
    public static ConnectFacts Of(RunningServer server) => new(server.Addresses, server.TokenNeeded, server.ReadOnly);
}
