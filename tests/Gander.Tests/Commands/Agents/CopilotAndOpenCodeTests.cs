using Gander.Commands.Agents;

namespace Gander.Tests.Commands.Agents;

public sealed class CopilotAndOpenCodeTests
{
    private static readonly string[] Switches = ["CLAUDE_CODE_ENABLE_TELEMETRY", "GEMINI_TELEMETRY_ENABLED", "QWEN_TELEMETRY_ENABLED", "COPILOT_OTEL_ENABLED", "OPENCODE_CONFIG_CONTENT"];

    private static readonly (string, string) Endpoint = ("OTEL_EXPORTER_OTLP_ENDPOINT", SomeLaunch.Endpoint);

    [Fact]
    public void Copilot_is_switched_on_and_away_from_files()
    {
        var launch = SomeLaunch.Of("copilot -p hi", ("COPILOT_OTEL_EXPORTER_TYPE", "file"), ("COPILOT_OTEL_FILE_EXPORTER_PATH", "/tmp/x"));

        Assert.Equal(("true", "otlp-http", ""), (launch.Value("COPILOT_OTEL_ENABLED"), launch.Value("COPILOT_OTEL_EXPORTER_TYPE"), launch.Value("COPILOT_OTEL_FILE_EXPORTER_PATH")));
        Assert.Equal(2, launch.Notes.Count);
    }

    [Fact]
    public void Copilot_has_traces_and_metrics()
    {
        Assert.Empty(FindingFacts.Check("copilot", SomeSurroundings.Of(Endpoint)).Faults());
        Assert.Equal(["TRACES", "METRICS"], AgentCatalogue.Find("copilot")!.Routes(SomeSurroundings.Of(Endpoint)).Select(route => route.Signal));
    }

    [Theory]
    [InlineData("COPILOT_OTEL_ENABLED", "false", "copilot.disabled")]
    [InlineData("COPILOT_OTEL_EXPORTER_TYPE", "file", "copilot.file")]
    [InlineData("COPILOT_OTEL_FILE_EXPORTER_PATH", "/tmp/x", "copilot.file")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", "protocol.grpc")]
    public void Traps_of_Copilot_are_found(string name, string value, string id)
    {
        Assert.Equal([id], FindingFacts.Check("copilot", SomeSurroundings.Of(Endpoint, (name, value))).Faults());
        Assert.Empty(AgentCatalogue.Find("copilot")!.Routes(SomeSurroundings.Of(Endpoint, (name, value))));
    }

    [Theory]
    [InlineData("", """{"experimental":{"openTelemetry":true}}""")]
    [InlineData("""{"model":"a/b", "experimental":{"x":1},} // mine""", """{"model":"a/b","experimental":{"x":1,"openTelemetry":true}}""")]
    public void Opencode_is_switched_on_beside_what_a_person_set(string before, string after) =>
        Assert.Equal(after, SomeLaunch.Of("opencode run hi", ("OPENCODE_CONFIG_CONTENT", before)).Value("OPENCODE_CONFIG_CONTENT"));

    [Fact]
    public void Configuration_that_cannot_be_read_stays_as_it_is()
    {
        var launch = SomeLaunch.Of("opencode", ("OPENCODE_CONFIG_CONTENT", "{"));

        Assert.Equal("{", launch.Value("OPENCODE_CONFIG_CONTENT"));
        Assert.Contains("OPENCODE_CONFIG_CONTENT", Assert.Single(launch.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Opencode_needs_its_switch()
    {
        Assert.Equal(["opencode.off"], FindingFacts.Check("opencode", SomeSurroundings.Of(Endpoint)).Faults());
        Assert.Empty(AgentCatalogue.Find("opencode")!.Routes(SomeSurroundings.Of(Endpoint)));
    }

    [Theory]
    [InlineData(".config/opencode/opencode.json")]
    [InlineData("code/opencode.jsonc")]
    public void Opencode_speaks_JSON_whatever_the_protocol(string file)
    {
        var surroundings = SomeSurroundings.Of(Endpoint, ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")).With(file, """{ "experimental": { "openTelemetry": true } }""");

        Assert.Empty(FindingFacts.Check("opencode", surroundings).Faults());
        Assert.All(AgentCatalogue.Find("opencode")!.Routes(surroundings), route => Assert.Equal(Wire.HttpJson, route.Wire));
    }

    [Fact]
    public void Opencode_needs_an_address_too() =>
        Assert.Equal(["endpoint.off"], FindingFacts.Check("opencode", SomeSurroundings.Of(("OPENCODE_CONFIG_CONTENT", """{"experimental":{"openTelemetry":true}}"""))).Faults());

    [Fact]
    public void A_name_of_another_agent_is_left_out_of_a_launch()
    {
        Assert.Equal("", SomeLaunch.Of("opencode", ("OTEL_SERVICE_NAME", "goose")).Value("OTEL_SERVICE_NAME"));
        Assert.Equal("goose", SomeLaunch.Of("goose", ("OTEL_SERVICE_NAME", "goose")).Value("OTEL_SERVICE_NAME"));
        Assert.Equal("mine", SomeLaunch.Of("opencode", ("OTEL_SERVICE_NAME", "mine")).Value("OTEL_SERVICE_NAME"));
    }

    [Fact]
    public void A_shell_gets_the_variables_of_all_agents()
    {
        var launch = SomeLaunch.Of("bash");

        Assert.All(
            Switches,
            name => Assert.NotEqual("", launch.Value(name)));
        Assert.Equal(["bash"], launch.Command);
    }
}
