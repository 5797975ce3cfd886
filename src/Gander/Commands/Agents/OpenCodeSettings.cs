using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gander.Commands.Agents;

/// <summary>opencode: traces and logs in JSON over HTTP, which a switch in its configuration turns on. It has no metrics, and always sends content.</summary>
internal sealed class OpenCodeSettings : AgentSettings
{
    private const string ConfigContent = "OPENCODE_CONFIG_CONTENT";

    // Not a variable of opencode's: the name under which the switch of its files is looked up here.
    private const string Switch = "experimental.openTelemetry";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <inheritdoc/>
    public override string Name => "opencode";

    /// <inheritdoc/>
    public override string Title => "opencode";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Packages => ["opencode-ai"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Signals => ["TRACES", "LOGS"];

    /// <inheritdoc/>
    public override bool DecodesHeaders => false;

    /// <summary>JSON whatever the variable says.</summary>
    public override Wire? WireOf(string protocol) => Wire.HttpJson;

    /// <inheritdoc/>
    public override AgentVariables Read(Surroundings surroundings)
    {
        var variables = new AgentVariables(surroundings);
        // From weak to strong.
        foreach (var file in Files(surroundings))
        {
            if (file.Value("experimental", "openTelemetry") is { } value)
            {
                variables.Override(Switch, value, file.FullPath, Switch);
            }
        }

        return variables;
    }

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(Surroundings surroundings)
    {
        var variables = Read(surroundings);
        var problems = SettingsFile.Problems(Files(surroundings), surroundings);
        if (!variables.IsOn(Switch))
        {
            var file = surroundings.Shown(surroundings.InConfig("opencode", "opencode.json"));
            return
            [
                .. problems,
                Finding.Problem("opencode.off", $"{Switch} is {(variables.Has(Switch) ? variables.Value(Switch) : "not set")}", "opencode sends nothing until its configuration says so; an address alone does not do it.", $$$"""  "experimental": { "openTelemetry": true }   (in {{{file}}})""".Trim()),
            ];
        }

        return
        [
            .. problems,
            .. EndpointChecks.Of(this, variables, surroundings),
            .. TransportChecks.Of(this, variables, surroundings),
            .. RecordChecks.Of(this, variables),
            .. CheckProtocol(variables),
            Finding.Note("opencode.end", "opencode does not wait for its last exports", "Short runs miss their last model and tool calls, and nothing can be set against it."),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ExportRoute> Routes(Surroundings surroundings)
    {
        var variables = Read(surroundings);
        return variables.IsOn(Switch) ? StandardRoutes.Of(this, variables) : [];
    }

    /// <inheritdoc/>
    internal override void SetEnvironment(Launch launch)
    {
        var config = Parse(launch.Value(ConfigContent));
        if (config is null)
        {
            launch.Note($"{ConfigContent} is no JSON object and stays as it is: opencode sends only if its own configuration has {Switch}");
            return;
        }

        if (config["experimental"] is not JsonObject experimental)
        {
            config["experimental"] = experimental = [];
        }

        experimental["openTelemetry"] = true;
        launch.Set(ConfigContent, config.ToJsonString());
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? [] : JsonNode.Parse(text, documentOptions: Lenient) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IReadOnlyList<SettingsFile> Files(Surroundings surroundings)
    {
        // Configuration may also stand in a variable, which is read like a file.
        var withContent = surroundings with { ReadText = path => path == ConfigContent ? surroundings.Variable(ConfigContent) : surroundings.ReadText(path) };
        string[] named = surroundings.Variable("OPENCODE_CONFIG") is { Length: > 0 } file ? [file] : [];
        return SettingsFile.Read(
            withContent,
            [
                surroundings.InConfig("opencode", "opencode.json"),
                surroundings.InConfig("opencode", "opencode.jsonc"),
                .. named,
                Path.Combine(surroundings.WorkFolder, "opencode.json"),
                Path.Combine(surroundings.WorkFolder, "opencode.jsonc"),
                ConfigContent,
            ]);
    }

    private static IEnumerable<Finding> CheckProtocol(AgentVariables variables)
    {
        if (variables.Value(OtelVariables.Protocol) is "grpc" or "http/protobuf")
        {
            yield return Finding.Note("opencode.protocol", variables.Shown(OtelVariables.Protocol), "opencode pays no heed to it and sends JSON over HTTP.");
        }
    }
}
