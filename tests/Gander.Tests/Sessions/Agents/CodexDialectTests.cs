using Gander.Sessions;
using Gander.Sessions.Calls;
using Gander.Telemetry;

namespace Gander.Tests.Sessions.Agents;

[Trait("Category", "Conformance")]
public sealed class CodexDialectTests
{
    [Fact]
    public void A_command_that_failed_is_a_failure_although_it_is_called_a_success()
    {
        var tools = Steps("tool-failure", StepKind.Tool);

        Assert.Equal([StepStatus.Error, StepStatus.Error, StepStatus.Error], tools.Select(step => step.Status));
        Assert.Equal(["exit code 2", "exit code 1", "exit code 3"], tools.Select(step => step.Error));
    }

    [Fact]
    public void What_policy_refused_is_denied_although_no_decision_was_sent()
    {
        var tools = Steps("denied", StepKind.Tool);

        Assert.Equal([StepStatus.Denied, StepStatus.Denied], tools.Select(step => step.Status));
        Assert.All(tools, step => Assert.Equal("policy", step.DecidedBy));
    }

    [Fact]
    public void A_session_that_was_taken_up_again_keeps_its_id_and_has_two_turns()
    {
        var session = AgentCapture.Only("codex", "two-turns");

        Assert.Equal([2, 2], session.Turns.Select(turn => turn.Steps.Count(step => step.Kind == StepKind.Model)));
    }

    [Fact]
    public void Reasoning_is_inside_output_and_cached_input_inside_input()
    {
        var tokens = AgentCapture.Only("codex", "shell-ok").Summary.Tokens;

        Assert.Equal(new TokenUsage(3541, 193, 1030, 0, 27), tokens);
    }

    [Fact]
    public void Numbers_sent_as_text_and_times_only_observed_are_read_all_the_same()
    {
        var session = Assert.Single(Folding.All(AgentCapture.Batches("codex", "shell-ok").Where(batch => batch is LogBatch)));
        var models = session.Turns.Single().Steps.Where(step => step.Kind == StepKind.Model).ToList();

        Assert.Equal(193, session.Summary.Tokens.Output);
        Assert.True(session.Summary.StartNanos > 1_700_000_000_000_000_000);
        Assert.All(models, step => Assert.Equal(DurationProvenance.Derived, step.DurationProvenance));
        Assert.All(models, step => Assert.InRange(step.DurationNanos!.Value, 40_000_000, 100_000_000));
    }

    [Fact]
    public void The_hundreds_of_internal_spans_of_a_turn_are_not_kept()
    {
        var spans = AgentCapture.Batches("codex", "shell-ok").OfType<SpanBatch>().Sum(batch => batch.Count);
        var facts = Folding.Facts(AgentCapture.Batches("codex", "shell-ok"));

        Assert.InRange(spans, 500, 1_000);
        Assert.InRange(facts.Values.SelectMany(emitter => emitter.Traces.Values).Sum(trace => trace.Spans.Count), 4, 12);
    }

    [Fact]
    public void Records_that_name_a_host_and_spans_that_do_not_are_of_one_session()
    {
        var session = AgentCapture.Only("codex", "shell-ok");

        Assert.Equal("demo-host", session.Summary.Host);
        Assert.All(session.Turns.Single().Steps, step => Assert.Equal(DurationProvenance.Span, step.DurationProvenance));
    }

    [Fact]
    public void A_run_that_ended_without_a_flush_says_what_may_be_missing()
    {
        var refused = AgentCapture.Only("codex", "api-fatal").Summary;
        var exhausted = AgentCapture.Only("codex", "api-exhausted").Summary;

        Assert.Contains(refused.Missing, part => part.What.Contains("model calls", StringComparison.Ordinal) && part.Fix is not null);
        Assert.Contains(exhausted.Missing, part => part.What.Contains("attempts", StringComparison.Ordinal));
        Assert.Equal((11, 11, SessionStatus.Error), (exhausted.ModelCalls, exhausted.ModelErrors, exhausted.Status));
    }

    [Fact]
    public void Lines_are_those_of_the_patches_that_were_applied()
    {
        Assert.Equal(new CodeChanges(7, 1, null, null), AgentCapture.Only("codex", "edit-files").Summary.Changes);
        Assert.Equal(default, AgentCapture.Only("codex", "denied").Summary.Changes);
    }

    [Fact]
    public void The_provider_is_the_one_the_process_started_with() =>
        Assert.All(Steps("shell-ok", StepKind.Model), step => Assert.Equal("Demo", step.Provider));

    [Fact]
    public void A_patch_inside_json_counts_as_one()
    {
        var changes = PatchLines.Of("{\"input\":\"*** Begin Patch\\n*** Add File: a\\n+one\\n+two\\n*** End Patch\"}"u8);

        Assert.Equal(new CodeChanges(2, 0, null, null), changes);
        Assert.Equal(default, PatchLines.Of("{\"input\":\"+one"u8));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_tool_of_an_MCP_server_has_its_whole_name_although_its_span_runs_server_and_tool_together(bool hasSpans, bool hasLogs)
    {
        var resource = Some.Resource("codex_exec");
        var (turn, tool) = (Some.SpanId(), Some.SpanId());
        var spans = Some.SpanBatch(
            Some.Span("session_task.turn", spanId: turn, resource: resource, attributes: [("conversation.id", "c-1")]),
            Some.Span("mcp__demoget_weather", spanId: tool, parent: turn, resource: resource, attributes: [("conversation.id", "c-1"), ("codex.tool.phase", "dispatch"), ("tool_name", "mcp__demoget_weather"), ("call_id", "t-1")]),
            Some.Span("mcp.tools.call", parent: tool, resource: resource, attributes: [("conversation.id", "c-1"), ("mcp.server.name", "demo"), ("tool.name", "get_weather"), ("tool.call_id", "t-1")]));
        var logs = Some.LogBatch(
            Some.Log(resource: resource, attributes: [("event.name", "codex.user_prompt"), ("conversation.id", "c-1")]),
            Some.Log(resource: resource, attributes: [("event.name", "codex.tool_result"), ("conversation.id", "c-1"), ("tool_name", "get_weather"), ("tool_namespace", "mcp__demo"), ("mcp_server", "demo"), ("call_id", "t-1"), ("success", "true")]));

        var session = Assert.Single(Folding.All([.. hasSpans ? [spans] : Array.Empty<TelemetryBatch>(), .. hasLogs ? [logs] : Array.Empty<TelemetryBatch>()]));

        var step = Assert.Single(session.Turns.SelectMany(one => one.Steps), step => step.Kind == StepKind.Tool);
        Assert.Equal(("mcp__demo__get_weather", "demo"), (step.Name, step.McpServer));
    }

    private static List<Step> Steps(string scenario, StepKind kind) =>
        [.. AgentCapture.Only("codex", scenario).Turns.SelectMany(turn => turn.Steps).Where(step => step.Kind == kind)];
}
