using Gander.Sessions;

namespace Gander.Tests.Sessions.Agents;

[Trait("Category", "Conformance")]
public sealed class GeminiCliDialectTests
{
    [Fact]
    public void Thoughts_are_sent_beside_output_and_shown_inside_it() =>
        Assert.Equal(new TokenUsage(3541, 193 + 27, 1030, 0, 27), AgentCapture.Only("gemini-cli", "shell-ok").Summary.Tokens);

    [Fact]
    public void Requests_that_failed_are_counted_once_although_metrics_count_them_twice()
    {
        var summary = AgentCapture.Only("gemini-cli", "api-retry").Summary;

        Assert.Equal((4, 2), (summary.ModelCalls, summary.ModelErrors));
        Assert.Empty(summary.Differences);
    }

    [Fact]
    public void A_shell_command_that_failed_is_a_failure_by_the_exit_code_in_its_metadata()
    {
        var tools = Steps("tool-failure", StepKind.Tool);

        Assert.Equal([StepStatus.Error, StepStatus.Error, StepStatus.Error], tools.Select(step => step.Status));
        Assert.Equal(["exit code 2", "file_not_found", "exit code 3"], tools.Select(step => step.Error));
    }

    [Fact]
    public void Records_that_name_no_call_are_matched_with_the_spans_of_their_tools()
    {
        var tools = Steps("parallel-tools", StepKind.Tool);

        Assert.Equal(3, tools.Count);
        Assert.All(tools, step => Assert.Equal(DurationProvenance.Span, step.DurationProvenance));
        Assert.Equal(
            [("read_file__toolu_demo_1_2", StepStatus.Ok), ("read_file__toolu_demo_1_3", StepStatus.Error), ("run_shell_command__toolu_demo_1_1", StepStatus.Ok)],
            tools.Select(step => (step.CallId, step.Status)).Order());
    }

    [Fact]
    public void Tools_that_were_withheld_are_denied()
    {
        Assert.All(Steps("denied", StepKind.Tool), step => Assert.Equal((StepStatus.Denied, "policy"), (step.Status, step.DecidedBy)));
    }

    [Fact]
    public void The_version_of_node_is_not_the_agents() =>
        Assert.Null(AgentCapture.Only("gemini-cli", "shell-ok").Summary.AgentVersion);

    [Fact]
    public void The_id_of_a_prompt_that_is_the_sessions_tells_nothing()
    {
        var session = AgentCapture.Only("gemini-cli", "commit-pr");

        Assert.Equal(new CodeChanges(1, 1, 1, 1), session.Summary.Changes);
        Assert.Single(session.Turns);
    }

    [Fact]
    public void Spans_without_a_common_root_are_one_turn() =>
        Assert.Equal(7, Assert.Single(AgentCapture.Only("gemini-cli", "commit-pr").Turns).Steps.Count);

    private static List<Step> Steps(string scenario, StepKind kind) =>
        [.. AgentCapture.Only("gemini-cli", scenario).Turns.SelectMany(turn => turn.Steps).Where(step => step.Kind == kind)];
}
