using Gander.Agent.Loop;
using Gander.Telemetry;

namespace Gander.Tests.Agent.Telemetry;

public sealed class AgentCountersTests
{
    [Fact]
    public async Task Counters_are_metrics_with_labels_from_small_sets()
    {
        await using var stage = await TelemetryStage.StartAsync();

        await stage.RunAsync();

        Assert.Equal(
            [
                "goose.cli_commands 1 command=run",
                "goose.session_completions 1 exit_type=normal session_type=run",
                "goose.session_starts 1 interactive=false session_type=run",
                "goose.session_tokens 300 session_type=run",
                "goose.tool_calls 1 tool_name=shell",
                "goose.tool_completions 1 result=success tool_name=shell",
            ],
            Counters(stage).Where(line => !line.StartsWith("goose.session_duration_ms", StringComparison.Ordinal)));
        Assert.Single(Counters(stage), line => line.StartsWith("goose.session_duration_ms", StringComparison.Ordinal));
        Assert.All(stage.Points.Where(point => point.Kind == MetricKind.Sum), point => Assert.True(point.IsMonotonic));
        Assert.All(stage.Points, point => Assert.True(point.StartNanos > 0 && point.StartNanos <= point.TimeNanos));
    }

    [Fact]
    public async Task Counters_are_log_attributes_as_well()
    {
        await using var stage = await TelemetryStage.StartAsync();

        await stage.RunAsync();

        Assert.Equal(
            [
                "CLI command executed", "Headless session started", "🤖 Using model: gpt-4o", "Tool call started", "Tool call completed",
                "Session completed", "Session duration", "Session tokens",
            ],
            stage.Logs.Select(log => log.Body));
        var completed = stage.Logs.Single(log => log.Body == "Session completed");
        Assert.Equal("1", AgentSpansTests.Text(completed, "monotonic_counter.goose.session_completions"));
        Assert.Equal("run", AgentSpansTests.Text(completed, "session_type"));
        Assert.Equal("normal", AgentSpansTests.Text(completed, "exit_type"));
        Assert.Equal("300", AgentSpansTests.Text(completed, "total_tokens"));
        Assert.Equal("4", AgentSpansTests.Text(completed, "message_count"));
        Assert.NotNull(AgentSpansTests.Text(completed, "duration_ms"));
        Assert.Equal("300", AgentSpansTests.Text(stage.Logs.Single(log => log.Body == "Session tokens"), "monotonic_counter.goose.session_tokens"));
    }

    [Fact]
    public async Task Every_log_record_has_a_time_and_the_session_and_those_of_a_turn_its_trace()
    {
        await using var stage = await TelemetryStage.StartAsync();

        await stage.RunAsync();

        Assert.All(stage.Logs, log => Assert.Equal("20261123_1", AgentSpansTests.Text(log, "session.id")));
        Assert.All(stage.Logs, log => Assert.True(log.TimeNanos > 0));
        Assert.All(stage.Logs, log => Assert.Equal((9, "INFO"), (log.Severity, log.SeverityText)));
        var tool = stage.Spans.Single(span => span.Name == "dispatch_tool_call");
        Assert.All(
            stage.Logs.Where(log => log.Body.StartsWith("Tool call", StringComparison.Ordinal)),
            log => Assert.Equal((tool.TraceId, tool.SpanId), (log.TraceId, log.SpanId)));
    }

    [Fact]
    public async Task Durations_of_models_and_tools_and_the_time_to_the_first_piece_are_histograms()
    {
        await using var stage = await TelemetryStage.StartAsync();

        await stage.RunAsync(result: new ToolResult("no", isError: true));

        var histograms = stage.Points.Where(point => point.Kind == MetricKind.Histogram).ToDictionary(point => point.Metric);
        Assert.Equal(["gen_ai.client.operation.duration", "gen_ai.client.operation.time_to_first_chunk", "gen_ai.execute_tool.duration"], histograms.Keys.Order(StringComparer.Ordinal));
        Assert.All(histograms.Values, point => Assert.Equal("s", point.Unit));
        Assert.Equal(2ul, histograms["gen_ai.client.operation.duration"].Count);
        Assert.Equal(81.92, histograms["gen_ai.client.operation.duration"].Bounds[^1]);
        Assert.Contains("gen_ai.request.model=gpt-4o", histograms["gen_ai.client.operation.duration"].Labels, StringComparison.Ordinal);
        Assert.Contains("error.type=tool_error", histograms["gen_ai.execute_tool.duration"].Labels, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instrument_keeps_a_bounded_number_of_series()
    {
        await using var stage = await TelemetryStage.StartAsync();

        await using (var telemetry = stage.Create())
        {
            for (var i = 0; i < 1_000; i++)
            {
                telemetry.CommandExecuted($"command{i}");
            }
        }

        var commands = stage.Points.Where(point => point.Metric == "goose.cli_commands").ToList();
        Assert.Equal(201, commands.Count);
        Assert.Equal(800, commands.Single(point => point.Labels == "otel.metric.overflow=true").Value);
    }

    [Fact]
    public async Task Each_process_is_an_instance_of_its_own()
    {
        await using var stage = await TelemetryStage.StartAsync();

        await stage.RunAsync();
        await stage.RunAsync();

        Assert.Equal(2, stage.Points.Select(point => point.Resource.Text("service.instance.id")).Distinct().Count());
    }

    private static IEnumerable<string> Counters(TelemetryStage stage) =>
        stage.Points.Where(point => point.Kind == MetricKind.Sum).Select(point => $"{point.Metric} {point.Value} {point.Labels}").Order(StringComparer.Ordinal);
}
