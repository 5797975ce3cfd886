namespace Gander.Commands.Agents;

/// <summary>goose, as measured with 1.52.0: OTLP over HTTP in protobuf, by OpenTelemetry's own variables and two keys of its configuration file.</summary>
internal sealed class GooseSettings : AgentSettings
{
    private const string TimeoutMillis = "10000";

    private static readonly Dictionary<string, string> FileKeys = new(StringComparer.Ordinal)
    {
        ["otel_exporter_otlp_endpoint"] = OtelVariables.Endpoint,
        ["otel_exporter_otlp_timeout"] = OtelVariables.Timeout,
    };

    // Settings of another thing, which the file has as well.
    private static readonly string[] OtherFileKeys = ["otel_shutdown_timeout_ms"];

    /// <inheritdoc/>
    public override string Name => "goose";

    /// <inheritdoc/>
    public override string Title => "goose";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Packages => ["@aaif/goose-binary"];

    /// <inheritdoc/>
    public override bool Compresses => false;

    /// <inheritdoc/>
    public override bool IsStrictAboutAttributes => false;

    /// <inheritdoc/>
    public override bool IgnoresCertificate => true;

    /// <inheritdoc/>
    public override string TrustVariable => "SSL_CERT_FILE";

    /// <inheritdoc/>
    public override Wire? WireOf(string protocol) => protocol is "" or "http/protobuf" or "http/json" ? Wire.HttpProtobuf : null;

    /// <inheritdoc/>
    public override string? DefaultEndpoint(Wire wire, AgentVariables variables) =>
        OtelVariables.Signals.Any(signal => variables.Value(OtelVariables.Exporter(signal)) == "otlp") ? "http://localhost:4318" : null;

    /// <summary>Its configuration file.</summary>
    public static string ConfigFile(Surroundings surroundings) => surroundings.Variable("GOOSE_PATH_ROOT") is { Length: > 0 } root
        ? Path.Combine(root, "config", "config.yaml")
        : surroundings.InConfig("goose", "config.yaml");

    /// <inheritdoc/>
    public override AgentVariables Read(Surroundings surroundings)
    {
        var variables = new AgentVariables(surroundings);
        foreach (var (key, value) in YamlSettings.Read(surroundings, ConfigFile(surroundings)))
        {
            if (FileKeys.TryGetValue(key, out var name))
            {
                variables.FallBack(name, value, ConfigFile(surroundings), key);
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
            .. CheckFile(surroundings),
            .. ContentCheck.Of(Title, variables.Value(OtelVariables.CaptureContent).Equals("true", StringComparison.OrdinalIgnoreCase), $"export {OtelVariables.CaptureContent}=true"),
            .. CheckUsageData(surroundings),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ExportRoute> Routes(Surroundings surroundings)
    {
        // One value that it cannot use turns off all signals.
        var variables = Read(surroundings);
        return WireOf(variables.Value(OtelVariables.Protocol)) is null ? [] : StandardRoutes.Of(this, variables, needsExporter: !variables.Has(OtelVariables.Endpoint));
    }

    /// <inheritdoc/>
    internal override void SetEnvironment(Launch launch)
    {
        // Its configuration file may name a time in what its author took for seconds; a variable goes before the file.
        launch.SetIfAbsent(OtelVariables.Timeout, TimeoutMillis);
        if (launch.Target.Content)
        {
            launch.Set(OtelVariables.CaptureContent, "true");
        }
    }

    private static IEnumerable<Finding> CheckFile(Surroundings surroundings)
    {
        var file = surroundings.Shown(ConfigFile(surroundings));
        foreach (var (key, value) in YamlSettings.Read(surroundings, ConfigFile(surroundings)).Where(entry => entry.Key.StartsWith("otel_", StringComparison.OrdinalIgnoreCase)))
        {
            var lower = key.ToLowerInvariant();
            if (FileKeys.ContainsKey(key) || OtherFileKeys.Contains(key, StringComparer.Ordinal))
            {
                continue;
            }

            yield return FileKeys.ContainsKey(lower)
                ? Finding.Problem("goose.file-case", $"{key} is set in {file}", "goose reads this key in small letters only, and does not mention others.", $"{lower}: {Masked.Proposed(lower, value)}   (in {file})")
                : Finding.Warning(
                    "goose.file-key",
                    $"{key} is set in {file}",
                    "goose reads the address and the timeout from this file, and the rest from variables alone.",
                    $"export {key.ToUpperInvariant()}={Masked.Value(key, value)}");
        }
    }

    private static IEnumerable<Finding> CheckUsageData(Surroundings surroundings)
    {
        const string name = "GOOSE_TELEMETRY_ENABLED";
        if (surroundings.Variable(name).Length > 0)
        {
            yield return Finding.Note("goose.usage-data", $"{name} is {surroundings.Variable(name)}", "This is about goose's anonymous usage data and nothing else: what OpenTelemetry's variables say holds whatever it is.");
        }
    }
}
