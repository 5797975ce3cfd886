using System.Runtime.InteropServices;

namespace Gander.Commands.Agents;

/// <summary>
/// Codex: what it exports stands in its configuration alone, one exporter a signal with the whole address of that signal, which
/// <c>-c</c> on the command line overrides. Headers and resource attributes come from OpenTelemetry's variables as well.
/// </summary>
internal sealed class CodexSettings : AgentSettings
{
    // By signal, as OtelVariables names them.
    private static readonly Dictionary<string, string> ExporterKeys = new(StringComparer.Ordinal)
    {
        ["TRACES"] = "otel.trace_exporter",
        ["METRICS"] = "otel.metrics_exporter",
        ["LOGS"] = "otel.exporter",
    };

    /// <inheritdoc/>
    public override string Name => "codex";

    /// <inheritdoc/>
    public override string Title => "Codex";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ServiceNames => ["codex_exec", "codex"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Packages => ["@openai/codex"];

    /// <inheritdoc/>
    public override bool CanBeDisabled => false;

    /// <inheritdoc/>
    public override bool IsStrictAboutAttributes => false;

    /// <inheritdoc/>
    public override string TrustVariable => "SSL_CERT_FILE";

    /// <inheritdoc/>
    /// <remarks>Without a terminal it handles SIGINT alone, and interrupts its tools; others end it where it stands. With one, SIGINT would do that too.</remarks>
    public override PosixSignal EndingSignal(PosixSignal signal, IEnumerable<string> arguments) =>
        arguments.Any(word => word is "exec" or "e") ? PosixSignal.SIGINT : signal;

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(Surroundings surroundings)
    {
        var (values, problem) = ReadFile(surroundings);
        var file = surroundings.Shown(ConfigFile(surroundings));
        if (problem is not null)
        {
            return [Finding.Problem("file.invalid", $"{file} is not valid TOML", $"Nothing in it counts: {problem}", $"correct {file}")];
        }

        if (ExporterKeys.Values.All(key => ExporterOf(values, key) is null))
        {
            return [.. CheckVariables(surroundings), Finding.Problem("codex.off", $"no exporter is set in {file}", "Codex sends nothing by itself, and goes by its own file alone.", Lines(surroundings, file, ExporterKeys.Keys))];
        }

        return
        [
            .. ExporterKeys.SelectMany(entry => CheckSignal(values, entry.Key, entry.Value, surroundings, file)),
            .. CheckVariables(surroundings),
            .. RecordChecks.Of(this, new AgentVariables(surroundings)),
            .. ContentCheck.Of(Title, values.GetValueOrDefault("otel.log_user_prompt") == "true", $"log_user_prompt = true   (below [otel] in {file}; tools' texts are sent in any case)"),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ExportRoute> Routes(Surroundings surroundings)
    {
        var (values, _) = ReadFile(surroundings);
        var variables = new AgentVariables(surroundings);
        return
        [
            .. from entry in ExporterKeys
               let exporter = ExporterOf(values, entry.Value)
               where exporter is "otlp-http" or "otlp-grpc"
               let at = $"{entry.Value}.{exporter}"
               let address = StandardRoutes.Parse(values.GetValueOrDefault($"{at}.endpoint", ""))
               where address is not null
               let wire = exporter == "otlp-grpc" ? Wire.Grpc : values.GetValueOrDefault($"{at}.protocol") == "json" ? Wire.HttpJson : Wire.HttpProtobuf
               select new ExportRoute(entry.Key, wire, address, Headers(values, $"{at}.headers.", variables, entry.Key), StandardRoutes.TrustFile(this, variables)),
        ];
    }

    /// <inheritdoc/>
    internal override void SetEnvironment(Launch launch)
    {
        // It has no variables of its own for telemetry.
    }

    /// <inheritdoc/>
    private protected override void AddArguments(Launch launch, int program)
    {
        var arguments = new List<string>();
        foreach (var (signal, key) in ExporterKeys)
        {
            // The token stays in the environment: arguments can be read by every user of the machine.
            arguments.AddRange(["-c", $"{key}={Exporter(launch.Target.EndpointOf(signal))}"]);
        }

        if (launch.Target.Content)
        {
            arguments.AddRange(["-c", "otel.log_user_prompt=true"]);
        }

        launch.InsertAfter(program, arguments);
    }

    private static string Exporter(string endpoint) => $$$"""{otlp-http={endpoint="{{{endpoint}}}",protocol="binary"}}""";

    private static string ConfigFile(Surroundings surroundings) =>
        surroundings.Variable("CODEX_HOME") is { Length: > 0 } folder ? Path.Combine(folder, "config.toml") : surroundings.InHome(".codex", "config.toml");

    private static (IReadOnlyDictionary<string, string> Values, string? Problem) ReadFile(Surroundings surroundings)
    {
        try
        {
            return (TomlText.Parse(surroundings.ReadText(ConfigFile(surroundings)) ?? ""), null);
        }
        catch (FormatException e)
        {
            return (new Dictionary<string, string>(), e.Message);
        }
    }

    // Written exporter = "none", or exporter.otlp-http = { … } in any of TOML's ways; null when it is not there or none.
    private static string? ExporterOf(IReadOnlyDictionary<string, string> values, string key) =>
        values.TryGetValue(key, out var word) ? (word == "none" ? null : word)
        : values.Keys.Where(name => name.StartsWith($"{key}.", StringComparison.Ordinal)).Select(name => name[(key.Length + 1)..].Split('.')[0]).FirstOrDefault();

    private static IEnumerable<Finding> CheckSignal(IReadOnlyDictionary<string, string> values, string signal, string key, Surroundings surroundings, string file)
    {
        var exporter = ExporterOf(values, key);
        var line = Lines(surroundings, file, [signal]);
        if (exporter is null)
        {
            yield return Finding.Warning("codex.exporter", $"{key} is {values.GetValueOrDefault(key, "not set")} in {file}", $"Codex sends no {signal.ToLowerInvariant()}; each signal has an exporter of its own.", line);
            yield break;
        }

        var name = $"{key}.{exporter}.endpoint";
        if (StandardRoutes.Parse(values.GetValueOrDefault(name, "")) is not { } address)
        {
            yield return Finding.Problem("codex.endpoint", $"{name} is {Masked.Value(name, values.GetValueOrDefault(name, "not set"))} in {file}", "An exporter needs an address with http:// or https://.", line);
            yield break;
        }

        if (exporter == "otlp-http" && !address.AbsolutePath.TrimEnd('/').EndsWith($"/v1/{signal.ToLowerInvariant()}", StringComparison.Ordinal))
        {
            yield return Finding.Problem("codex.endpoint-path", $"{name} is {Masked.Address(address)} in {file}", $"Codex uses the address as it is: without /v1/{signal.ToLowerInvariant()} its {signal.ToLowerInvariant()} go where nothing takes them.", line);
        }

        var variables = new AgentVariables(surroundings);
        variables.Override(name, address.AbsoluteUri, ConfigFile(surroundings), name);
        if (EndpointChecks.WrongPort(variables, name, exporter == "otlp-grpc" ? Wire.Grpc : Wire.HttpProtobuf, address) is { } port)
        {
            yield return port;
        }

        if (exporter == "otlp-http" && values.GetValueOrDefault($"{key}.{exporter}.protocol") is not ("binary" or "json"))
        {
            yield return Finding.Problem("codex.protocol", $"{key}.{exporter}.protocol is {values.GetValueOrDefault($"{key}.{exporter}.protocol", "not set")} in {file}", "Codex knows binary and json, and does not start without one.", line);
        }
    }

    private static IEnumerable<Finding> CheckVariables(Surroundings surroundings)
    {
        if (surroundings.Variable(OtelVariables.Endpoint).Length > 0)
        {
            yield return Finding.Note(
                "codex.variables",
                $"{OtelVariables.Endpoint} is {Masked.Value(OtelVariables.Endpoint, surroundings.Variable(OtelVariables.Endpoint))}",
                "Codex takes no address from variables; those of its own file count.");
        }
    }

    private static string Lines(Surroundings surroundings, string file, IEnumerable<string> signals) =>
        $"{string.Join("; ", signals.Select(signal => $"{ExporterKeys[signal]} = {Exporter($"{surroundings.Endpoint}/v1/{signal.ToLowerInvariant()}")}"))}   (in {file}, above all [tables])";

    private static List<KeyValuePair<string, string>> Headers(IReadOnlyDictionary<string, string> values, string prefix, AgentVariables variables, string signal) =>
    [
        .. values.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(entry => KeyValuePair.Create(entry.Key[prefix.Length..], entry.Value)),
        .. HeaderList.Parse(StandardRoutes.First(variables, OtelVariables.Headers, signal)),
    ];
}
