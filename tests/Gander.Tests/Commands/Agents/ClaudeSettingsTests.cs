using System.Text.Json;
using Gander.Commands.Agents;

namespace Gander.Tests.Commands.Agents;

public sealed class ClaudeSettingsTests
{
    private static readonly (string, string)[] Whole =
    [
        ("CLAUDE_CODE_ENABLE_TELEMETRY", "1"),
        ("CLAUDE_CODE_ENHANCED_TELEMETRY_BETA", "1"),
        ("OTEL_METRICS_EXPORTER", "otlp"),
        ("OTEL_LOGS_EXPORTER", "otlp"),
        ("OTEL_TRACES_EXPORTER", "otlp"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", SomeLaunch.Endpoint),
        ("OTEL_LOG_USER_PROMPTS", "1"),
        ("OTEL_LOG_TOOL_DETAILS", "1"),
        ("OTEL_LOG_TOOL_CONTENT", "1"),
    ];

    [Fact]
    public void A_launch_switches_everything_on()
    {
        var launch = SomeLaunch.Of("claude -p hi");

        Assert.Equal(("1", "1"), (launch.Value("CLAUDE_CODE_ENABLE_TELEMETRY"), launch.Value("CLAUDE_CODE_ENHANCED_TELEMETRY_BETA")));
        Assert.Equal("", launch.Value("OTEL_LOG_USER_PROMPTS"));
        Assert.Equal(["claude", "-p", "hi"], launch.Command);
        Assert.Equal("1", SomeLaunch.Of(SomeLaunch.WithContent(), "claude").Value("OTEL_LOG_TOOL_CONTENT"));
    }

    [Fact]
    public void Settings_files_that_go_before_the_shell_are_overruled_on_the_command_line()
    {
        var launch = WithFile("""{"env":{"OTEL_EXPORTER_OTLP_ENDPOINT":"http://other:4318","OTEL_METRICS_EXPORTER":"otlp","OTEL_SERVICE_NAME":"mine","OTEL_METRIC_EXPORT_INTERVAL":"1000"}}""");

        Assert.Equal(["claude", "--settings"], launch.Command.Take(2));
        using var settings = JsonDocument.Parse(launch.Command[2]);
        var variable = Assert.Single(settings.RootElement.GetProperty("env").EnumerateObject());
        Assert.Equal(("OTEL_EXPORTER_OTLP_ENDPOINT", SomeLaunch.Endpoint), (variable.Name, variable.Value.GetString()));
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT", Assert.Single(launch.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_never_stands_among_arguments()
    {
        var launch = WithFile("""{"env":{"OTEL_EXPORTER_OTLP_HEADERS":"api-key=x"}}""", SomeLaunch.WithToken("gander_secret"));

        Assert.DoesNotContain("gander_secret", string.Join(' ', launch.Command), StringComparison.Ordinal);
        Assert.DoesNotContain("--settings", launch.Command);
        Assert.Contains("OTEL_EXPORTER_OTLP_HEADERS", Assert.Single(launch.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_configuration_is_without_fault()
    {
        Assert.Empty(FindingFacts.Check("claude", SomeSurroundings.Of(Whole)).Faults());
        Assert.Equal(3, AgentCatalogue.Find("claude")!.Routes(SomeSurroundings.Of(Whole)).Count);
    }

    [Theory]
    [InlineData("CLAUDE_CODE_ENABLE_TELEMETRY", "claude.off")]
    [InlineData("CLAUDE_CODE_ENHANCED_TELEMETRY_BETA", "claude.traces")]
    [InlineData("OTEL_LOGS_EXPORTER", "claude.exporter")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "claude.protocol")]
    public void What_is_missing_is_found(string name, string id)
    {
        var findings = FindingFacts.Check("claude", SomeSurroundings.Of([.. Whole.Where(variable => variable.Item1 != name)]));

        Assert.Equal([id], findings.Faults());
        Assert.Contains(name, findings.Single(id).Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_address_it_sends_to_the_usual_one()
    {
        var surroundings = SomeSurroundings.Of([.. Whole.Where(variable => variable.Item1 != "OTEL_EXPORTER_OTLP_ENDPOINT")]);

        Assert.Empty(FindingFacts.Check("claude", surroundings).Faults());
        Assert.All(AgentCatalogue.Find("claude")!.Routes(surroundings), route => Assert.Equal(4318, route.Address.Port));
    }

    [Fact]
    public void Its_settings_file_goes_before_the_shell()
    {
        var surroundings = SomeSurroundings.Of(Whole).With(".claude/settings.json", """{ "env": { "OTEL_METRICS_EXPORTER": "none", } } // mine""");

        var findings = FindingFacts.Check("claude", surroundings);

        Assert.Equal("env.OTEL_METRICS_EXPORTER: otlp   (in ~/.claude/settings.json)", findings.Single("exporter.off").Fix);
        Assert.Equal(FindingLevel.Note, findings.Single("claude.shadowed").Level);
        Assert.Equal(["TRACES", "LOGS"], AgentCatalogue.Find("claude")!.Routes(surroundings).Select(route => route.Signal));
    }

    [Fact]
    public void A_broken_settings_file_is_found() =>
        Assert.Equal(["file.invalid"], FindingFacts.Check("claude", SomeSurroundings.Of(Whole).With("/etc/claude-code/managed-settings.json", "{")).Faults());

    [Theory]
    [InlineData("OTEL_METRICS_INCLUDE_SESSION_ID", "false", "claude.session-ids")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Basic%20abc", "headers.encoded")]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES", "team=my birds", "attributes.spaces")]
    [InlineData("OTEL_SERVICE_NAME", "goose", "service.foreign")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://127.0.0.1:4318", "endpoint.signal-path")]
    public void Traps_of_variables_are_found(string name, string value, string id) =>
        Assert.Equal([id], FindingFacts.Check("claude", SomeSurroundings.Of([.. Whole, (name, value)])).Faults());

    [Fact]
    public void gRPC_at_the_port_of_HTTP_is_found() =>
        Assert.Equal(["endpoint.port"], FindingFacts.Check("claude", SomeSurroundings.Of([.. Whole.Where(variable => variable.Item1 != "OTEL_EXPORTER_OTLP_PROTOCOL"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")])).Faults());

    private static Launch WithFile(string settings, LaunchTarget? target = null)
    {
        var launch = new Launch(target ?? new LaunchTarget(new Uri(SomeLaunch.Endpoint), null, "run1", Content: false), ["claude"], SomeSurroundings.Of().With(".claude/settings.json", settings));
        AgentCatalogue.Find("claude")!.Prepare(launch, 0);
        return launch;
    }
}
