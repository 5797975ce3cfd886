using System.Globalization;

namespace Gander.Commands.Agents;

/// <summary>What can be wrong with protocol, compression, timeout, exporters, trust and proxies in OpenTelemetry's variables.</summary>
internal static class TransportChecks
{
    private const int ShortMillis = 1_000;
    private static readonly string[] Proxies = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];

    /// <summary>Everything about the way to the server.</summary>
    public static IEnumerable<Finding> Of(AgentSettings agent, AgentVariables variables, Surroundings surroundings) =>
    [
        .. Names(OtelVariables.Protocol).SelectMany(name => Protocol(agent, variables, name)),
        .. Names(OtelVariables.Compression).SelectMany(name => Compression(agent, variables, name)),
        .. Names(OtelVariables.Timeout).SelectMany(name => Timeout(variables, name)),
        .. Disabled(agent, variables),
        .. Trust(agent, variables),
        .. Proxy(agent, variables, surroundings),
    ];

    /// <summary>Exporters that keep a signal from being sent.</summary>
    public static IEnumerable<Finding> Exporters(AgentSettings agent, AgentVariables variables)
    {
        foreach (var signal in agent.Signals)
        {
            var name = OtelVariables.Exporter(signal);
            var chosen = variables.Value(name).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (chosen.Length == 0 || chosen.Contains("otlp", StringComparer.Ordinal))
            {
                continue;
            }

            var why = chosen is ["console"] or ["stdout"]
                ? $"Its {signal.ToLowerInvariant()} are printed between the agent's answers and sent nowhere."
                : $"With anything but otlp {agent.Title} sends no {signal.ToLowerInvariant()}.";
            yield return Finding.Problem("exporter.off", variables.Shown(name), why, variables.Change(name, "otlp"));
        }
    }

    private static IEnumerable<string> Names(string name) => [name, .. OtelVariables.Signals.Select(signal => OtelVariables.Of(name, signal))];

    private static IEnumerable<Finding> Protocol(AgentSettings agent, AgentVariables variables, string name)
    {
        if (variables.Has(name) && agent.WireOf(variables.Value(name)) is null)
        {
            var isGrpc = variables.Value(name) == "grpc";
            yield return Finding.Problem(
                isGrpc ? "protocol.grpc" : "protocol.unknown",
                variables.Shown(name),
                isGrpc ? $"{agent.Title} cannot speak gRPC and sends nothing at all with this." : $"{agent.Title} does not know this protocol and sends nothing with it.",
                variables.Change(name, agent.HttpProtocols[0]));
        }
    }

    private static IEnumerable<Finding> Compression(AgentSettings agent, AgentVariables variables, string name)
    {
        if (!agent.Compresses && variables.Has(name) && variables.Value(name) != "none")
        {
            yield return Finding.Problem("compression", variables.Shown(name), $"{agent.Title} cannot compress, and sends nothing with this, without a word.", variables.Drop(name));
        }
    }

    private static IEnumerable<Finding> Timeout(AgentVariables variables, string name)
    {
        if (!variables.Has(name))
        {
            yield break;
        }

        var isNumber = int.TryParse(variables.Value(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var millis);
        if (!isNumber || millis < ShortMillis)
        {
            var meant = isNumber && millis is > 0 and <= 120 ? millis * 1_000 : 10_000;
            yield return Finding.Problem(
                "timeout",
                variables.Shown(name),
                isNumber ? $"The unit is milliseconds: an export that is not answered within {millis} ms is lost." : "This must be a number of milliseconds.",
                variables.Change(name, meant.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static IEnumerable<Finding> Disabled(AgentSettings agent, AgentVariables variables)
    {
        if (agent.CanBeDisabled && variables.Value(OtelVariables.Disabled).Trim().Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            yield return Finding.Problem("sdk.disabled", variables.Shown(OtelVariables.Disabled), "Nothing is sent while it is.", variables.Drop(OtelVariables.Disabled));
        }
    }

    private static IEnumerable<Finding> Trust(AgentSettings agent, AgentVariables variables)
    {
        if (agent.TrustVariable != OtelVariables.Certificate && variables.Has(OtelVariables.Certificate) && !variables.Has(agent.TrustVariable) && agent.IgnoresCertificate)
        {
            yield return Finding.Problem(
                "tls.certificate-ignored",
                variables.Shown(OtelVariables.Certificate),
                $"{agent.Title} does not read this variable; with an authority the system does not know its exports fail without a word.",
                $"export {agent.TrustVariable}={variables.Value(OtelVariables.Certificate)}");
        }
    }

    private static IEnumerable<Finding> Proxy(AgentSettings agent, AgentVariables variables, Surroundings surroundings)
    {
        var proxy = Array.Find(Proxies, variables.Has);
        if (proxy is null || StandardRoutes.Parse(variables.Value(OtelVariables.Endpoint)) is not { IsLoopback: true } address)
        {
            yield break;
        }

        var around = $"{surroundings.Variable("NO_PROXY")},{surroundings.Variable("no_proxy")}".Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (!around.Contains("*", StringComparer.Ordinal) && !around.Contains(address.Host, StringComparer.OrdinalIgnoreCase))
        {
            yield return Finding.Warning(
                "proxy",
                variables.Shown(proxy),
                $"{agent.Title} may send its telemetry for {address.Host} through the proxy, which does not reach this machine.",
                $"export NO_PROXY={string.Join(',', around.Append(address.Host).Distinct(StringComparer.OrdinalIgnoreCase))}");
        }
    }
}
