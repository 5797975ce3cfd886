namespace Gander.Commands.Agents;

/// <summary>
/// Gander's own agent: OpenTelemetry's variables as they are specified, and an address in its own file or goose's. A timeout in a
/// file is in seconds where that is what its author meant, so there is nothing to check. Content goes to this machine by default.
/// </summary>
internal sealed class GanderAgentSettings : AgentSettings
{
    /// <inheritdoc/>
    public override string Name => "gander";

    /// <inheritdoc/>
    public override string Title => "Gander's agent";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ServiceNames => ["goose"];

    /// <inheritdoc/>
    public override bool IsStrictAboutAttributes => false;

    /// <inheritdoc/>
    public override string TrustVariable => "SSL_CERT_FILE";

    /// <inheritdoc/>
    public override bool IgnoresCertificate => true;

    /// <inheritdoc/>
    public override string? DefaultEndpoint(Wire wire, AgentVariables variables) =>
        OtelVariables.Signals.Any(signal => IsOtlp(variables, signal)) ? wire == Wire.Grpc ? "http://localhost:4317" : "http://localhost:4318" : null;

    /// <inheritdoc/>
    public override AgentVariables Read(Surroundings surroundings)
    {
        const string key = "otel_exporter_otlp_endpoint";
        var variables = new AgentVariables(surroundings);
        // From weak to strong.
        foreach (var file in new[] { GooseSettings.ConfigFile(surroundings), surroundings.InConfig("gander", "agent.yaml") })
        {
            foreach (var (_, value) in YamlSettings.Read(surroundings, file).Where(entry => entry.Key == key))
            {
                variables.FallBack(OtelVariables.Endpoint, value, file, key);
            }
        }

        return variables;
    }

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(Surroundings surroundings)
    {
        var variables = Read(surroundings);
        return
        [
            .. EndpointChecks.Of(this, variables, surroundings),
            .. TransportChecks.Of(this, variables, surroundings),
            .. TransportChecks.Exporters(this, variables),
            .. RecordChecks.Of(this, variables),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ExportRoute> Routes(Surroundings surroundings)
    {
        var variables = Read(surroundings);
        return StandardRoutes.Of(this, variables, needsExporter: !variables.Has(OtelVariables.Endpoint));
    }

    /// <inheritdoc/>
    internal override void SetEnvironment(Launch launch)
    {
        if (launch.Target.Content)
        {
            launch.Set(OtelVariables.CaptureContent, "true");
        }
    }

    private static bool IsOtlp(AgentVariables variables, string signal) =>
        variables.Value(OtelVariables.Exporter(signal)).Split(',', StringSplitOptions.TrimEntries).Contains("otlp", StringComparer.Ordinal);
}
