using System.Globalization;
using Gander.Agent.Loop;
using Gander.Agent.Providers;
using Gander.Agent.Telemetry;
using Gander.Telemetry;
using Gander.Tests.Stores;

namespace Gander.Tests.Agent.Telemetry;

public sealed class AgentSpansTests
{
    [Fact]
    public async Task A_turn_is_one_trace_of_reply_reply_stream_model_calls_and_tools()
    {
        await using var stage = await TelemetryStage.StartAsync();

        await stage.RunAsync();

        var reply = Assert.Single(stage.Spans, span => span.Name == "reply");
        var stream = Assert.Single(stage.Spans, span => span.Name == "reply_stream");
        var calls = stage.Spans.Where(span => span.Name == "stream_response_from_provider").ToList();
        var tool = Assert.Single(stage.Spans, span => span.Name == "dispatch_tool_call");
        Assert.True(reply.ParentSpanId.IsEmpty);
        Assert.Equal(reply.SpanId, stream.ParentSpanId);
        Assert.Equal(2, calls.Count);
        Assert.All(calls.Append(tool), span => Assert.Equal(stream.SpanId, span.ParentSpanId));
        Assert.Single(stage.Spans.Select(span => span.TraceId).Distinct());
        Assert.All(stage.Spans, span => Assert.Equal((1, 257u, "goose"), (span.Kind, span.Flags, span.Scope.Name)));
    }

    [Fact]
    public async Task Every_span_carries_the_session()
    {
        await using var stage = await TelemetryStage.StartAsync();

        await stage.RunAsync();

        Assert.Equal(5, stage.Spans.Count);
        Assert.All(stage.Spans, span => Assert.Equal("20261123_1", Text(span, "session.id")));
    }

    [Fact]
    public async Task A_model_call_tells_model_provider_tokens_and_why_it_ended()
    {
        await using var stage = await TelemetryStage.StartAsync();

        await stage.RunAsync();

        var call = stage.Spans.First(span => span.Name == "stream_response_from_provider");
        Assert.Equal("chat", Text(call, "gen_ai.operation.name"));
        Assert.Equal("openai", Text(call, "gen_ai.provider.name"));
        Assert.Equal("gpt-4o", Text(call, "gen_ai.request.model"));
        Assert.Equal("4096", Text(call, "gen_ai.request.max_tokens"));
        Assert.Equal("gpt-4o-2024-08-06", Text(call, "gen_ai.response.model"));
        Assert.Equal("chatcmpl-1", Text(call, "gen_ai.response.id"));
        Assert.Equal("[\"tool_calls\"]", Text(call, "gen_ai.response.finish_reasons"));
        Assert.Equal("100", Text(call, "gen_ai.usage.input_tokens"));
        Assert.Equal("20", Text(call, "gen_ai.usage.output_tokens"));
        Assert.Equal("60", Text(call, "gen_ai.usage.cache_read.input_tokens"));
        Assert.Equal("5", Text(call, "gen_ai.usage.reasoning.output_tokens"));
        Assert.NotNull(Text(call, "gen_ai.response.time_to_first_chunk"));
        Assert.Equal(["WAITING_LLM_STREAM_START", "WAITING_LLM_STREAM_END"], call.Events.Select(happened => happened.Name));
    }

    [Fact]
    public async Task A_reply_tells_the_sum_of_its_calls()
    {
        await using var stage = await TelemetryStage.StartAsync();

        await stage.RunAsync();

        var reply = stage.Spans.Single(span => span.Name == "reply");
        Assert.Equal("250", Text(reply, "gen_ai.usage.input_tokens"));
        Assert.Equal("50", Text(reply, "gen_ai.usage.output_tokens"));
    }

    [Fact]
    public async Task A_call_that_does_not_stream_is_a_complete_span_with_its_model()
    {
        await using var stage = await TelemetryStage.StartAsync();

        await using (var telemetry = stage.Create())
        {
            using var session = telemetry.StartSession(new SessionStart("s", "run", false, "run"));
            using var call = session.StartComplete(new ModelTarget("anthropic", "claude-sonnet-4-5"), ModelCallPurpose.Title);
            call.Succeed(null, null, "end_turn", new ModelUsage(10, 2));
        }

        var span = Assert.Single(stage.Spans);
        Assert.Equal("complete", span.Name);
        Assert.Equal("claude-sonnet-4-5", Text(span, "gen_ai.request.model"));
        Assert.Equal("session_title", Text(span, "goose.chat.purpose"));
    }

    [Fact]
    public async Task A_failed_tool_is_a_span_with_status_error_its_type_and_message()
    {
        await using var stage = await TelemetryStage.StartAsync();

        await stage.RunAsync(result: new ToolResult("ls: no such file", isError: true));

        var tool = stage.Spans.Single(span => span.Name == "dispatch_tool_call");
        Assert.Equal((2, "ls: no such file", "tool_error"), (tool.StatusCode, tool.StatusMessage, Text(tool, "error.type")));
        Assert.Equal(0, stage.Spans.Single(span => span.Name == "reply").StatusCode);
    }

    [Fact]
    public async Task A_failed_model_call_fails_the_loop_and_the_reply_when_it_is_final()
    {
        await using var stage = await TelemetryStage.StartAsync();

        await using (var telemetry = stage.Create())
        {
            using var session = telemetry.StartSession(new SessionStart("s", "run", false, "run"));
            using var reply = session.StartReply("hi");
            using var stream = reply.StartStream(new ModelTarget("openai", "gpt-4o"));
            using (var call = stream.StartModelCall())
            {
                call.Fail("rate_limit", "429 Too Many Requests");
            }

            stream.Fail("rate_limit", "Rate limit exceeded");
        }

        Assert.Equal(3, stage.Spans.Count);
        Assert.All(stage.Spans, span => Assert.Equal((2, "rate_limit"), (span.StatusCode, Text(span, "error.type"))));
        Assert.Contains(stage.Logs, log => log is { Severity: 17, Body: "Error: Rate limit exceeded" });
    }

    [Fact]
    public async Task What_is_still_open_at_the_end_is_ended_as_interrupted_and_sent()
    {
        await using var stage = await TelemetryStage.StartAsync();

        await using (var telemetry = stage.Create())
        {
            var stream = telemetry.StartSession(new SessionStart("s", "new", true, "session")).StartReply("hi").StartStream(new ModelTarget("openai", "gpt-4o"));
            stream.StartTool("shell", "call_1", null);
        }

        Assert.Equal(["dispatch_tool_call", "reply", "reply_stream"], stage.Spans.Select(span => span.Name).Order(StringComparer.Ordinal));
        Assert.All(stage.Spans, span => Assert.Equal("interrupted", Text(span, "error.type")));
        Assert.Contains(stage.Logs, log => log.Body == "Session completed");
    }

    [Fact]
    public async Task Spans_last_as_long_as_what_they_name()
    {
        await using var stage = await TelemetryStage.StartAsync();

        await using (var telemetry = stage.Create())
        {
            using var session = telemetry.StartSession(new SessionStart("s", "run", false, "run"));
            using var reply = session.StartReply("hi");
            using var stream = reply.StartStream(new ModelTarget("openai", "gpt-4o"));
            using var tool = stream.StartTool("shell", "call_1", null);
            await Task.Delay(30, TestContext.Current.CancellationToken);
            tool.Complete(new ToolResult("done"));
        }

        Assert.All(stage.Spans, span => Assert.InRange(span.EndNanos - span.StartNanos, 25_000_000, 30_000_000_000));
    }

    [Fact]
    public async Task The_trace_context_of_a_call_names_its_own_span()
    {
        await using var stage = await TelemetryStage.StartAsync();

        string? context;
        string? ambient;
        await using (var telemetry = stage.Create())
        {
            using var session = telemetry.StartSession(new SessionStart("s", "run", false, "run"));
            using var reply = session.StartReply("hi");
            using var call = reply.StartComplete(new ModelTarget("openai", "gpt-4o"), ModelCallPurpose.Reply);
            (context, ambient) = (call.TraceParent, AgentTelemetry.CurrentTraceParent);
        }

        var span = stage.Spans.Single(span => span.Name == "complete");
        Assert.Equal($"00-{span.TraceId}-{span.SpanId}-01", context);
        Assert.Equal(context, ambient);
    }

    [Fact]
    public async Task A_turn_is_a_root_whatever_its_caller_runs_in()
    {
        await using var stage = await TelemetryStage.StartAsync();
        using var callers = new System.Diagnostics.Activity("caller").Start();

        await stage.RunAsync();

        Assert.True(stage.Spans.Single(span => span.Name == "reply").ParentSpanId.IsEmpty);
    }

    internal static string? Text(TelemetryRecord record, string key)
    {
        var found = record.Attributes.Where(attribute => attribute.Key == key).ToList();
        if (found.Count == 0)
        {
            return null;
        }

        var value = Assert.Single(found).Value;
        return value.Kind switch
        {
            AttributeKind.Int => value.Bits.ToString(CultureInfo.InvariantCulture),
            AttributeKind.Double => value.Double.ToString(CultureInfo.InvariantCulture),
            AttributeKind.Bool => value.Bits != 0 ? "true" : "false",
            _ => value.Text,
        };
    }
}
