using Gander.Sessions;
using Gander.Telemetry;

namespace Gander.Tests.Sessions.Agents;

[Trait("Category", "Conformance")]
public sealed class OpencodeDialectTests
{
    [Fact]
    public void The_call_for_a_title_is_a_call_and_no_turn()
    {
        var session = AgentCapture.Only("opencode", "edit-files");

        var title = Assert.Single(session.Turns.SelectMany(turn => turn.Steps), step => step.Agent == "title");
        Assert.Equal((1, StepKind.Model, "demo"), (session.Turns.Count, title.Kind, title.Provider));
    }

    [Fact]
    public async Task A_turn_shows_what_was_asked_and_not_what_was_asked_for_the_title()
    {
        var turn = Assert.Single((await AgentCapture.WithTextsAsync("opencode", "edit-files")).Turns);

        Assert.Equal("Fix the bug in calc.py and add a test", turn.Prompt?.Trim('"'));
        Assert.NotEqual("Demo task", turn.Answer);
    }

    [Fact]
    public void Of_hundreds_of_spans_only_model_calls_and_tool_calls_count()
    {
        var spans = AgentCapture.Batches("opencode", "edit-files").OfType<SpanBatch>().Sum(batch => batch.Count);
        var session = AgentCapture.Only("opencode", "edit-files");

        Assert.True(spans > 1_000);
        Assert.Equal((4, 3), (session.Summary.ModelCalls, session.Summary.ToolCalls));
    }

    [Theory]
    [InlineData("shell-ok")]
    [InlineData("edit-files")]
    [InlineData("api-retry")]
    public void Spans_lost_at_exit_are_said_to_be_missing(string scenario) =>
        Assert.Contains(AgentCapture.Only("opencode", scenario).Summary.Missing, part => part.What == "the last model calls and tool calls");
}
