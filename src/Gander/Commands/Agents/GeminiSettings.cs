namespace Gander.Commands.Agents;

/// <summary>
/// Gemini CLI and its descendant Qwen Code: variables of their own go before OpenTelemetry's, and those before their settings files.
/// By default they speak gRPC; <c>http</c> is JSON over HTTP.
/// </summary>
internal class GeminiSettings : AgentSettings
{
    private const string Default = "http://localhost:4317";

    // All that the SDK finds out by itself but the process, whose arguments hold the prompt of -p; an instance tells processes apart instead.
    private const string DetectorsWithoutArguments = "env,host,serviceinstance";

    /// <inheritdoc/>
    public override string Name => "gemini";

    /// <inheritdoc/>
    public override string Title => "Gemini CLI";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ServiceNames => ["gemini-cli"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Packages => ["@google/gemini-cli"];

    /// <summary>How its variables begin.</summary>
    public virtual string Prefix => "GEMINI_TELEMETRY_";

    /// <summary>The folder with its settings, below home and the working folder.</summary>
    private protected virtual string Folder => ".gemini";

    /// <summary>The settings of a whole machine.</summary>
    private protected virtual string SystemFile => "/etc/gemini-cli/settings.json";

    /// <summary>Variables' endings and the keys below <c>telemetry</c> they go before.</summary>
    private protected virtual IReadOnlyDictionary<string, string> Keys { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ENABLED"] = "enabled",
        ["TARGET"] = "target",
        ["OTLP_ENDPOINT"] = "otlpEndpoint",
        ["OTLP_PROTOCOL"] = "otlpProtocol",
        ["LOG_PROMPTS"] = "logPrompts",
        ["OUTFILE"] = "outfile",
        ["USE_COLLECTOR"] = "useCollector",
        ["USE_CLI_AUTH"] = "useCliAuth",
        ["TRACES_ENABLED"] = "traces",
    };

    /// <inheritdoc/>
    public override AgentVariables Read(Surroundings surroundings)
    {
        var variables = new AgentVariables(surroundings);
        // From weak to strong.
        foreach (var file in Files(surroundings))
        {
            foreach (var (ending, key) in Keys)
            {
                if (file.Value("telemetry", key) is { } value)
                {
                    variables.FallBack(Prefix + ending, value, file.FullPath, $"telemetry.{key}");
                }
            }
        }

        return variables;
    }

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(Surroundings surroundings)
    {
        var variables = Read(surroundings);
        var enabled = $"{Prefix}ENABLED";
        if (!IsEnabled(variables))
        {
            return
            [
                .. SettingsFile.Problems(Files(surroundings), surroundings),
                Finding.Problem(
                    $"{Name}.off",
                    variables.Has(enabled) ? variables.Shown(enabled) : "telemetry is not switched on",
                    $"{Title} sends nothing until it is. {(surroundings.Variable(OtelVariables.Endpoint).Length > 0 ? $"{OtelVariables.Endpoint} alone does not do it." : "")}".TrimEnd(),
                    $"export {Prefix}ENABLED=true {Prefix}TARGET=local {Prefix}OTLP_ENDPOINT={surroundings.Endpoint} {Prefix}OTLP_PROTOCOL=http"),
            ];
        }

        return
        [
            .. SettingsFile.Problems(Files(surroundings), surroundings),
            .. CheckWay(variables, surroundings),
            .. CheckEndpoint(variables, surroundings),
            .. TransportChecks.Of(this, new AgentVariables(WithoutProtocol(surroundings)), surroundings),
            .. RecordChecks.Of(this, variables),
            .. CheckContent(variables),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ExportRoute> Routes(Surroundings surroundings)
    {
        var variables = Read(surroundings);
        var isGoogles = variables.Value($"{Prefix}TARGET") == "gcp" && !variables.IsOn($"{Prefix}USE_COLLECTOR");
        if (!IsEnabled(variables) || isGoogles || variables.Has($"{Prefix}OUTFILE") || variables.IsOn(OtelVariables.Disabled)
            || Protocol(variables) is not { } wire || StandardRoutes.Parse(Endpoint(variables).Text) is not { } address)
        {
            return [];
        }

        return
        [
            .. from signal in Signals
               let own = EndpointOf(variables, signal)
               let url = wire == Wire.Grpc ? address : StandardRoutes.Parse(own.Length > 0 ? own : $"{address.AbsoluteUri.TrimEnd('/')}/v1/{signal.ToLowerInvariant()}")
               where url is not null
               select new ExportRoute(signal, wire, url, HeaderList.Parse(StandardRoutes.First(variables, OtelVariables.Headers, signal)), StandardRoutes.TrustFile(this, variables)),
        ];
    }

    /// <inheritdoc/>
    internal override void SetEnvironment(Launch launch)
    {
        launch.Set($"{Prefix}ENABLED", "true", $"otherwise {Title} sends nothing");
        launch.Set($"{Prefix}TARGET", "local", $"otherwise {Title} sends to its maker's cloud");
        launch.Set($"{Prefix}OTLP_ENDPOINT", launch.Target.Endpoint, "this run goes to Gander");
        launch.Set($"{Prefix}OTLP_PROTOCOL", "http", $"it is what {Title} speaks to this address");
        // An empty file name counts as none, also against one in the settings file.
        launch.Set($"{Prefix}OUTFILE", "");
        launch.SetIfAbsent(OtelVariables.NodeDetectors, DetectorsWithoutArguments);
        if (launch.Target.Content)
        {
            AskForContent(launch);
        }
    }

    /// <summary>Sets what brings prompts and the texts of tools.</summary>
    private protected virtual void AskForContent(Launch launch)
    {
        launch.Set($"{Prefix}LOG_PROMPTS", "true");
        launch.Set($"{Prefix}TRACES_ENABLED", "true");
    }

    /// <summary>An address of one signal, or empty.</summary>
    private protected virtual string EndpointOf(AgentVariables variables, string signal) => "";

    /// <summary>What can be said of content.</summary>
    private protected virtual IEnumerable<Finding> CheckContent(AgentVariables variables)
    {
        var prompts = $"{Prefix}LOG_PROMPTS";
        if (variables.Has(prompts) && !variables.IsOn(prompts) && SendsArguments(variables))
        {
            yield return Finding.Warning(
                "gemini.arguments",
                variables.Shown(prompts),
                "Prompts given with -p are sent all the same: they are in process.command_args of every record's resource.",
                variables.Change(OtelVariables.NodeDetectors, DetectorsWithoutArguments));
        }

        foreach (var finding in ContentCheck.Of(Title, (!variables.Has(prompts) || variables.IsOn(prompts)) && variables.IsOn($"{Prefix}TRACES_ENABLED"), $"export {prompts}=true {Prefix}TRACES_ENABLED=true"))
        {
            yield return finding;
        }
    }

    private static bool SendsArguments(AgentVariables variables)
    {
        var detectors = variables.Value(OtelVariables.NodeDetectors).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return detectors.Length == 0 || detectors.Contains("process", StringComparer.Ordinal) || detectors.Contains("all", StringComparer.Ordinal);
    }

    private bool IsEnabled(AgentVariables variables) => variables.Value($"{Prefix}ENABLED") is "true" or "1";

    private Wire? Protocol(AgentVariables variables) => variables.Value($"{Prefix}OTLP_PROTOCOL") switch
    {
        "" or "grpc" => Wire.Grpc,
        "http" => Wire.HttpJson,
        _ => null,
    };

    private (string Name, string Text) Endpoint(AgentVariables variables)
    {
        var own = $"{Prefix}OTLP_ENDPOINT";
        // OpenTelemetry's variable stands between the agent's own and the file.
        return variables.IsFromEnvironment(own) ? (own, variables.Value(own))
            : variables.Has(OtelVariables.Endpoint) ? (OtelVariables.Endpoint, variables.Value(OtelVariables.Endpoint))
            : variables.Has(own) ? (own, variables.Value(own))
            : (own, Default);
    }

    private IEnumerable<Finding> CheckWay(AgentVariables variables, Surroundings surroundings)
    {
        var (target, collector, outfile, protocol) = ($"{Prefix}TARGET", $"{Prefix}USE_COLLECTOR", $"{Prefix}OUTFILE", $"{Prefix}OTLP_PROTOCOL");
        if (variables.Value(target) == "gcp" && !variables.IsOn(collector))
        {
            yield return Finding.Problem($"{Name}.target", variables.Shown(target), $"{Title} sends to Google Cloud then, whatever the address.", variables.Change(target, "local"));
        }
        else if (variables.Has(target) && variables.Value(target) is not ("local" or "gcp"))
        {
            yield return Finding.Problem($"{Name}.target", variables.Shown(target), $"{Title} does not start with this.", variables.Change(target, "local"));
        }

        if (variables.Has(outfile))
        {
            yield return Finding.Problem($"{Name}.outfile", variables.Shown(outfile), "Telemetry goes into that file and nowhere else.", variables.Drop(outfile));
        }

        if (Protocol(variables) is null)
        {
            yield return Finding.Problem($"{Name}.protocol", variables.Shown(protocol), $"{Title} knows grpc and http here, where http is JSON; with anything else it does not start.", variables.Change(protocol, "http"));
        }

        if (surroundings.Variable(OtelVariables.Protocol) is { Length: > 0 } ignored && !variables.Has(protocol))
        {
            yield return Finding.Note($"{Name}.protocol-variable", $"{OtelVariables.Protocol} is {ignored}", $"{Title} goes by {protocol} alone, and speaks gRPC without it.", $"export {protocol}=http");
        }
    }

    private IEnumerable<Finding> CheckEndpoint(AgentVariables variables, Surroundings surroundings)
    {
        var (name, text) = Endpoint(variables);
        if (StandardRoutes.Parse(text.Trim('"', '\'')) is not { } address)
        {
            yield return Finding.Problem("endpoint.invalid", variables.Shown(name), "This is no address: it needs http:// or https://, a host and a port.", variables.Change(name, surroundings.Endpoint));
        }
        else if (Protocol(variables) == Wire.Grpc && address.Port == surroundings.OtlpHttp.Port)
        {
            yield return Finding.Problem(
                $"{Name}.grpc",
                variables.Has(name) ? variables.Shown(name) : $"the address is {Masked.Address(text)}",
                $"{Title} speaks gRPC unless told otherwise, and this port is for HTTP.",
                variables.Change($"{Prefix}OTLP_PROTOCOL", "http"));
        }
        else if (Protocol(variables) is { } wire && EndpointChecks.WrongPort(variables, name, wire, address) is { } port)
        {
            yield return port;
        }
    }

    // OpenTelemetry's protocol means nothing to it, so there is nothing wrong with any value.
    private static Surroundings WithoutProtocol(Surroundings surroundings) => surroundings with
    {
        Environment = surroundings.Environment.Where(variable => !variable.Key.EndsWith("_PROTOCOL", StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal),
    };

    private IReadOnlyList<SettingsFile> Files(Surroundings surroundings) =>
        SettingsFile.Read(surroundings, surroundings.InHome(Folder, "settings.json"), Path.Combine(surroundings.WorkFolder, Folder, "settings.json"), SystemFile);
}
