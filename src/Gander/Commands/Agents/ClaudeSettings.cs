using System.Text.Json;

namespace Gander.Commands.Agents;

/// <summary>
/// Claude Code: nothing is sent before it is switched on, each signal has to be given an exporter, and traces have a switch of their
/// own. Variables in its settings files go before those of the shell; what <c>--settings</c> says goes before the files of a person.
/// </summary>
internal sealed class ClaudeSettings : AgentSettings
{
    private const string Enable = "CLAUDE_CODE_ENABLE_TELEMETRY";
    private const string EnableTraces = "CLAUDE_CODE_ENHANCED_TELEMETRY_BETA";
    private const string SessionIds = "OTEL_METRICS_INCLUDE_SESSION_ID";
    private const string SettingsFlag = "--settings";

    private static readonly string[] ContentVariables = ["OTEL_LOG_USER_PROMPTS", "OTEL_LOG_ASSISTANT_RESPONSES", "OTEL_LOG_TOOL_DETAILS", "OTEL_LOG_TOOL_CONTENT"];

    /// <inheritdoc/>
    public override string Name => "claude";

    /// <inheritdoc/>
    public override string Title => "Claude Code";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ServiceNames => ["claude-code"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Packages => ["@anthropic-ai/claude-code"];

    /// <inheritdoc/>
    public override bool CanBeDisabled => false;

    /// <inheritdoc/>
    public override bool DecodesHeaders => false;

    /// <summary>Without a protocol there is none: it has no default.</summary>
    public override Wire? WireOf(string protocol) => protocol.Length == 0 ? null : base.WireOf(protocol);

    /// <inheritdoc/>
    public override string? DefaultEndpoint(Wire wire, AgentVariables variables) => wire == Wire.Grpc ? "http://localhost:4317" : "http://localhost:4318";

    /// <inheritdoc/>
    public override AgentVariables Read(Surroundings surroundings)
    {
        var variables = new AgentVariables(surroundings);
        // From weak to strong.
        foreach (var file in Files(surroundings))
        {
            foreach (var (name, value) in file.Members("env"))
            {
                variables.Override(name, value, file.FullPath, $"env.{name}");
            }
        }

        return variables;
    }

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(Surroundings surroundings)
    {
        var variables = Read(surroundings);
        if (!variables.IsOn(Enable))
        {
            return
            [
                .. SettingsFile.Problems(Files(surroundings), surroundings),
                Finding.Problem("claude.off", variables.Has(Enable) ? variables.Shown(Enable) : $"{Enable} is not set", "Claude Code sends nothing before it is switched on.", variables.Change(Enable, "1")),
            ];
        }

        return
        [
            .. SettingsFile.Problems(Files(surroundings), surroundings),
            .. CheckExporters(variables),
            .. CheckTraces(variables),
            .. CheckProtocol(variables),
            .. EndpointChecks.Of(this, variables, surroundings),
            .. TransportChecks.Of(this, variables, surroundings),
            .. TransportChecks.Exporters(this, variables),
            .. RecordChecks.Of(this, variables),
            .. CheckShadowed(variables, surroundings),
            .. CheckSessionIds(variables),
            .. ContentCheck.Of(Title, ContentVariables.All(name => variables.IsOn(name) || name == "OTEL_LOG_ASSISTANT_RESPONSES"), string.Join("; ", ContentVariables.Where(name => !variables.IsOn(name)).Select(name => $"export {name}=1"))),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ExportRoute> Routes(Surroundings surroundings)
    {
        var variables = Read(surroundings);
        return variables.IsOn(Enable)
            ? [.. StandardRoutes.Of(this, variables, needsExporter: true).Where(route => variables.Has(OtelVariables.Exporter(route.Signal)) && (route.Signal != "TRACES" || variables.IsOn(EnableTraces)))]
            : [];
    }

    /// <inheritdoc/>
    internal override void SetEnvironment(Launch launch)
    {
        launch.Set(Enable, "1", "otherwise Claude Code sends nothing");
        launch.Set(EnableTraces, "1", "otherwise Claude Code sends no traces");
        if (launch.Target.Content)
        {
            foreach (var name in ContentVariables)
            {
                launch.Set(name, "1");
            }
        }
    }

    /// <inheritdoc/>
    private protected override void AddArguments(Launch launch, int program)
    {
        var variables = Read(launch.Surroundings);
        var against = variables.Overridden
            .Where(name => name.StartsWith("OTEL_", StringComparison.Ordinal) || name is Enable or EnableTraces)
            .Where(name => variables.Value(name) != launch.Value(name))
            .Where(name => !IsChoice(name))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (against.Count == 0)
        {
            return;
        }

        if (launch.Command.Contains(SettingsFlag, StringComparer.Ordinal) || against.Exists(name => name.Contains("HEADERS", StringComparison.Ordinal) && launch.Value(name).Length > 0))
        {
            // There can be one such flag, and arguments are no place for a token.
            launch.Note($"Claude Code's own settings have other values for {string.Join(", ", against)}, which go before those of this run");
            return;
        }

        var environment = against.ToDictionary(name => name, launch.Value, StringComparer.Ordinal);
        launch.InsertAfter(program, SettingsFlag, JsonSerializer.Serialize(new { env = environment }));
        launch.Note($"Claude Code's own settings for {string.Join(", ", against)} do not count for this run");
    }

    // What a person may want their own way, and telemetry arrives all the same.
    private static bool IsChoice(string name) =>
        name is OtelVariables.ServiceName or OtelVariables.Sampler or OtelVariables.SamplerArgument or OtelVariables.ResourceAttributes
        || name.StartsWith("OTEL_METRIC", StringComparison.Ordinal) && !name.EndsWith("EXPORTER", StringComparison.Ordinal)
        || name.EndsWith("_INTERVAL", StringComparison.Ordinal)
        || name.StartsWith("OTEL_LOG_", StringComparison.Ordinal);

    private static IReadOnlyList<SettingsFile> Files(Surroundings surroundings)
    {
        var own = surroundings.Variable("CLAUDE_CONFIG_DIR") is { Length: > 0 } folder ? Path.Combine(folder, "settings.json") : surroundings.InHome(".claude", "settings.json");
        return SettingsFile.Read(
            surroundings,
            own,
            Path.Combine(surroundings.WorkFolder, ".claude", "settings.json"),
            Path.Combine(surroundings.WorkFolder, ".claude", "settings.local.json"),
            "/Library/Application Support/ClaudeCode/managed-settings.json",
            "/etc/claude-code/managed-settings.json");
    }

    private static IEnumerable<Finding> CheckExporters(AgentVariables variables) =>
        from signal in OtelVariables.Signals
        let name = OtelVariables.Exporter(signal)
        where !variables.Has(name)
        select Finding.Problem("claude.exporter", $"{name} is not set", $"Claude Code sends no {signal.ToLowerInvariant()} without it, even when it has an address.", $"export {name}=otlp");

    private static IEnumerable<Finding> CheckTraces(AgentVariables variables)
    {
        if (!variables.IsOn(EnableTraces))
        {
            yield return Finding.Warning("claude.traces", $"{EnableTraces} is not set", "Traces have a switch of their own. Without them turns, retries and the times of tools are missing.", variables.Change(EnableTraces, "1"));
        }
    }

    private static IEnumerable<Finding> CheckProtocol(AgentVariables variables)
    {
        if (!variables.Has(OtelVariables.Protocol) && OtelVariables.Signals.Any(signal => !variables.Has(OtelVariables.Of(OtelVariables.Protocol, signal))))
        {
            yield return Finding.Problem("claude.protocol", $"{OtelVariables.Protocol} is not set", "Claude Code has no default for it.", variables.Change(OtelVariables.Protocol, "http/protobuf"));
        }
    }

    private static IEnumerable<Finding> CheckShadowed(AgentVariables variables, Surroundings surroundings) =>
        from name in variables.Overridden.Order(StringComparer.Ordinal)
        where name.StartsWith("OTEL_", StringComparison.Ordinal) && surroundings.Variable(name).Length > 0 && surroundings.Variable(name) != variables.Value(name)
        select Finding.Note("claude.shadowed", variables.Shown(name), $"Claude Code's settings go before the shell, where {name} is {Masked.Value(name, surroundings.Variable(name))}.", variables.Drop(name));

    private static IEnumerable<Finding> CheckSessionIds(AgentVariables variables)
    {
        if (variables.Value(SessionIds).Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            yield return Finding.Warning("claude.session-ids", variables.Shown(SessionIds), "Metrics cannot be told apart by session then.", variables.Drop(SessionIds));
        }
    }
}
