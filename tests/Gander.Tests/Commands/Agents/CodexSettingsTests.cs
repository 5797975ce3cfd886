using Gander.Commands.Agents;

namespace Gander.Tests.Commands.Agents;

public sealed class CodexSettingsTests
{
    private const string File = ".codex/config.toml";

    private const string Whole = """
        model = "gpt-5.5"
        [otel]
        environment = "dev"
        log_user_prompt = true
        exporter = { otlp-http = { endpoint = "http://127.0.0.1:4318/v1/logs", protocol = "binary", headers = { "x-team" = "birds" } } }
        trace_exporter = { otlp-http = { endpoint = "http://127.0.0.1:4318/v1/traces", protocol = "json" } }
        [otel.metrics_exporter.otlp-grpc]
        endpoint = "http://127.0.0.1:4317" # the other port
        """;

    [Fact]
    public void A_launch_gives_each_signal_its_whole_address_and_keeps_the_token_out_of_arguments()
    {
        var launch = SomeLaunch.Of(SomeLaunch.WithToken("gander_secret"), "npx -y @openai/codex exec hi");

        Assert.Equal(["npx", "-y", "@openai/codex", "-c"], launch.Command.Take(4));
        Assert.Contains("""otel.exporter={otlp-http={endpoint="http://127.0.0.1:4318/v1/logs",protocol="binary"}}""", launch.Command);
        Assert.Contains("""otel.trace_exporter={otlp-http={endpoint="http://127.0.0.1:4318/v1/traces",protocol="binary"}}""", launch.Command);
        Assert.Contains("""otel.metrics_exporter={otlp-http={endpoint="http://127.0.0.1:4318/v1/metrics",protocol="binary"}}""", launch.Command);
        Assert.Equal(["exec", "hi"], launch.Command.TakeLast(2));
        Assert.DoesNotContain("gander_secret", string.Join(' ', launch.Command), StringComparison.Ordinal);
        Assert.Equal("Authorization=Basic gander_secret", launch.Value("OTEL_EXPORTER_OTLP_HEADERS"));
    }

    [Fact]
    public void A_launch_asks_for_prompts_only_when_told() => Assert.Contains("otel.log_user_prompt=true", SomeLaunch.Of(SomeLaunch.WithContent(), "codex").Command);

    [Fact]
    public void A_whole_configuration_is_without_fault_and_its_routes_are_read()
    {
        var surroundings = SomeSurroundings.Of(("OTEL_EXPORTER_OTLP_HEADERS", "a=b")).With(File, Whole);

        Assert.Empty(FindingFacts.Check("codex", surroundings).Faults());
        var routes = AgentCatalogue.Find("codex")!.Routes(surroundings).ToDictionary(route => route.Signal);
        Assert.Equal((Wire.HttpJson, Wire.Grpc, Wire.HttpProtobuf), (routes["TRACES"].Wire, routes["METRICS"].Wire, routes["LOGS"].Wire));
        Assert.Equal(["x-team", "a"], routes["LOGS"].Headers.Select(header => header.Key));
    }

    [Theory]
    [InlineData("/v1/logs\"", "\"", "codex.endpoint-path")]
    [InlineData("protocol = \"binary\"", "protocol = \"protobuf\"", "codex.protocol")]
    [InlineData("127.0.0.1:4317", "127.0.0.1:4318", "endpoint.port")]
    [InlineData("exporter = { otlp-http = { endpoint = \"http://127.0.0.1:4318/v1/logs\"", "exporter = { otlp-http = { endpoint = \"127.0.0.1:4318/v1/logs\"", "codex.endpoint")]
    [InlineData("trace_exporter = {", "trace_exporter = \"none\"\nother = {", "codex.exporter")]
    [InlineData("environment = \"dev\"", "environment = \"dev", "file.invalid")]
    public void What_is_wrong_in_the_file_is_found(string before, string after, string id) =>
        Assert.Equal([id], FindingFacts.Check("codex", SomeSurroundings.Of().With(File, Whole.Replace(before, after, StringComparison.Ordinal))).Faults());

    [Fact]
    public void Variables_do_not_turn_it_on()
    {
        var findings = FindingFacts.Check("codex", SomeSurroundings.Of(("OTEL_EXPORTER_OTLP_ENDPOINT", SomeLaunch.Endpoint)));

        Assert.Equal(["codex.off"], findings.Faults());
        Assert.Equal(FindingLevel.Note, findings.Single("codex.variables").Level);
        Assert.Contains("otel.trace_exporter = {otlp-http={endpoint=\"http://127.0.0.1:4318/v1/traces\"", findings.Single("codex.off").Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Prompts_are_left_out_unless_asked_for() =>
        Assert.Single(FindingFacts.Check("codex", SomeSurroundings.Of().With(File, Whole.Replace("log_user_prompt = true", "", StringComparison.Ordinal))), finding => finding.Id == "content.off");

    [Fact]
    public void The_lines_it_proposes_are_without_fault_themselves()
    {
        var lines = FindingFacts.Check("codex", SomeSurroundings.Of()).Single("codex.off").Fix.Split("   (")[0].Split("; ");

        Assert.Empty(FindingFacts.Check("codex", SomeSurroundings.Of().With(File, string.Join('\n', lines))).Faults());
    }
}
