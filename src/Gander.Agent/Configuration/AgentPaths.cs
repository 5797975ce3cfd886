namespace Gander.Agent.Configuration;

/// <summary>Where the agent reads and writes, as full paths. Nothing is made or opened here.</summary>
public sealed class AgentPaths
{
    /// <summary>The places as <c>XDG_CONFIG_HOME</c>, <c>XDG_DATA_HOME</c>, <c>XDG_STATE_HOME</c>, <c>GOOSE_PATH_ROOT</c> and <c>HOME</c> in <paramref name="environment"/> name them.</summary>
    public AgentPaths(IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var home = environment.GetValueOrDefault("HOME") is { Length: > 0 } set ? set : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var config = Folder(environment, "XDG_CONFIG_HOME", Path.Combine(home, ".config"));
        GooseConfiguration = environment.GetValueOrDefault("GOOSE_PATH_ROOT") is { Length: > 0 } root
            ? Path.Combine(Path.GetFullPath(root), "config")
            : Path.Combine(config, "goose");
        Configuration = Path.Combine(config, "gander");
        Data = Path.Combine(Folder(environment, "XDG_DATA_HOME", Path.Combine(home, ".local", "share")), "gander", "agent");
        State = Path.Combine(Folder(environment, "XDG_STATE_HOME", Path.Combine(home, ".local", "state")), "gander", "agent");
        Home = home;
    }

    /// <summary>The person's home folder.</summary>
    public string Home { get; }

    /// <summary>The folder of <c>agent.yaml</c> and <c>secrets.yaml</c>.</summary>
    public string Configuration { get; }

    /// <summary>The folder of goose's <c>config.yaml</c> and <c>secrets.yaml</c>.</summary>
    public string GooseConfiguration { get; }

    /// <summary>The folder of sessions.</summary>
    public string Data { get; }

    /// <summary>The folder of things that may be lost: logs, history of the prompt, telemetry that waits to be sent.</summary>
    public string State { get; }

    // A relative path in these variables is to be ignored, says the XDG base directory specification.
    private static string Folder(IReadOnlyDictionary<string, string> environment, string variable, string otherwise) =>
        environment.GetValueOrDefault(variable) is { Length: > 0 } set && Path.IsPathRooted(set) ? set : otherwise;
}
