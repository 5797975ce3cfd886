using System.Globalization;
using Gander.Agent;
using Gander.Agent.Telemetry;
using Gander.Telemetry;
using Gander.Tests.Stores;

namespace Gander.Tests.Agent.Telemetry;

/// <summary>Every row of the integration page's configuration reference, as it shows on the wire.</summary>
public sealed class OtlpWireTests
{
    [Fact]
    public async Task The_endpoint_is_a_base_to_which_the_signals_are_appended()
    {
        await using var stage = await TelemetryStage.StartAsync();
        stage.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = stage.Sink.Http + "/prefix/";

        await stage.RunAsync();

        Assert.Equal(["/prefix/v1/logs", "/prefix/v1/metrics", "/prefix/v1/traces"], Paths(stage));
    }

    [Theory]
    [InlineData("TRACES", 5, 0, 0)]
    [InlineData("METRICS", 0, 10, 0)]
    [InlineData("LOGS", 0, 0, 8)]
    public async Task An_endpoint_of_one_signal_is_used_as_it_is_and_turns_on_that_signal_alone(string signal, int spans, int points, int logs)
    {
        await using var stage = await TelemetryStage.StartAsync();
        stage.Environment.Remove("OTEL_EXPORTER_OTLP_ENDPOINT");
        stage.Environment[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"] = $"{stage.Sink.Http}/custom/{signal}";

        await stage.RunAsync();

        Assert.Equal([$"/custom/{signal}"], Paths(stage));
        Assert.Equal((spans, points, logs), (stage.Spans.Count, stage.Points.Count, stage.Logs.Count));
    }

    [Fact]
    public async Task An_endpoint_of_one_signal_goes_before_the_common_one()
    {
        await using var stage = await TelemetryStage.StartAsync();
        stage.Environment["OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"] = stage.Sink.Http + "/elsewhere-logs";

        await stage.RunAsync();

        Assert.Equal(["/elsewhere-logs", "/v1/metrics", "/v1/traces"], Paths(stage));
    }

    [Fact]
    public async Task Without_endpoint_and_exporter_nothing_is_collected_or_sent()
    {
        await using var stage = await TelemetryStage.StartAsync();
        stage.Environment.Clear();

        await stage.RunAsync();
        await using var telemetry = stage.Create();

        Assert.False(telemetry.IsEnabled);
        Assert.Null(telemetry.StartSession(new("s", "run", false, "run")).StartReply("hi").TraceParent);
        Assert.Empty(stage.Sink.Received);
        Assert.Empty(stage.KeptFiles);
    }

    [Theory]
    [InlineData("http/protobuf", "application/x-protobuf", "HTTP/1.1")]
    [InlineData("http/json", "application/json", "HTTP/1.1")]
    [InlineData("grpc", "application/grpc", "HTTP/2")]
    public async Task Every_protocol_carries_all_signals(string protocol, string contentType, string version)
    {
        await using var stage = await TelemetryStage.StartAsync(("OTEL_EXPORTER_OTLP_PROTOCOL", protocol));
        if (protocol == "grpc")
        {
            stage.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = stage.Sink.Grpc;
        }

        await stage.RunAsync();

        Assert.Equal(3, stage.Sink.Received.Count);
        Assert.All(stage.Sink.Received, export => Assert.Equal((contentType, version), (export.Header("content-type"), export.Protocol)));
        Assert.Equal((5, 10, 8), (stage.Spans.Count, stage.Points.Count, stage.Logs.Count));
        Assert.Equal("", stage.Warnings.ToString());
    }

    [Fact]
    public async Task Every_protocol_says_the_same()
    {
        var descriptions = new List<IEnumerable<string>>();
        foreach (var protocol in (string[])["http/protobuf", "http/json", "grpc"])
        {
            await using var stage = await TelemetryStage.StartAsync(("OTEL_EXPORTER_OTLP_PROTOCOL", protocol));
            if (protocol == "grpc")
            {
                stage.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = stage.Sink.Grpc;
            }

            await stage.RunAsync("quotes \" and \\ and\nlines, Ж, 🦢");
            descriptions.Add(stage.Spans.Select(Timeless).Concat(stage.Logs.Select(Timeless)).Order(StringComparer.Ordinal).ToList());
        }

        Assert.Equal(descriptions[0], descriptions[1]);
        Assert.Equal(descriptions[0], descriptions[2]);
    }

    [Fact]
    public async Task Grpc_calls_the_services_of_the_specification()
    {
        await using var stage = await TelemetryStage.StartAsync(("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"));
        stage.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = stage.Sink.Grpc.Replace("http://", "", StringComparison.Ordinal);

        await stage.RunAsync();

        Assert.Equal(
            [
                "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
                "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
                "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
            ],
            Paths(stage));
        Assert.All(stage.Sink.Received, export => Assert.Equal("trailers", export.Header("te")));
    }

    [Fact]
    public async Task Headers_go_with_every_request_decoded()
    {
        await using var stage = await TelemetryStage.StartAsync(("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Basic%20dXNlcjpwYXNz==,x-team=a%2Cb"));
        stage.Environment["OTEL_EXPORTER_OTLP_LOGS_HEADERS"] = "x-only=logs";

        await stage.RunAsync();

        Assert.All(stage.Sink.Received, export => Assert.Equal(("Basic dXNlcjpwYXNz==", "a,b"), (export.Header("authorization"), export.Header("x-team"))));
        Assert.Equal("logs", stage.Sink.Received.Single(export => export.IsLogs).Header("x-only"));
        Assert.Equal("", stage.Sink.Received.Single(export => export.IsTraces).Header("x-only"));
    }

    [Fact]
    public async Task A_plain_space_in_a_header_works_as_the_page_writes_it()
    {
        await using var stage = await TelemetryStage.StartAsync(("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Basic dXNlcg"));

        await stage.RunAsync();

        Assert.All(stage.Sink.Received, export => Assert.Equal("Basic dXNlcg", export.Header("authorization")));
    }

    [Fact]
    public async Task A_header_with_a_colon_is_told_once_with_the_right_form_and_without_its_value()
    {
        await using var stage = await TelemetryStage.StartAsync(("OTEL_EXPORTER_OTLP_HEADERS", "Authorization: Basic c2VjcmV0=="));

        await stage.RunAsync();

        var warning = Assert.Single(stage.Warnings.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("OTEL_EXPORTER_OTLP_HEADERS=\"Authorization=Basic <token>\"", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", warning, StringComparison.Ordinal);
        Assert.All(stage.Sink.Received, export => Assert.Equal("", export.Header("authorization")));
    }

    [Fact]
    public async Task The_service_is_goose_unless_named()
    {
        await using var stage = await TelemetryStage.StartAsync();

        await stage.RunAsync();

        var resource = stage.Spans[0].Resource;
        Assert.Equal("goose", resource.ServiceName);
        Assert.Equal(("gander", "gander", "1.2.3"), (resource.Text("service.namespace"), resource.Text("telemetry.distro.name"), resource.Text("service.version")));
        Assert.All((string[])["service.instance.id", "host.name", "user.name"], key => Assert.NotEqual("", resource.Text(key)));
        Assert.All(stage.Spans, span => Assert.Equal(resource.Id, span.Resource.Id));
        Assert.All(stage.Logs, log => Assert.Equal(resource.Id, log.Resource.Id));
        Assert.All(stage.Points, point => Assert.Equal(resource.Id, point.Resource.Id));
    }

    [Theory]
    [InlineData("service.name=by-attributes", null, "by-attributes")]
    [InlineData("service.name=by-attributes", "by-name", "by-name")]
    [InlineData(null, "by-name", "by-name")]
    public async Task The_service_name_has_an_order_of_precedence(string? attributes, string? name, string expected)
    {
        await using var stage = await TelemetryStage.StartAsync();
        if (attributes is not null)
        {
            stage.Environment["OTEL_RESOURCE_ATTRIBUTES"] = attributes;
        }

        if (name is not null)
        {
            stage.Environment["OTEL_SERVICE_NAME"] = name;
        }

        await stage.RunAsync();

        Assert.Equal(expected, stage.Spans[0].Resource.ServiceName);
    }

    [Fact]
    public async Task Resource_attributes_are_added_to_every_signal()
    {
        await using var stage = await TelemetryStage.StartAsync(("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=local, team=web%20ui ,mistake"));

        await stage.RunAsync();

        Assert.Equal(("local", "web ui"), (stage.Logs[0].Resource.Text("deployment.environment"), stage.Points[0].Resource.Text("team")));
        Assert.Contains("\"mistake\"", stage.Warnings.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disabled_sdk_sends_nothing()
    {
        await using var stage = await TelemetryStage.StartAsync(("OTEL_SDK_DISABLED", "TRUE"));

        await stage.RunAsync();

        Assert.Empty(stage.Sink.Received);
    }

    [Theory]
    [InlineData("OTEL_TRACES_EXPORTER", "/v1/logs /v1/metrics")]
    [InlineData("OTEL_METRICS_EXPORTER", "/v1/logs /v1/traces")]
    [InlineData("OTEL_LOGS_EXPORTER", "/v1/metrics /v1/traces")]
    public async Task The_exporter_none_turns_off_its_signal_alone(string variable, string paths)
    {
        await using var stage = await TelemetryStage.StartAsync((variable, "none"));

        await stage.RunAsync();

        Assert.Equal(paths, string.Join(' ', Paths(stage)));
        Assert.Equal("", stage.Output.ToString());
    }

    [Theory]
    [InlineData("OTEL_TRACES_EXPORTER", "span dispatch_tool_call")]
    [InlineData("OTEL_METRICS_EXPORTER", "metric goose.session_tokens 300 session_type=run")]
    [InlineData("OTEL_LOGS_EXPORTER", "INFO \"Session completed\"")]
    public async Task The_exporter_console_writes_its_signal_for_a_person(string variable, string line)
    {
        await using var stage = await TelemetryStage.StartAsync((variable, "console"));

        await stage.RunAsync();

        Assert.Contains(line, stage.Output.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, stage.Sink.Received.Count);
    }

    [Fact]
    public async Task The_exporter_console_writes_one_line_a_record_whatever_is_in_it()
    {
        await using var stage = await TelemetryStage.StartAsync(("OTEL_TRACES_EXPORTER", "console"), ("OTEL_METRICS_EXPORTER", "console"), ("OTEL_LOGS_EXPORTER", "console"));
        await using (var telemetry = stage.Create())
        {
            using var session = telemetry.StartSession(new SessionStart("20261123_1", "run\u009b31m\nspan forged", IsInteractive: false, "run"));
            session.ModelChosen("gpt\e[2J\u202eo");
            TelemetryStage.Turn(session, "hi\u0085\u0007");
            session.Complete(failed: false, messageCount: 4);
        }

        var lines = stage.Output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.Matches("^(span|log|metric) ", line));
        Assert.DoesNotContain(lines, line => line.StartsWith("span forged", StringComparison.Ordinal) || line.Any(TerminalText.Steers));
    }

    [Fact]
    public async Task The_exporter_otlp_goes_to_the_endpoint()
    {
        await using var stage = await TelemetryStage.StartAsync(("OTEL_TRACES_EXPORTER", "otlp"), ("OTEL_METRICS_EXPORTER", "otlp,console"), ("OTEL_LOGS_EXPORTER", "none"));

        await stage.RunAsync();

        Assert.Equal(["/v1/metrics", "/v1/traces"], Paths(stage));
        Assert.Contains("metric goose.session_tokens", stage.Output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("always_on", null, 5)]
    [InlineData("always_off", null, 0)]
    [InlineData("traceidratio", "1", 5)]
    [InlineData("traceidratio", "0", 0)]
    [InlineData("parentbased_always_on", null, 5)]
    [InlineData("parentbased_always_off", null, 0)]
    [InlineData("parentbased_traceidratio", "1.0", 5)]
    [InlineData("parentbased_traceidratio", "0", 0)]
    public async Task Samplers_leave_counters_and_logs_complete(string sampler, string? argument, int spans)
    {
        await using var stage = await TelemetryStage.StartAsync(("OTEL_TRACES_SAMPLER", sampler));
        if (argument is not null)
        {
            stage.Environment["OTEL_TRACES_SAMPLER_ARG"] = argument;
        }

        await stage.RunAsync();

        Assert.Equal((spans, 10, 8), (stage.Spans.Count, stage.Points.Count, stage.Logs.Count));
        var tool = stage.Logs.Single(log => log.Body == "Tool call started");
        Assert.Equal((false, spans > 0 ? 1u : 0u), (tool.TraceId.IsEmpty, tool.Flags & 1));
    }

    [Fact]
    public async Task A_tenth_of_the_traces_is_kept_whole_or_not_at_all()
    {
        await using var stage = await TelemetryStage.StartAsync(("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"), ("OTEL_TRACES_SAMPLER_ARG", "0.1"));

        await using (var telemetry = stage.Create())
        {
            using var session = telemetry.StartSession(new("s", "new", true, "session"));
            for (var i = 0; i < 400; i++)
            {
                TelemetryStage.Turn(session);
            }
        }

        var traces = stage.Spans.GroupBy(span => span.TraceId).ToList();
        Assert.InRange(traces.Count, 10, 90);
        Assert.All(traces, trace => Assert.Equal(5, trace.Count()));
        Assert.Equal(400, stage.Points.Single(point => point.Metric == "goose.tool_calls").Value);
    }

    [Theory]
    [InlineData(null, Temporality.Cumulative)]
    [InlineData("cumulative", Temporality.Cumulative)]
    [InlineData("Delta", Temporality.Delta)]
    [InlineData("lowmemory", Temporality.Delta)]
    public async Task The_temporality_is_as_preferred(string? preference, Temporality expected)
    {
        await using var stage = await TelemetryStage.StartAsync();
        if (preference is not null)
        {
            stage.Environment["OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"] = preference;
        }

        await stage.RunAsync();

        Assert.All(stage.Points, point => Assert.Equal(expected, point.Temporality));
    }

    [Theory]
    [InlineData("http/protobuf", "gzip")]
    [InlineData("http/json", "gzip")]
    [InlineData("grpc", "gzip")]
    [InlineData("http/protobuf", "none")]
    public async Task Bodies_are_compressed_as_asked(string protocol, string compression)
    {
        await using var stage = await TelemetryStage.StartAsync(("OTEL_EXPORTER_OTLP_PROTOCOL", protocol), ("OTEL_EXPORTER_OTLP_COMPRESSION", compression));
        if (protocol == "grpc")
        {
            stage.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = stage.Sink.Grpc;
        }

        await stage.RunAsync();

        var name = protocol == "grpc" ? "grpc-encoding" : "content-encoding";
        Assert.All(stage.Sink.Received, export => Assert.Equal(compression == "gzip" ? "gzip" : "", export.Header(name)));
        Assert.Equal((5, 10, 8), (stage.Spans.Count, stage.Points.Count, stage.Logs.Count));
    }

    [Fact]
    public async Task The_configuration_file_names_an_endpoint_that_the_environment_wins_over()
    {
        await using var stage = await TelemetryStage.StartAsync();
        stage.Environment.Clear();
        stage.ConfiguredEndpoint = stage.Sink.Http;

        await stage.RunAsync();

        Assert.Equal(3, stage.Sink.Received.Count);
        stage.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = stage.Sink.Http + "/environment";
        await stage.RunAsync();
        Assert.Equal(3, stage.Sink.Received.Count(export => export.Path.StartsWith("/environment/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Anonymous_usage_data_is_something_else(string value)
    {
        await using var stage = await TelemetryStage.StartAsync(("GOOSE_TELEMETRY_ENABLED", value));

        await stage.RunAsync();

        Assert.Equal(["/v1/logs", "/v1/metrics", "/v1/traces"], Paths(stage));
    }

    private static IEnumerable<string> Paths(TelemetryStage stage) => stage.Sink.Received.Select(export => export.Path).Distinct().Order(StringComparer.Ordinal);

    // All but what differs from one run to the next.
    private static string Timeless(TelemetryRecord record) => string.Create(CultureInfo.InvariantCulture, $"{(record as SpanRecord)?.Name}{(record as LogRecord)?.Body} {record.Flags} ") + string.Join(
        ' ',
        record.Attributes.Where(attribute => !attribute.Key.Contains("duration", StringComparison.Ordinal) && !attribute.Key.Contains("time_to", StringComparison.Ordinal)).Select(attribute => $"{attribute.Key}={attribute.Value}"));
}
