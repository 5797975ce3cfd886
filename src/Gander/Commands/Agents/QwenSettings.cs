namespace Gander.Commands.Agents;

/// <summary>Qwen Code, which has Gemini CLI's settings under other names, and addresses of single signals besides.</summary>
internal sealed class QwenSettings : GeminiSettings
{
    /// <inheritdoc/>
    public override string Name => "qwen";

    /// <inheritdoc/>
    public override string Title => "Qwen Code";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ServiceNames => ["qwen-code"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Packages => ["@qwen-code/qwen-code"];

    /// <inheritdoc/>
    public override string Prefix => "QWEN_TELEMETRY_";

    /// <inheritdoc/>
    private protected override string Folder => ".qwen";

    /// <inheritdoc/>
    private protected override string SystemFile => "/etc/qwen-code/settings.json";

    /// <inheritdoc/>
    private protected override IReadOnlyDictionary<string, string> Keys { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ENABLED"] = "enabled",
        ["TARGET"] = "target",
        ["OTLP_ENDPOINT"] = "otlpEndpoint",
        ["OTLP_PROTOCOL"] = "otlpProtocol",
        ["OTLP_TRACES_ENDPOINT"] = "otlpTracesEndpoint",
        ["OTLP_METRICS_ENDPOINT"] = "otlpMetricsEndpoint",
        ["OTLP_LOGS_ENDPOINT"] = "otlpLogsEndpoint",
        ["LOG_PROMPTS"] = "logPrompts",
        ["INCLUDE_SENSITIVE_SPAN_ATTRIBUTES"] = "includeSensitiveSpanAttributes",
        ["OUTFILE"] = "outfile",
        ["USE_COLLECTOR"] = "useCollector",
    };

    /// <inheritdoc/>
    internal override void SetEnvironment(Launch launch)
    {
        base.SetEnvironment(launch);
        foreach (var signal in OtelVariables.Signals)
        {
            // A settings file may have other addresses for single signals, and only a variable goes before it.
            launch.Set($"{Prefix}OTLP_{signal}_ENDPOINT", launch.Target.EndpointOf(signal), "this run goes to Gander");
        }
    }

    /// <inheritdoc/>
    private protected override void AskForContent(Launch launch)
    {
        launch.Set($"{Prefix}LOG_PROMPTS", "true");
        launch.Set($"{Prefix}INCLUDE_SENSITIVE_SPAN_ATTRIBUTES", "true");
    }

    /// <inheritdoc/>
    private protected override string EndpointOf(AgentVariables variables, string signal) =>
        variables.Value($"{Prefix}OTLP_{signal}_ENDPOINT") is { Length: > 0 } own ? own : variables.Value(OtelVariables.Of(OtelVariables.Endpoint, signal));

    /// <inheritdoc/>
    private protected override IEnumerable<Finding> CheckContent(AgentVariables variables)
    {
        var prompts = $"{Prefix}LOG_PROMPTS";
        return ContentCheck.Of(Title, !variables.Has(prompts) || variables.IsOn(prompts), $"export {prompts}=true");
    }
}
