namespace Gander.Commands.Agents;

/// <summary>Where OpenTelemetry's own variables send (OTLP exporter specification, "Endpoint URLs for OTLP/HTTP").</summary>
internal static class StandardRoutes
{
    /// <summary>The routes of all signals that have an address and are not switched off.</summary>
    /// <param name="agent">Which agent.</param>
    /// <param name="variables">Its settings.</param>
    /// <param name="needsExporter">Whether a signal without an exporter variable is off.</param>
    public static IReadOnlyList<ExportRoute> Of(AgentSettings agent, AgentVariables variables, bool needsExporter = false) =>
    [
        .. from signal in agent.Signals
           where IsOn(variables, signal, needsExporter) && !(agent.CanBeDisabled && variables.IsOn(OtelVariables.Disabled))
           let wire = agent.WireOf(First(variables, OtelVariables.Protocol, signal))
           where wire is not null && (agent.Compresses || First(variables, OtelVariables.Compression, signal) is "" or "none")
           let address = AddressOf(agent, variables, signal, wire.Value)
           where address is not null
           select new ExportRoute(signal, wire.Value, address, HeaderList.Parse(First(variables, OtelVariables.Headers, signal)), TrustFile(agent, variables)),
    ];

    /// <summary>The file of certificates the agent trusts besides the system's, or null.</summary>
    public static string? TrustFile(AgentSettings agent, AgentVariables variables) => variables.Value(agent.TrustVariable) is { Length: > 0 } file ? file : null;

    /// <summary>The value for one signal, else that for all.</summary>
    public static string First(AgentVariables variables, string name, string signal) =>
        variables.Value(OtelVariables.Of(name, signal)) is { Length: > 0 } own ? own : variables.Value(name);

    /// <summary>The address that a URL means, or null.</summary>
    public static Uri? Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) ? url : null;

    private static bool IsOn(AgentVariables variables, string signal, bool needsExporter)
    {
        var exporter = variables.Value(OtelVariables.Exporter(signal));
        return exporter.Length == 0 ? !needsExporter || variables.Has(OtelVariables.Of(OtelVariables.Endpoint, signal)) : exporter.Split(',', StringSplitOptions.TrimEntries).Contains("otlp", StringComparer.Ordinal);
    }

    private static Uri? AddressOf(AgentSettings agent, AgentVariables variables, string signal, Wire wire)
    {
        if (variables.Value(OtelVariables.Of(OtelVariables.Endpoint, signal)) is { Length: > 0 } own)
        {
            return Parse(own);
        }

        var common = variables.Has(OtelVariables.Endpoint) ? variables.Value(OtelVariables.Endpoint) : agent.DefaultEndpoint(wire, variables);
        return common is null ? null
            : wire == Wire.Grpc ? Parse(common)
            : Parse($"{common.TrimEnd('/')}/v1/{signal.ToLowerInvariant()}");
    }
}
