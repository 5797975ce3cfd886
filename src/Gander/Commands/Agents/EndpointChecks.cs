namespace Gander.Commands.Agents;

/// <summary>What can be wrong with addresses in OpenTelemetry's variables.</summary>
internal static class EndpointChecks
{
    private const int GrpcPort = 4317;
    private const int HttpPort = 4318;

    /// <summary>Everything about addresses.</summary>
    public static IEnumerable<Finding> Of(AgentSettings agent, AgentVariables variables, Surroundings surroundings)
    {
        var own = OtelVariables.Signals.Where(signal => variables.Has(OtelVariables.Of(OtelVariables.Endpoint, signal))).ToList();
        if (!variables.Has(OtelVariables.Endpoint) && own.Count == 0)
        {
            yield return agent.WireOf(variables.Value(OtelVariables.Protocol)) is { } wire && agent.DefaultEndpoint(wire, variables) is { } usual
                ? Finding.Note("endpoint.default", $"{OtelVariables.Endpoint} is not set", $"{agent.Title} sends to {usual} then.", $"export {OtelVariables.Endpoint}={surroundings.Endpoint}")
                : Missing(agent, surroundings);
            yield break;
        }

        if (variables.Has(OtelVariables.Endpoint))
        {
            foreach (var finding in Common(agent, variables, surroundings))
            {
                yield return finding;
            }
        }
        else if (agent.Signals.Except(own).ToList() is { Count: > 0 } missing)
        {
            yield return Finding.Warning(
                "endpoint.partial",
                $"only {string.Join(" and ", own.Select(Word))} have an address",
                $"An address of a single signal turns on that signal alone: {agent.Title} sends no {string.Join(" and no ", missing.Select(Word))}.",
                $"export {OtelVariables.Endpoint}={surroundings.Endpoint}");
        }

        foreach (var finding in own.SelectMany(signal => OfSignal(agent, variables, surroundings, signal)))
        {
            yield return finding;
        }
    }

    /// <summary>Whether the port is that of the other transport, by convention or because the server has it there.</summary>
    public static Finding? WrongPort(AgentVariables variables, string name, Wire wire, Uri address)
    {
        var (wrong, right, word) = wire == Wire.Grpc ? (HttpPort, GrpcPort, "gRPC") : (GrpcPort, HttpPort, "HTTP");
        return address.Port == wrong
            ? Finding.Problem(
                "endpoint.port",
                variables.Shown(name),
                $"Port {wrong} is for OTLP over {(wire == Wire.Grpc ? "HTTP" : "gRPC")}, and the protocol is {word}.",
                variables.Change(name, new UriBuilder(address) { Port = right }.Uri.AbsoluteUri.TrimEnd('/')))
            : null;
    }

    private static Finding Missing(AgentSettings agent, Surroundings surroundings)
    {
        var line = $"export {OtelVariables.Endpoint}={surroundings.Endpoint}";
        if (ShellProfiles.Find(surroundings, OtelVariables.Endpoint) is not { } profile)
        {
            return Finding.Problem("endpoint.off", $"{OtelVariables.Endpoint} is not set", $"Without an address {agent.Title} sends nothing, and does not say so.", line);
        }

        var place = $"{surroundings.Shown(profile.File)}, line {profile.Number}";
        return profile.IsExported
            ? Finding.Problem(
                "shell.stale",
                $"{OtelVariables.Endpoint} is in {place}, but not in this shell",
                $"A shell reads its profile when it starts; {agent.Title} started from here sends nothing.",
                $"source {surroundings.Shown(profile.File)}")
            : Finding.Problem(
                "shell.not-exported",
                $"{OtelVariables.Endpoint} is set in {place}, but not exported",
                "Programs see only what a shell exports.",
                $"export {OtelVariables.Endpoint}={Masked.Address(profile.Value)}   (in {place})");
    }

    private static IEnumerable<Finding> Common(AgentSettings agent, AgentVariables variables, Surroundings surroundings)
    {
        const string name = OtelVariables.Endpoint;
        if (StandardRoutes.Parse(variables.Value(name)) is not { } address)
        {
            yield return Invalid(variables, name, surroundings.Endpoint);
            yield break;
        }

        if (OtelVariables.Signals.FirstOrDefault(signal => address.AbsolutePath.TrimEnd('/').EndsWith(Path(signal), StringComparison.Ordinal)) is { } signal)
        {
            yield return Finding.Problem(
                "endpoint.path",
                variables.Shown(name),
                $"This variable takes the address of the server; {agent.Title} adds {Path(signal)} itself.",
                variables.Change(name, variables.Value(name).TrimEnd('/')[..^Path(signal).Length]));
        }

        if (agent.WireOf(variables.Value(OtelVariables.Protocol)) is { } wire && WrongPort(variables, name, wire, address) is { } port)
        {
            yield return port;
        }
    }

    private static IEnumerable<Finding> OfSignal(AgentSettings agent, AgentVariables variables, Surroundings surroundings, string signal)
    {
        var name = OtelVariables.Of(OtelVariables.Endpoint, signal);
        if (StandardRoutes.Parse(variables.Value(name)) is not { } address)
        {
            yield return Invalid(variables, name, surroundings.Endpoint + Path(signal));
            yield break;
        }

        if (agent.WireOf(StandardRoutes.First(variables, OtelVariables.Protocol, signal)) is not { } wire)
        {
            yield break;
        }

        if (wire != Wire.Grpc && !address.AbsolutePath.TrimEnd('/').EndsWith(Path(signal), StringComparison.Ordinal))
        {
            yield return Finding.Problem(
                "endpoint.signal-path",
                variables.Shown(name),
                $"The address of a single signal is used as it is: without {Path(signal)} its {Word(signal)} go where nothing takes them.",
                variables.Change(name, address.AbsoluteUri.TrimEnd('/') + Path(signal)));
        }

        if (WrongPort(variables, name, wire, address) is { } port)
        {
            yield return port;
        }
    }

    private static Finding Invalid(AgentVariables variables, string name, string example) => Finding.Problem(
        "endpoint.invalid", variables.Shown(name), "This is no address: it needs http:// or https://, a host and a port.", variables.Change(name, example));

    private static string Path(string signal) => $"/v1/{signal.ToLowerInvariant()}";

    private static string Word(string signal) => signal.ToLowerInvariant();
}
