using Gander.Sessions;
using Gander.Telemetry;

namespace Gander.Tests.Sessions.Agents;

[Trait("Category", "Conformance")]
public sealed class CopilotDialectTests
{
    [Fact]
    public void A_command_that_exits_with_a_failure_has_failed()
    {
        var session = AgentCapture.Only("copilot-cli", "tool-failure");

        Assert.Equal([StepStatus.Denied, StepStatus.Error, StepStatus.Error], Tools(session).Select(step => step.Status));
        Assert.Equal("exit code 3", Tools(session).Last().Error);
    }

    [Fact]
    public void Permissions_tell_of_denials_and_of_time_spent_waiting()
    {
        var session = AgentCapture.Only("copilot-cli", "denied");

        Assert.All(Tools(session), step => Assert.Equal((StepStatus.Denied, "policy", true), (step.Status, step.DecidedBy, step.WaitNanos > 0)));
        Assert.Equal(2, session.Summary.ToolDenials);
    }

    [Fact]
    public void Metrics_without_a_session_belong_to_the_only_session_of_their_process()
    {
        var changes = AgentCapture.Only("copilot-cli", "edit-files").Summary.Changes;

        Assert.Equal((7L, 1L), (changes.LinesAdded, changes.LinesRemoved));
    }

    [Fact]
    public void Metrics_of_a_process_with_two_sessions_belong_to_none()
    {
        var batches = AgentCapture.Batches("copilot-cli", "edit-files").ToList();
        var resource = batches.OfType<SpanBatch>().First().Resources[0];
        var other = Some.SpanBatch(Some.Span("invoke_agent", trace: 77, session: "another", resource: resource, attributes: ("gen_ai.operation.name", "invoke_agent")));

        var sessions = Folding.All([.. batches, other]);

        Assert.Equal(2, sessions.Count);
        Assert.All(sessions, session => Assert.Null(session.Summary.Changes.LinesAdded));
    }

    [Fact]
    public async Task Metrics_of_a_process_are_found_again_in_the_store()
    {
        await using var telemetry = new IndexedTelemetry();
        foreach (var batch in AgentCapture.Batches("copilot-cli", "edit-files"))
        {
            await telemetry.DeliverAsync(batch);
        }

        var listed = Assert.Single(await telemetry.ListAsync());
        var read = await telemetry.Index.ReadAsync(listed.Key, TestContext.Current.CancellationToken);

        Assert.Equal(7L, listed.Changes.LinesAdded);
        Assert.Equal(SummaryText.Of(listed), SummaryText.Of(read!.Summary));
    }

    [Fact]
    public void Hashed_tool_names_are_said_to_be_missing_with_the_line_that_brings_them()
    {
        var resource = Some.Resource("github-copilot", ("service.instance.id", "copilot-otel-1-0"));
        var agent = Some.SpanId();
        var session = Assert.Single(Folding.All([Some.SpanBatch(
            Some.Span("invoke_agent", spanId: agent, session: "c-1", resource: resource, attributes: [("gen_ai.operation.name", "invoke_agent")]),
            Some.Span("execute_tool", spanId: Some.SpanId(), parent: agent, session: "c-1", resource: resource, attributes: [("gen_ai.operation.name", "execute_tool"), ("gen_ai.tool.name", new string('a', 64))]))]));

        Assert.Contains(session.Summary.Missing, part => part is { What: "names of MCP tools", Fix: "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true" });
    }

    private static IEnumerable<Step> Tools(Session session) => session.Turns.SelectMany(turn => turn.Steps).Where(step => step.Kind == StepKind.Tool);
}
