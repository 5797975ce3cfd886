using System.Text.Json;
using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Sessions;

/// <summary>What one <c>goose run</c> did is what Gander says it did: in both loops, with and without message content.</summary>
public sealed class GooseRunTests(GooseStage stage) : IClassFixture<GooseStage>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // A scenario of the scripted model, the tools it calls, and how many of them fail.
    private static readonly (string Scenario, string Tools, int Failures)[] Scenarios =
    [
        ("text", "", 0),
        ("tool", "shell 1", 0),
        ("tool-fail", "shell 1", 1),
        ("tools-parallel", "shell 2", 0),
        ("multi", "edit 1, shell 2, write 1", 0),
        ("mixed", "edit 1, shell 2", 2),
        ("cached", "", 0),
        ("reasoning", "", 0),
    ];

    public static TheoryData<string, string, int, bool, bool> Runs()
    {
        var runs = new TheoryData<string, string, int, bool, bool>();
        foreach (var (scenario, tools, failures) in Scenarios)
        {
            runs.Add(scenario, tools, failures, false, true);
            runs.Add(scenario, tools, failures, false, false);
            runs.Add(scenario, tools, failures, true, true);
            runs.Add(scenario, tools, failures, true, false);
        }

        return runs;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task A_run_is_one_session_with_the_true_figures(string scenario, string tools, int failures, bool stateMachine, bool content)
    {
        await stage.Model.ResetAsync(Cancel);
        var exitCode = await Goose(stateMachine, content).RunAsync($"scenario:{scenario} please", Cancel);
        Assert.Equal(0, exitCode);

        var session = await stage.NewSessionAsync(session => !content || session.Text("title") is not null, Cancel);

        var calls = await stage.Model.CallsAsync(Cancel);
        var tokens = session.GetProperty("tokens");
        Assert.Equal(("goose", "1.52.0", "ok", "normal"), (session.Text("agent"), session.Text("agentVersion"), session.Text("status"), session.Text("exit")));
        Assert.Equal((1, calls.Count, 0), (session.Number("turnCount"), session.Number("modelCalls"), session.Number("modelErrors")));
        Assert.Equal(
            (calls.Sum(call => call.Input), calls.Sum(call => call.Output), calls.Sum(call => call.CacheRead)),
            (tokens.Number("input"), tokens.Number("output"), tokens.Number("cacheRead")));
        Assert.Equal(tokens.Number("input") + tokens.Number("output"), tokens.Number("total"));
        Assert.Equal(["gpt-4o"], session.Texts("models"));
        Assert.Equal(["openai"], session.Texts("providers"));
        Assert.Equal(tools, session.ToolCalls());
        AssertFailures(session, failures, calls: session.Number("toolCalls"), known: stateMachine || content);
        AssertContent(session, scenario, content);
    }

    [Theory]
    [InlineData("http-429", false)]
    [InlineData("http-429", true)]
    [InlineData("http-500", false)]
    [InlineData("http-500", true)]
    [InlineData("fail-after-tool", false)]
    [InlineData("context-length", false)]
    [InlineData("context-length", true)]
    public async Task A_provider_that_fails_makes_the_session_an_error(string scenario, bool stateMachine)
    {
        await stage.Model.ResetAsync(Cancel);
        await Goose(stateMachine, content: true).RunAsync($"scenario:{scenario} please", Cancel);

        var session = await stage.NewSessionAsync(Cancel);

        var answered = (await stage.Model.CallsAsync(Cancel)).Where(call => call.Status == 200).ToList();
        Assert.Equal("error", session.Text("status"));
        Assert.True(session.Number("modelErrors") >= 1);
        Assert.Equal(answered.Sum(call => call.Input), session.GetProperty("tokens").Number("input"));
        Assert.Contains(session.Steps(), step => step.Text("kind") == "model" && step.Text("status") == "error");
    }

    [Fact]
    public async Task A_rejected_key_ends_the_session_with_an_error()
    {
        var exitCode = await stage.Goose.RunAsync("scenario:http-401 please", Cancel);

        var session = await stage.NewSessionAsync(Cancel);

        Assert.Equal(1, exitCode);
        Assert.Equal(("error", "error"), (session.Text("status"), session.Text("exit")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_provider_that_recovers_leaves_no_error(bool stateMachine)
    {
        await stage.Model.ResetAsync(Cancel);
        await Goose(stateMachine, content: true).RunAsync($"scenario:flaky-500 please {stateMachine}", Cancel);

        var session = await stage.NewSessionAsync(Cancel);

        Assert.Equal("ok", session.Text("status"));
        Assert.Equal(1200, session.GetProperty("tokens").Number("input"));
    }

    private static void AssertFailures(JsonElement session, int failures, long calls, bool known)
    {
        if (calls == 0)
        {
            return;
        }

        Assert.Equal(known, session.GetProperty("toolFailuresKnown").GetBoolean());
        if (known)
        {
            Assert.Equal(failures, session.Number("toolFailures"));
            Assert.Equal(failures, session.Steps().Count(step => step.Text("kind") == "tool" && step.Text("status") == "error"));
            return;
        }

        // What goose did not export is not guessed, and the session says how to get it.
        Assert.Contains(session.Items("missing"), missing => missing.Text("fix") is { } fix && fix.Contains("CAPTURE_MESSAGE_CONTENT=true", StringComparison.Ordinal));
    }

    private static void AssertContent(JsonElement session, string scenario, bool content)
    {
        var turn = Assert.Single(session.Items("turns"));
        if (!content)
        {
            Assert.Equal((null, null, null), (session.Text("title"), turn.Text("prompt"), turn.Text("answer")));
            return;
        }

        Assert.Equal($"scenario:{scenario} please", session.Text("title"));
        Assert.Equal($"scenario:{scenario} please", turn.Text("prompt"));
        Assert.False(string.IsNullOrWhiteSpace(turn.Text("answer")));
        Assert.All(turn.Items("steps").Where(step => step.Text("kind") == "tool"), step => Assert.False(string.IsNullOrEmpty(step.Text("input"))));
    }

    private Goose Goose(bool stateMachine, bool content) => (stateMachine, content) switch
    {
        (true, true) => stage.Goose.With(Harness.Goose.StateMachine),
        (true, false) => stage.Goose.With(Harness.Goose.StateMachine, Harness.Goose.WithoutContent),
        (false, true) => stage.Goose,
        (false, false) => stage.Goose.With(Harness.Goose.WithoutContent),
    };
}
