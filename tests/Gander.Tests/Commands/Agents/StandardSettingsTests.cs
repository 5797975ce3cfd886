namespace Gander.Tests.Commands.Agents;

public sealed class StandardSettingsTests
{
    private static readonly string[] Exporters = ["OTEL_TRACES_EXPORTER", "OTEL_METRICS_EXPORTER", "OTEL_LOGS_EXPORTER"];

    private static readonly string[] Choices =
    [
        "OTEL_EXPORTER_OTLP_TIMEOUT",
        "OTEL_SERVICE_NAME",
        "OTEL_TRACES_SAMPLER",
        "OTEL_EXPORTER_OTLP_HEADERS",
        "OTEL_EXPORTER_OTLP_PROTOCOL",
        "OTEL_TRACES_EXPORTER",
    ];

    [Fact]
    public void All_signals_go_to_the_server()
    {
        var launch = SomeLaunch.Of("goose run");

        Assert.Equal(SomeLaunch.Endpoint, launch.Value("OTEL_EXPORTER_OTLP_ENDPOINT"));
        Assert.Equal("http/protobuf", launch.Value("OTEL_EXPORTER_OTLP_PROTOCOL"));
        Assert.Equal(["otlp", "otlp", "otlp"], Exporters.Select(launch.Value));
        Assert.Equal("gander.exec.id=run1", launch.Value("OTEL_RESOURCE_ATTRIBUTES"));
        Assert.Empty(launch.Notes);
    }

    [Fact]
    public void What_fits_already_stays_and_is_not_mentioned()
    {
        var launch = SomeLaunch.Of(
            "goose run",
            ("OTEL_EXPORTER_OTLP_ENDPOINT", SomeLaunch.Endpoint + "/"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json"),
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", SomeLaunch.Endpoint + "/v1/traces"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "x-team=birds"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "5000"),
            ("OTEL_TRACES_EXPORTER", "console,otlp"),
            ("OTEL_SERVICE_NAME", "mine"),
            ("OTEL_TRACES_SAMPLER", "traceidratio"),
            ("OTEL_RESOURCE_ATTRIBUTES", "team.id=birds,"));

        Assert.Equal(["5000", "mine", "traceidratio", "x-team=birds", "http/json", "console,otlp"], Choices.Select(launch.Value));
        Assert.Equal("team.id=birds,gander.exec.id=run1", launch.Value("OTEL_RESOURCE_ATTRIBUTES"));
        Assert.Equal(SomeLaunch.Endpoint + "/v1/traces", launch.Value("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"));
        Assert.Empty(launch.Notes);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", "http/protobuf")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_PROTOCOL", "grpc", "")]
    [InlineData("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip", "")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", "gzip", "")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://127.0.0.1:4318", "")]
    [InlineData("OTEL_SDK_DISABLED", "TRUE", "")]
    [InlineData("OTEL_METRICS_EXPORTER", "prometheus", "otlp")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "30", "10000")]
    public void What_would_keep_goose_silent_is_changed_and_told(string name, string value, string expected)
    {
        var launch = SomeLaunch.Of("goose run", (name, value));

        Assert.Equal(expected, launch.Value(name));
        Assert.Contains(name, Assert.Single(launch.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_credential_for_another_collector_is_not_sent_here()
    {
        var launch = SomeLaunch.Of(
            "goose run",
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "https://elsewhere.example"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "api-key=of-elsewhere"),
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "https://elsewhere.example/v1/traces"),
            ("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "api-key=of-elsewhere"));

        Assert.DoesNotContain("of-elsewhere", string.Join(' ', launch.Environment.Values), StringComparison.Ordinal);
        Assert.DoesNotContain("of-elsewhere", string.Join(' ', launch.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_takes_the_place_of_an_old_one_beside_other_headers()
    {
        var launch = SomeLaunch.Of(
            SomeLaunch.WithToken("gander_t"), "goose run", ("OTEL_EXPORTER_OTLP_ENDPOINT", SomeLaunch.Endpoint), ("OTEL_EXPORTER_OTLP_HEADERS", "x-team=birds, Authorization=Basic old"));

        Assert.Equal("x-team=birds,Authorization=Basic gander_t", launch.Value("OTEL_EXPORTER_OTLP_HEADERS"));
        Assert.DoesNotContain("gander_t", string.Join(' ', launch.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_on_this_machine_is_reached_around_a_proxy()
    {
        var launch = SomeLaunch.Of("goose run", ("HTTPS_PROXY", "http://proxy:8080"), ("NO_PROXY", "intra.example"));

        Assert.Equal(("intra.example,127.0.0.1", "127.0.0.1"), (launch.Value("NO_PROXY"), launch.Value("no_proxy")));
        Assert.Equal("", SomeLaunch.Of("goose run").Value("NO_PROXY"));
    }

    [Fact]
    public void Goose_sends_content_only_when_it_is_asked_for()
    {
        Assert.Equal("", SomeLaunch.Of("goose run").Value("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"));
        Assert.Equal("true", SomeLaunch.Of(SomeLaunch.WithContent(), "goose run").Value("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"));
    }
}
