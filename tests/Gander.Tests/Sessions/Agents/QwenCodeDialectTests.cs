using Gander.Sessions;
using Gander.Telemetry;

namespace Gander.Tests.Sessions.Agents;

[Trait("Category", "Conformance")]
public sealed class QwenCodeDialectTests
{
    [Fact]
    public void Requests_that_were_repeated_are_counted_by_the_http_spans_below_a_model_call()
    {
        var session = AgentCapture.Only("qwen-code", "api-retry");

        Assert.Equal([3, 1], Models(session).Select(step => step.Attempts ?? 0));
        Assert.All(Models(session), step => Assert.Equal(StepStatus.Ok, step.Status));
    }

    [Fact]
    public void Without_spans_repeated_requests_are_said_to_be_missing()
    {
        var session = Assert.Single(Folding.All(AgentCapture.Batches("qwen-code", "api-retry").Where(batch => batch is LogBatch)));

        Assert.Contains(session.Summary.Missing, part => part.What == "attempts");
    }

    [Fact]
    public void Hooks_that_fail_fail_nothing()
    {
        var session = AgentCapture.Only("qwen-code", "shell-ok");

        Assert.Equal((1, 0), (session.Summary.ToolCalls, session.Summary.ToolFailures));
        Assert.Equal(SessionStatus.Ok, session.Summary.Status);
    }

    [Fact]
    public void A_call_told_by_a_record_and_two_spans_is_one_step()
    {
        var session = AgentCapture.Only("qwen-code", "tool-failure");

        var tools = session.Turns.SelectMany(turn => turn.Steps).Where(step => step.Kind == StepKind.Tool);

        Assert.Equal(["shell_execute_error", "file_not_found", "shell_execute_error"], tools.Select(step => step.Error));
    }

    [Fact]
    public void Lines_are_read_out_of_the_map_of_a_tool_call() =>
        Assert.Equal(new CodeChanges(7, 1, null, null), AgentCapture.Only("qwen-code", "edit-files").Summary.Changes);

    [Fact]
    public void A_session_ends_with_its_record_however_short_ago_that_is()
    {
        var batches = AgentCapture.Batches("qwen-code", "shell-ok").ToList();
        var end = Folding.All(batches)[0].Summary.EndNanos;

        var session = Assert.Single(Folding.All(batches, new FoldContext(end)));

        Assert.Equal((SessionStatus.Ok, FigureSource.Log), (session.Summary.Status, session.Summary.Sources.Duration));
        Assert.True(session.Turns[^1].EndNanos < end);
    }

    private static IEnumerable<Step> Models(Session session) => session.Turns.SelectMany(turn => turn.Steps).Where(step => step.Kind == StepKind.Model);
}
