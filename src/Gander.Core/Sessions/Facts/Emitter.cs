using Gander.Sessions.Agents;
using Gander.Telemetry;

namespace Gander.Sessions.Facts;

/// <summary>
/// Who sent some telemetry: one agent of one user on one host, in one version. Made from the resource alone, so that spans
/// and logs of one process agree on it. Immutable and thread-safe.
/// </summary>
internal sealed class Emitter
{
    /// <summary>Reads the identity from a resource.</summary>
    public Emitter(Resource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ResourceId = resource.Id;
        Dialect = AgentDialects.OfResource(resource);
        ServiceName = resource.ServiceName;
        SdkLanguage = resource.Text("telemetry.sdk.language");
        Agent = Dialect?.Agent ?? (ServiceName.Length > 0 ? ServiceName : "unknown");
        User = First(resource, AttributeKeys.UserName, "enduser.id", "user.email", "user.id");
        Host = First(resource, AttributeKeys.HostName);
        Team = First(resource, AttributeKeys.TeamName, "team.id", "team");
        Repository = First(resource, "vcs.repository.name", "vcs.repository.url.full", "repository", "repo");
        Project = First(resource, "project.name", "project.id", "project");
        Version = Dialect is { SendsItsVersion: false } ? null : First(resource, AttributeKeys.ServiceVersion);
        Instance = resource.Text(AttributeKeys.ServiceInstanceId);
        TellingHost = Dialect is { HasUniqueIds: true } ? null : Host;
        Maker = resource.Text("telemetry.distro.name") is { Length: > 0 } distribution ? $"{Agent}/{distribution}" : Agent;
        Id = ContentHash.Of($"{Maker}\0{User}\0{TellingHost}".AsSpan());
    }

    /// <summary>The same for every process of one agent, user and host; hosts are not told apart where session ids are unique anyway.</summary>
    public ulong Id { get; }

    /// <summary><see cref="Resource.Id"/> of the resource.</summary>
    public ulong ResourceId { get; }

    /// <summary>The dialect that the resource alone gives away, or null.</summary>
    public AgentDialect? Dialect { get; }

    /// <summary>The agent: of a known one its own name, whatever the service is called; else the service's name.</summary>
    public string Agent { get; }

    /// <summary>
    /// The agent and, where it says, whose edition of it: two programs that keep one agent's contract count their sessions each by
    /// itself, and call the first one of a day the same.
    /// </summary>
    public string Maker { get; }

    /// <summary><c>service.name</c>, or empty.</summary>
    public string ServiceName { get; }

    /// <summary><c>telemetry.sdk.language</c>, or empty.</summary>
    public string SdkLanguage { get; }

    /// <summary>The agent's version, or null.</summary>
    public string? Version { get; }

    /// <summary><c>service.instance.id</c>, or empty.</summary>
    public string Instance { get; }

    /// <summary>The user, or null.</summary>
    public string? User { get; }

    /// <summary>The host, or null.</summary>
    public string? Host { get; }

    /// <summary>The host as far as it tells sessions of the same id apart; null where ids are unique, as records may then name different hosts or none.</summary>
    public string? TellingHost { get; }

    /// <summary>The team, or null.</summary>
    public string? Team { get; }

    /// <summary>The repository, or null.</summary>
    public string? Repository { get; }

    /// <summary>The project, or null.</summary>
    public string? Project { get; }

    private static string? First(Resource resource, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (resource.Text(key) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }
}
