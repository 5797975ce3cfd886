using Gander.Agent.Loop;

namespace Gander.Tests.Agent.Telemetry;

public sealed class CapturedContentTests
{
    private const string Capture = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    [Fact]
    public async Task A_collector_on_this_machine_gets_prompts_tool_input_and_output()
    {
        await using var stage = await TelemetryStage.StartAsync();

        await stage.RunAsync("list the files", new ToolResult("a.txt"));

        var reply = stage.Spans.Single(span => span.Name == "reply");
        var tool = stage.Spans.Single(span => span.Name == "dispatch_tool_call");
        var call = stage.Spans.First(span => span.Name == "stream_response_from_provider");
        Assert.Equal("list the files", AgentSpansTests.Text(reply, "user_message"));
        Assert.Equal("list the files", AgentSpansTests.Text(reply, "trace_input"));
        Assert.Equal("There is one file.", AgentSpansTests.Text(reply, "trace_output"));
        Assert.Equal("""{"tool":"shell","arguments":{"command":"ls"}}""", AgentSpansTests.Text(tool, "input"));
        Assert.Equal("""{"status":"success","value":{"content":[{"type":"text","text":"a.txt"}],"isError":false}}""", AgentSpansTests.Text(tool, "output"));
        Assert.Equal("""{"command":"ls"}""", AgentSpansTests.Text(tool, "gen_ai.tool.call.arguments"));
        Assert.Equal("""[{"role":"user","parts":[{"type":"text","content":"list the files"}]}]""", AgentSpansTests.Text(call, "gen_ai.input.messages"));
        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"tool_call","id":"call_1","name":"shell","arguments":{"command":"ls"}}],"finish_reason":"tool_call"}]""",
            AgentSpansTests.Text(call, "gen_ai.output.messages"));
    }

    [Theory]
    [InlineData("http://127.0.0.1:4318", null, true)]
    [InlineData("http://localhost:4318", null, true)]
    [InlineData("http://[::1]:4318", null, true)]
    [InlineData("http://localhost:4318", "false", false)]
    [InlineData("https://otlp.example.org", null, false)]
    [InlineData("https://localhost.example.org", null, false)]
    [InlineData("https://otlp.example.org", "false", false)]
    [InlineData("https://otlp.example.org", "True", true)]
    [InlineData("https://otlp.example.org", "1", false)]
    public async Task Another_collector_gets_content_only_when_asked(string endpoint, string? asked, bool expected)
    {
        await using var stage = await TelemetryStage.StartAsync(("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint));
        if (asked is not null)
        {
            stage.Environment[Capture] = asked;
        }

        await using var telemetry = stage.Create();

        Assert.Equal(expected, telemetry.CapturesContent);
    }

    [Fact]
    public async Task Without_content_no_attribute_message_or_log_holds_what_was_said()
    {
        await using var stage = await TelemetryStage.StartAsync((Capture, "false"));

        await stage.RunAsync("the prompt's own words", new ToolResult("the tool's own words", isError: true));

        Assert.Equal(5, stage.Spans.Count);
        Assert.All(stage.Sink.Received, export => Assert.Equal(-1, export.Message.AsSpan().IndexOf("own words"u8)));
    }

    [Fact]
    public async Task Secrets_are_masked_in_everything_that_leaves()
    {
        const string Secret = "sk-proj-4f8a91b2c3d4e5f60718293a4b5c6d7e";
        await using var stage = await TelemetryStage.StartAsync();

        await using (var telemetry = stage.Create())
        {
            using var session = telemetry.StartSession(new("s", "run", false, "run"));
            TelemetryStage.Turn(session, $"my key is {Secret}", new ToolResult($"OPENAI_API_KEY={Secret}", isError: true));
            using var reply = session.StartReply("again");
            using var stream = reply.StartStream(new("openai", "gpt-4o"));
            stream.Fail("auth", $"Incorrect API key provided: {Secret}");
        }

        Assert.All(stage.Sink.Received, export => Assert.Equal(-1, export.Message.AsSpan().IndexOf("4f8a91b2c3d4"u8)));
        Assert.Contains(stage.Spans, span => AgentSpansTests.Text(span, "user_message") == "my key is [masked]");
        Assert.Contains(stage.Logs, log => log.Body == "Error: Incorrect API key provided: [masked]");
    }
}
