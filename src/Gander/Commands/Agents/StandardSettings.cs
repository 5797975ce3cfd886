using System.Globalization;

namespace Gander.Commands.Agents;

/// <summary>The part of a launch that all agents have in common: OpenTelemetry's own variables.</summary>
internal static class StandardSettings
{
    private const int ShortTimeoutMillis = 1_000;
    private static readonly string[] ProxyVariables = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

    /// <summary>Points all three signals at the target and takes away what would keep them from it.</summary>
    /// <param name="launch">The program about to start.</param>
    /// <param name="agent">Which agent it is.</param>
    public static void Apply(Launch launch, AgentSettings agent)
    {
        var target = launch.Target;
        var wasElsewhere = launch.Value(OtelVariables.Endpoint) is { Length: > 0 } endpoint && endpoint.TrimEnd('/') != target.Endpoint;
        launch.Set(OtelVariables.Endpoint, target.Endpoint, wasElsewhere ? "this run goes to Gander" : null);
        ChooseProtocol(launch, agent);
        foreach (var signal in OtelVariables.Signals)
        {
            DropOverrides(launch, agent, signal);
        }

        if (!agent.Compresses)
        {
            launch.Remove(OtelVariables.Compression, $"with it {agent.Title} sends nothing");
        }

        if (launch.Value(OtelVariables.Disabled).Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            launch.Remove(OtelVariables.Disabled, "with it nothing is sent");
        }

        if (int.TryParse(launch.Value(OtelVariables.Timeout), NumberStyles.None, CultureInfo.InvariantCulture, out var timeout) && timeout < ShortTimeoutMillis)
        {
            launch.Remove(OtelVariables.Timeout, "it is in milliseconds, and exports need longer");
        }

        DropForeignName(launch, agent);
        Admit(launch, wasElsewhere);
        Mark(launch);
        GoAroundProxies(launch);
    }

    private static void ChooseProtocol(Launch launch, AgentSettings agent)
    {
        if (!agent.HttpProtocols.Contains(launch.Value(OtelVariables.Protocol), StringComparer.Ordinal))
        {
            launch.Set(OtelVariables.Protocol, agent.HttpProtocols[0], $"it is what {agent.Title} speaks to this address");
        }
    }

    private static void DropOverrides(Launch launch, AgentSettings agent, string signal)
    {
        var endpoint = OtelVariables.Of(OtelVariables.Endpoint, signal);
        if (launch.Value(endpoint) != launch.Target.EndpointOf(signal))
        {
            launch.Remove(endpoint, "this run goes to Gander");
            launch.Remove(OtelVariables.Of(OtelVariables.Headers, signal), "they are meant for another address");
        }

        var protocol = OtelVariables.Of(OtelVariables.Protocol, signal);
        if (!agent.HttpProtocols.Contains(launch.Value(protocol), StringComparer.Ordinal))
        {
            launch.Remove(protocol, $"{agent.Title} does not reach this address with it");
        }

        if (!agent.Compresses)
        {
            launch.Remove(OtelVariables.Of(OtelVariables.Compression, signal), $"with it {agent.Title} sends nothing");
        }

        var exporter = OtelVariables.Exporter(signal);
        if (!launch.Value(exporter).Split(',', StringSplitOptions.TrimEntries).Contains("otlp", StringComparer.Ordinal))
        {
            launch.Set(exporter, "otlp", $"otherwise {agent.Title} keeps its {signal.ToLowerInvariant()} back");
        }
    }

    // A profile that was written for one agent gives its name to all of them.
    private static void DropForeignName(Launch launch, AgentSettings agent)
    {
        var name = launch.Value(OtelVariables.ServiceName);
        if (name == "unknown_service" || AgentCatalogue.All.Any(other => other.ServiceNames.Contains(name, StringComparer.Ordinal) && !agent.ServiceNames.Contains(name, StringComparer.Ordinal)))
        {
            launch.Remove(OtelVariables.ServiceName, $"it is not what {agent.Title} is called");
        }
    }

    // A credential for somebody else's collector is not shown to this one.
    private static void Admit(Launch launch, bool wasElsewhere)
    {
        if (wasElsewhere)
        {
            launch.Remove(OtelVariables.Headers, "they are meant for another address");
        }

        if (launch.Target.Token is not { } token)
        {
            return;
        }

        var others = launch.Value(OtelVariables.Headers)
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(header => !header.StartsWith("authorization", StringComparison.OrdinalIgnoreCase));
        // A plain space: Claude Code and opencode do not decode %20, and no agent minds the space.
        launch.Set(OtelVariables.Headers, string.Join(',', [.. others, $"Authorization=Basic {token}"]));
    }

    private static void Mark(Launch launch)
    {
        var mark = $"{LaunchTarget.RunAttribute}={launch.Target.RunId}";
        var others = launch.Value(OtelVariables.ResourceAttributes)
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(pair => !pair.StartsWith($"{LaunchTarget.RunAttribute}=", StringComparison.Ordinal));
        launch.Set(OtelVariables.ResourceAttributes, string.Join(',', [.. others, mark]));
    }

    private static void GoAroundProxies(Launch launch)
    {
        if (!launch.Target.OtlpHttp.IsLoopback || ProxyVariables.All(name => launch.Value(name).Length == 0))
        {
            return;
        }

        foreach (var name in new[] { "NO_PROXY", "no_proxy" })
        {
            var known = launch.Value(name).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            launch.Set(name, string.Join(',', known.Union([launch.Target.OtlpHttp.Host], StringComparer.OrdinalIgnoreCase)));
        }
    }
}
