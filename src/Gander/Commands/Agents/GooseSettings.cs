namespace Gander.Commands.Agents;

/// <summary>goose, as measured with 1.52.0: OTLP over HTTP in protobuf, all of it set by OpenTelemetry's own variables.</summary>
internal sealed class GooseSettings : AgentSettings
{
    // Its configuration file may name a time in what its author took for seconds; a variable goes before the file.
    private const string TimeoutMillis = "10000";

    /// <inheritdoc/>
    public override string Name => "goose";

    /// <inheritdoc/>
    public override string Title => "goose";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Packages => ["@aaif/goose-binary"];

    /// <inheritdoc/>
    public override bool Compresses => false;

    /// <inheritdoc/>
    internal override void SetEnvironment(Launch launch)
    {
        launch.SetIfAbsent(OtelVariables.Timeout, TimeoutMillis);
        if (launch.Target.Content)
        {
            launch.Set(OtelVariables.CaptureContent, "true");
        }
    }
}
