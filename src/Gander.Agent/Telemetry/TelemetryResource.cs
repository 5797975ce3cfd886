namespace Gander.Agent.Telemetry;

/// <summary>Who sends: the attributes every export begins with. <c>service.name</c> is goose's, so that filters made for it hold; the namespace and the distribution tell the agent apart.</summary>
internal sealed class TelemetryResource
{
    /// <param name="version">The agent's version.</param>
    /// <param name="configured">Attributes of the environment, which win.</param>
    /// <param name="host">The machine's name.</param>
    /// <param name="user">The login name.</param>
    public TelemetryResource(string version, IReadOnlyList<KeyValuePair<string, string>> configured, string host, string user)
    {
        Version = version;
        var attributes = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["service.name"] = AgentTelemetry.AgentName,
            ["service.namespace"] = "gander",
            ["service.version"] = version,
            ["service.instance.id"] = Guid.CreateVersion7().ToString(),
            ["host.name"] = host,
            ["user.name"] = user,
            ["telemetry.sdk.language"] = "dotnet",
            ["telemetry.sdk.name"] = "gander",
            ["telemetry.sdk.version"] = version,
            ["telemetry.distro.name"] = "gander",
            ["telemetry.distro.version"] = version,
        };
        foreach (var (key, value) in configured)
        {
            attributes[key] = value;
        }

        Attributes = [.. attributes];
    }

    public string Version { get; }

    public IReadOnlyList<KeyValuePair<string, object?>> Attributes { get; }
}
