namespace Gander.Commands.Agents;

/// <summary>Gander's own agent: OpenTelemetry's variables as they are specified, and content by the same one as goose.</summary>
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
    public override string TrustVariable => OtelVariables.Certificate;

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
    public override IReadOnlyList<ExportRoute> Routes(Surroundings surroundings) => StandardRoutes.Of(this, Read(surroundings));

    /// <inheritdoc/>
    internal override void SetEnvironment(Launch launch)
    {
        if (launch.Target.Content)
        {
            launch.Set(OtelVariables.CaptureContent, "true");
        }
    }
}
