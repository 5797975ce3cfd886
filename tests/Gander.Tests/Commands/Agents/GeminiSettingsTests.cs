using Gander.Commands.Agents;

namespace Gander.Tests.Commands.Agents;

public sealed class GeminiSettingsTests
{
    private const string Whole = """{"telemetry":{"enabled":true,"target":"local","otlpEndpoint":"http://127.0.0.1:4317","otlpProtocol":"grpc","logPrompts":true,"traces":true}}""";

    [Theory]
    [InlineData("gemini -p hi", "GEMINI_TELEMETRY_")]
    [InlineData("qwen -p hi", "QWEN_TELEMETRY_")]
    public void A_launch_speaks_JSON_over_HTTP_whatever_the_files_say(string command, string prefix)
    {
        var launch = SomeLaunch.Of(command);

        Assert.Equal(
            ("true", "local", SomeLaunch.Endpoint, "http", ""),
            (launch.Value($"{prefix}ENABLED"), launch.Value($"{prefix}TARGET"), launch.Value($"{prefix}OTLP_ENDPOINT"), launch.Value($"{prefix}OTLP_PROTOCOL"), launch.Value($"{prefix}OUTFILE")));
        Assert.False(launch.Environment.ContainsKey($"{prefix}LOG_PROMPTS"));
        Assert.Equal("true", SomeLaunch.Of(SomeLaunch.WithContent(), command).Value($"{prefix}LOG_PROMPTS"));
    }

    [Fact]
    public void A_launch_leaves_the_command_line_out_of_what_is_sent_unless_a_person_wants_it()
    {
        const string name = "OTEL_NODE_RESOURCE_DETECTORS";

        Assert.Equal("env,host,serviceinstance", SomeLaunch.Of("gemini -p hi").Value(name));
        Assert.Equal("all", SomeLaunch.Of("gemini -p hi", (name, "all")).Value(name));
    }

    [Theory]
    [InlineData("", "gemini.arguments")]
    [InlineData("all", "gemini.arguments")]
    [InlineData("env, process", "gemini.arguments")]
    [InlineData("env,host,serviceinstance", "")]
    [InlineData("none", "")]
    public void Prompts_that_are_sent_as_arguments_are_found(string detectors, string id)
    {
        var findings = FindingFacts.Check("gemini", SomeSurroundings.Of(
            ("GEMINI_TELEMETRY_ENABLED", "true"), ("GEMINI_TELEMETRY_OTLP_ENDPOINT", SomeLaunch.Endpoint), ("GEMINI_TELEMETRY_OTLP_PROTOCOL", "http"),
            ("GEMINI_TELEMETRY_LOG_PROMPTS", "false"), ("OTEL_NODE_RESOURCE_DETECTORS", detectors)));

        Assert.Equal(id.Length == 0 ? [] : [id], findings.Faults());
    }

    [Fact]
    public void Qwens_addresses_of_single_signals_are_overruled() => Assert.Equal(SomeLaunch.Endpoint + "/v1/logs", SomeLaunch.Of("qwen").Value("QWEN_TELEMETRY_OTLP_LOGS_ENDPOINT"));

    [Theory]
    [InlineData("gemini", ".gemini/settings.json")]
    [InlineData("qwen", "code/.qwen/settings.json")]
    public void A_whole_configuration_is_without_fault(string agent, string file)
    {
        var surroundings = SomeSurroundings.Of().With(file, Whole);

        Assert.Empty(FindingFacts.Check(agent, surroundings).Faults());
        Assert.All(AgentCatalogue.Find(agent)!.Routes(surroundings), route => Assert.Equal(Wire.Grpc, route.Wire));
    }

    [Fact]
    public void An_address_alone_does_not_turn_it_on()
    {
        var findings = FindingFacts.Check("gemini", SomeSurroundings.Of(("OTEL_EXPORTER_OTLP_ENDPOINT", SomeLaunch.Endpoint)));

        Assert.Equal(["gemini.off"], findings.Faults());
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT alone", findings.Single("gemini.off").Why, StringComparison.Ordinal);
    }

    [Fact]
    public void It_speaks_gRPC_unless_told_otherwise()
    {
        var findings = FindingFacts.Check("gemini", SomeSurroundings.Of(("GEMINI_TELEMETRY_ENABLED", "true"), ("OTEL_EXPORTER_OTLP_ENDPOINT", SomeLaunch.Endpoint), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")));

        Assert.Equal("export GEMINI_TELEMETRY_OTLP_PROTOCOL=http", findings.Single("gemini.grpc").Fix);
        Assert.Equal(FindingLevel.Note, findings.Single("gemini.protocol-variable").Level);
    }

    [Fact]
    public void Http_means_JSON()
    {
        var surroundings = SomeSurroundings.Of(("GEMINI_TELEMETRY_ENABLED", "1"), ("GEMINI_TELEMETRY_OTLP_ENDPOINT", SomeLaunch.Endpoint), ("GEMINI_TELEMETRY_OTLP_PROTOCOL", "http"));

        var routes = AgentCatalogue.Find("gemini")!.Routes(surroundings);

        Assert.Empty(FindingFacts.Check("gemini", surroundings).Faults());
        Assert.All(routes, route => Assert.Equal(Wire.HttpJson, route.Wire));
        Assert.Contains(routes, route => route.Address.AbsoluteUri == "http://127.0.0.1:4318/v1/traces");
    }

    [Theory]
    [InlineData("GEMINI_TELEMETRY_TARGET", "gcp", "gemini.target")]
    [InlineData("GEMINI_TELEMETRY_TARGET", "cloud", "gemini.target")]
    [InlineData("GEMINI_TELEMETRY_OUTFILE", "/tmp/t.log", "gemini.outfile")]
    [InlineData("GEMINI_TELEMETRY_OTLP_PROTOCOL", "http/protobuf", "gemini.protocol")]
    [InlineData("GEMINI_TELEMETRY_OTLP_PROTOCOL", "http", "endpoint.port")]
    [InlineData("GEMINI_TELEMETRY_OTLP_ENDPOINT", "localhost:4317", "endpoint.invalid")]
    [InlineData("GEMINI_TELEMETRY_LOG_PROMPTS", "false", "gemini.arguments")]
    [InlineData("OTEL_SDK_DISABLED", "true", "sdk.disabled")]
    [InlineData("OTEL_SERVICE_NAME", "goose", "service.foreign")]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES", "team=my birds", "attributes.spaces")]
    public void Traps_are_found(string name, string value, string id) =>
        Assert.Equal([id], FindingFacts.Check("gemini", SomeSurroundings.Of((name, value)).With(".gemini/settings.json", Whole)).Faults());

    [Fact]
    public void A_collector_may_stand_before_Googles_cloud() =>
        Assert.Empty(FindingFacts.Check("gemini", SomeSurroundings.Of(("GEMINI_TELEMETRY_TARGET", "gcp"), ("GEMINI_TELEMETRY_USE_COLLECTOR", "true")).With(".gemini/settings.json", Whole)).Faults());

    [Fact]
    public void The_line_to_change_is_that_of_the_file_it_stands_in() =>
        Assert.Equal(
            "telemetry.target: local   (in ~/.gemini/settings.json)",
            FindingFacts.Check("gemini", SomeSurroundings.Of().With(".gemini/settings.json", Whole.Replace("\"local\"", "\"gcp\"", StringComparison.Ordinal))).Single("gemini.target").Fix);
}
