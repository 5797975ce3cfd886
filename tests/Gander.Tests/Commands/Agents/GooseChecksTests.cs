using Gander.Commands.Agents;

namespace Gander.Tests.Commands.Agents;

/// <summary>Every way in which goose 1.52.0 falls silent or says less than it could: one test a trap.</summary>
public sealed class GooseChecksTests
{
    private const string Config = ".config/goose/config.yaml";

    private static readonly (string Name, string Value) Endpoint = ("OTEL_EXPORTER_OTLP_ENDPOINT", SomeLaunch.Endpoint);
    private static readonly (string Name, string Value) Content = ("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "TRUE");

    [Fact]
    public void The_setup_of_the_page_is_without_fault()
    {
        var findings = Check(
            Endpoint,
            ("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Basic abc="),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_SERVICE_NAME", "goose"),
            ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=local"),
            Content);

        Assert.Empty(findings);
    }

    [Fact]
    public void Without_an_address_nothing_is_sent() =>
        AssertFound(Check(), "endpoint.off", FindingLevel.Problem, "export OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318");

    [Fact]
    public void A_profile_that_this_shell_has_not_read_is_found()
    {
        var surroundings = SomeSurroundings.Of().With(".zshrc", "alias x=y\nexport OTEL_EXPORTER_OTLP_ENDPOINT=\"http://127.0.0.1:4318\"\n");

        var finding = FindingFacts.Check("goose", surroundings).Single("shell.stale");

        Assert.Contains("~/.zshrc, line 2", finding.What, StringComparison.Ordinal);
        Assert.Equal("source ~/.zshrc", finding.Fix);
    }

    [Theory]
    [InlineData(".bashrc", "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318")]
    [InlineData(".config/fish/config.fish", "set OTEL_EXPORTER_OTLP_ENDPOINT http://127.0.0.1:4318")]
    public void A_variable_that_is_not_exported_is_found(string file, string line) =>
        AssertFound(FindingFacts.Check("goose", SomeSurroundings.Of().With(file, line)), "shell.not-exported", FindingLevel.Problem, "export OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318");

    [Fact]
    public void The_line_to_change_is_named_with_its_place()
    {
        var surroundings = SomeSurroundings.Of(Endpoint, Content, ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")).With(".profile", "export OTEL_EXPORTER_OTLP_PROTOCOL=grpc");

        Assert.Equal("export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf   (now in ~/.profile, line 1)", FindingFacts.Check("goose", surroundings).Single("protocol.grpc").Fix);
    }

    [Fact]
    public void The_SDK_may_be_disabled() => AssertFound(Check(Endpoint, ("OTEL_SDK_DISABLED", "true")), "sdk.disabled", FindingLevel.Problem, "unset OTEL_SDK_DISABLED");

    [Theory]
    [InlineData("grpc", "protocol.grpc")]
    [InlineData("http/proto", "protocol.unknown")]
    public void A_protocol_it_cannot_speak_turns_all_export_off(string protocol, string id) =>
        AssertFound(Check(Endpoint, ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol)), id, FindingLevel.Problem, "export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf");

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public void Compression_turns_all_export_off(string compression) =>
        AssertFound(Check(Endpoint, ("OTEL_EXPORTER_OTLP_COMPRESSION", compression)), "compression", FindingLevel.Problem, "unset OTEL_EXPORTER_OTLP_COMPRESSION");

    [Fact]
    public void Thirty_means_milliseconds() =>
        AssertFound(Check(Endpoint, ("OTEL_EXPORTER_OTLP_TIMEOUT", "30")), "timeout", FindingLevel.Problem, "export OTEL_EXPORTER_OTLP_TIMEOUT=30000");

    [Fact]
    public void Thirty_in_the_configuration_file_means_milliseconds_too()
    {
        var surroundings = SomeSurroundings.Of(Content).With(Config, "otel_exporter_otlp_endpoint: \"http://127.0.0.1:4318\"\notel_exporter_otlp_timeout: 30\n");

        var findings = FindingFacts.Check("goose", surroundings);

        Assert.Equal(["timeout"], findings.Faults());
        Assert.Equal("otel_exporter_otlp_timeout: 30000   (in ~/.config/goose/config.yaml)", findings.Single("timeout").Fix);
        Assert.Equal(3, AgentCatalogue.Find("goose")!.Routes(surroundings).Count);
    }

    [Fact]
    public void The_environment_goes_before_the_file()
    {
        var surroundings = SomeSurroundings.Of(Content, Endpoint, ("OTEL_EXPORTER_OTLP_TIMEOUT", "5000")).With(Config, "otel_exporter_otlp_endpoint: nonsense\notel_exporter_otlp_timeout: 30\n");

        Assert.Empty(FindingFacts.Check("goose", surroundings));
    }

    [Fact]
    public void Keys_in_capitals_are_not_read()
    {
        var surroundings = SomeSurroundings.Of(Content).With(Config, "OTEL_EXPORTER_OTLP_ENDPOINT: http://127.0.0.1:4318\n");

        var findings = FindingFacts.Check("goose", surroundings);

        Assert.Equal(["endpoint.off", "goose.file-case"], findings.Faults());
        Assert.StartsWith("otel_exporter_otlp_endpoint: http://127.0.0.1:4318", findings.Single("goose.file-case").Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_in_the_file_are_not_read_and_not_shown()
    {
        var findings = FindingFacts.Check("goose", SomeSurroundings.Of(Content, Endpoint).With(Config, "otel_exporter_otlp_headers: Authorization=Basic abcdef\n"));

        Assert.Equal("export OTEL_EXPORTER_OTLP_HEADERS=Authorization=Basic ****", findings.Single("goose.file-key").Fix);
    }

    [Fact]
    public void Spaces_in_resource_attributes_have_to_be_escaped() => AssertFound(
        Check(Endpoint, ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=my laptop, team.id=birds")),
        "attributes.spaces",
        FindingLevel.Warning,
        "export OTEL_RESOURCE_ATTRIBUTES=\"deployment.environment=my%20laptop,team.id=birds\"");

    [Fact]
    public void A_part_of_the_attributes_without_a_key_is_lost() => Assert.Equal(["attributes.form"], Check(Endpoint, ("OTEL_RESOURCE_ATTRIBUTES", "local,team.id=birds")).Faults());

    [Fact]
    public void Headers_with_a_colon_are_dropped()
    {
        var finding = Check(Endpoint, ("OTEL_EXPORTER_OTLP_HEADERS", "Authorization: Basic abc123")).Single("headers.colon");

        Assert.Equal(FindingLevel.Problem, finding.Level);
        Assert.Equal("export OTEL_EXPORTER_OTLP_HEADERS=\"Authorization=Basic ****\"", finding.Fix);
        Assert.DoesNotContain("abc123", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_without_a_key_is_dropped() => Assert.Equal(["headers.form"], Check(Endpoint, ("OTEL_EXPORTER_OTLP_HEADERS", "abc123")).Faults());

    [Theory]
    [InlineData("OTEL_SERVICE_NAME", "unknown_service")]
    [InlineData("OTEL_SERVICE_NAME", "unknown_service:goose")]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES", "service.name=unknown_service")]
    public void An_unknown_service_comes_from_the_environment(string name, string value) =>
        AssertFound(Check(Endpoint, (name, value)), "service.unknown", FindingLevel.Warning, "export OTEL_SERVICE_NAME=goose");

    [Fact]
    public void The_name_of_another_agent_is_found() => Assert.Equal(["service.foreign"], Check(Endpoint, ("OTEL_SERVICE_NAME", "claude-code")).Faults());

    [Fact]
    public void A_name_of_ones_own_is_mentioned() => Assert.Equal(FindingLevel.Note, Check(Endpoint, ("OTEL_SERVICE_NAME", "my-goose")).Single("service.name").Level);

    [Fact]
    public void Sampling_leaves_gaps()
    {
        var finding = Check(Endpoint, ("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"), ("OTEL_TRACES_SAMPLER_ARG", "0.1")).Single("sampling");

        Assert.Equal((FindingLevel.Warning, "unset OTEL_TRACES_SAMPLER"), (finding.Level, finding.Fix));
        Assert.Contains("10", finding.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Sampling_everything_away_leaves_no_sessions() => Assert.Equal(["sampling.off"], Check(Endpoint, ("OTEL_TRACES_SAMPLER", "always_off")).Faults());

    [Fact]
    public void Sampling_all_is_no_fault() => Assert.Empty(Check(Endpoint, ("OTEL_TRACES_SAMPLER", "parentbased_always_on"), ("OTEL_TRACES_SAMPLER_ARG", "1.0")).Faults());

    [Fact]
    public void An_address_of_one_signal_is_used_as_it_is() => AssertFound(
        Check(Endpoint, ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", SomeLaunch.Endpoint)),
        "endpoint.signal-path",
        FindingLevel.Problem,
        "export OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://127.0.0.1:4318/v1/traces");

    [Fact]
    public void An_address_of_one_signal_turns_on_that_one_alone()
    {
        var finding = Check(("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", SomeLaunch.Endpoint + "/v1/logs")).Single("endpoint.partial");

        Assert.Contains("no traces and no metrics", finding.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void The_address_of_all_takes_no_path_of_a_signal() => AssertFound(
        Check(("OTEL_EXPORTER_OTLP_ENDPOINT", SomeLaunch.Endpoint + "/v1/traces/")), "endpoint.path", FindingLevel.Problem, "export OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318");

    [Fact]
    public void The_port_of_gRPC_is_found() => AssertFound(
        Check(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317")), "endpoint.port", FindingLevel.Problem, "export OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318");

    [Theory]
    [InlineData("127.0.0.1:4318")]
    [InlineData("localhost")]
    [InlineData("ftp://host/")]
    public void What_is_no_address_is_found(string endpoint) => Assert.Equal(["endpoint.invalid"], Check(("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)).Faults());

    [Theory]
    [InlineData("none", "sends no traces")]
    [InlineData("console", "printed")]
    [InlineData("zipkin", "sends no traces")]
    public void An_exporter_other_than_otlp_keeps_a_signal_back(string exporter, string why)
    {
        var finding = Check(Endpoint, ("OTEL_TRACES_EXPORTER", exporter)).Single("exporter.off");

        Assert.Equal((FindingLevel.Problem, "export OTEL_TRACES_EXPORTER=otlp"), (finding.Level, finding.Fix));
        Assert.Contains(why, finding.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Content_is_off_unless_it_is_asked_for()
    {
        Assert.Equal((FindingLevel.Note, "export OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true"), Of(Check(Endpoint).Single("content.off")));
        Assert.Single(Check(Endpoint, (Content.Name, "1")), finding => finding.Id == "content.off");

        static (FindingLevel, string) Of(Finding finding) => (finding.Level, finding.Fix);
    }

    [Fact]
    public void A_certificate_of_ones_own_goes_by_another_variable() => AssertFound(
        Check(("OTEL_EXPORTER_OTLP_ENDPOINT", "https://gander.example"), ("OTEL_EXPORTER_OTLP_CERTIFICATE", "/etc/ca.pem")),
        "tls.certificate-ignored",
        FindingLevel.Problem,
        "export SSL_CERT_FILE=/etc/ca.pem");

    [Fact]
    public void Usage_data_is_another_thing() => Assert.Equal(FindingLevel.Note, Check(Endpoint, ("GOOSE_TELEMETRY_ENABLED", "false")).Single("goose.usage-data").Level);

    [Fact]
    public void A_proxy_may_swallow_what_is_for_this_machine() => AssertFound(
        Check(Endpoint, ("HTTP_PROXY", "http://me:pass@proxy:8080"), ("NO_PROXY", "intra")), "proxy", FindingLevel.Warning, "export NO_PROXY=intra,127.0.0.1");

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", 0)]
    [InlineData("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip", 0)]
    [InlineData("OTEL_SDK_DISABLED", "true", 0)]
    [InlineData("OTEL_LOGS_EXPORTER", "none", 2)]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", 3)]
    public void Only_signals_that_goose_would_send_are_tried(string name, string value, int routes)
    {
        var found = AgentCatalogue.Find("goose")!.Routes(SomeSurroundings.Of(Endpoint, (name, value)));

        Assert.Equal(routes, found.Count);
        Assert.All(found, route => Assert.Equal(Wire.HttpProtobuf, route.Wire));
    }

    private static IReadOnlyList<Finding> Check(params (string Name, string Value)[] environment) => FindingFacts.Check("goose", SomeSurroundings.Of(environment));

    private static void AssertFound(IEnumerable<Finding> findings, string id, FindingLevel level, string fix)
    {
        var all = findings.ToList();
        var finding = all.Single(id);
        Assert.Equal([id], all.Faults());
        Assert.Equal(level, finding.Level);
        Assert.StartsWith(fix, finding.Fix, StringComparison.Ordinal);
        Assert.NotEqual("", finding.Why);
    }
}
