namespace Gander.Commands.Agents;

/// <summary>GitHub's Copilot CLI: traces and metrics over HTTP, by OpenTelemetry's variables and a few of its own. It has no logs.</summary>
internal sealed class CopilotSettings : AgentSettings
{
    private const string Enable = "COPILOT_OTEL_ENABLED";
    private const string ExporterType = "COPILOT_OTEL_EXPORTER_TYPE";
    private const string FilePath = "COPILOT_OTEL_FILE_EXPORTER_PATH";

    /// <inheritdoc/>
    public override string Name => "copilot";

    /// <inheritdoc/>
    public override string Title => "Copilot CLI";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ServiceNames => ["github-copilot"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Packages => ["@github/copilot"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Signals => ["TRACES", "METRICS"];

    /// <inheritdoc/>
    public override Wire? WireOf(string protocol) => protocol switch
    {
        "" or "http/protobuf" => Wire.HttpProtobuf,
        "http/json" => Wire.HttpJson,
        _ => null,
    };

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(Surroundings surroundings)
    {
        var variables = Read(surroundings);
        return
        [
            .. CheckSwitches(variables),
            .. EndpointChecks.Of(this, variables, surroundings),
            .. TransportChecks.Of(this, variables, surroundings),
            .. RecordChecks.Of(this, variables),
            .. ContentCheck.Of(Title, variables.IsOn(OtelVariables.CaptureContent), $"export {OtelVariables.CaptureContent}=true"),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ExportRoute> Routes(Surroundings surroundings)
    {
        var variables = Read(surroundings);
        return IsFile(variables) || IsSwitchedOff(variables) ? [] : StandardRoutes.Of(this, variables);
    }

    /// <inheritdoc/>
    internal override void SetEnvironment(Launch launch)
    {
        launch.Set(Enable, "true", "otherwise Copilot CLI sends nothing");
        if (launch.Value(ExporterType) is { Length: > 0 } and not "otlp-http")
        {
            launch.Set(ExporterType, "otlp-http", "otherwise Copilot CLI sends nothing");
        }

        launch.Remove(FilePath, "with it telemetry goes into a file");
        if (launch.Target.Content)
        {
            launch.Set(OtelVariables.CaptureContent, "true");
        }
    }

    private static bool IsFile(AgentVariables variables) => variables.Value(ExporterType) == "file" || (variables.Has(FilePath) && !variables.Has(ExporterType));

    private static bool IsSwitchedOff(AgentVariables variables) => variables.Has(Enable) && !variables.IsOn(Enable);

    private static IEnumerable<Finding> CheckSwitches(AgentVariables variables)
    {
        if (IsSwitchedOff(variables))
        {
            yield return Finding.Problem("copilot.disabled", variables.Shown(Enable), "Copilot CLI sends nothing then.", variables.Change(Enable, "true"));
        }

        if (IsFile(variables))
        {
            var name = variables.Has(ExporterType) ? ExporterType : FilePath;
            yield return Finding.Problem("copilot.file", variables.Shown(name), "Telemetry goes into a file and nowhere else.", variables.Drop(name));
        }
    }
}
