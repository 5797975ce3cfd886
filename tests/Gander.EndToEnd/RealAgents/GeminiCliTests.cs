using System.Text.Json;
using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.RealAgents;

/// <summary>What the real Gemini CLI did is what Gander says it did.</summary>
public sealed class GeminiCliTests(RealAgentStage stage) : IClassFixture<RealAgentStage>
{
    private const string Agent = "gemini-cli";

    private const string McpTools = """
        {"steps": [
          {"calls": [{"raw": "mcp_demo_get_weather", "args": {"city": "Lisbon"}}]},
          {"calls": [{"raw": "mcp_demo_fail_always", "args": {}}]},
          {"text": "It is sunny in Lisbon."}
        ]}
        """;

    // Tools that it does not offer where it may not ask.
    private const string Withheld = """
        {"steps": [
          {"calls": [{"raw": "write_file", "args": {"file_path": "blocked.txt", "content": "no"}}]},
          {"calls": [{"raw": "run_shell_command", "args": {"command": "rm -rf build"}}]},
          {"text": "I was not allowed to do that."}
        ]}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory(Explicit = true)]
    [InlineData("shell-ok", 0)]
    [InlineData("tool-failure", 3)]
    [InlineData("parallel-tools", 1)]
    [InlineData("edit-files", 0)]
    public async Task A_run_is_one_session_with_the_true_figures(string scenario, int failures)
    {
        using var gemini = new GeminiCli(stage.Gander);
        await using var model = await StartAsync(gemini, scenario);
        var run = await gemini.ExecAsync("Please", content: true, Cancel, GeminiCli.Unasked);
        Assert.Equal(0, run.ExitCode);

        var session = await ReadAsync(run.SessionKey, model);

        Truth.AssertOutcome(session, turns: 1, failures);
        Truth.AssertPricedCost(session);
        var turn = Assert.Single(session.Items("turns"));
        Assert.Equal(("Please", "Please"), (session.Text("title"), turn.Text("prompt")));
        Assert.False(string.IsNullOrEmpty(turn.Text("answer")));
        Assert.Empty(session.Items("missing"));
    }

    [Fact(Explicit = true)]
    public async Task Without_content_the_figures_are_the_same_and_the_prompt_is_missing()
    {
        using var gemini = new GeminiCli(stage.Gander);
        gemini.Set("GEMINI_TELEMETRY_LOG_PROMPTS", "false");
        await using var model = await StartAsync(gemini, "shell-ok");
        var run = await gemini.ExecAsync("Please", content: false, Cancel, GeminiCli.Unasked);

        var session = await ReadAsync(run.SessionKey, model);

        Truth.AssertOutcome(session, turns: 1);
        Assert.Equal((null, null), (session.Text("title"), Assert.Single(session.Items("turns")).Text("prompt")));
        Assert.Contains(session.Items("missing"), missing => missing.Text("fix") is { } fix && fix.Contains("logPrompts", StringComparison.Ordinal));
    }

    [Fact(Explicit = true)]
    public async Task The_lines_of_the_page_are_all_it_takes()
    {
        using var gemini = new GeminiCli(stage.Gander);
        await using var model = await StartAsync(gemini, "edit-files");
        gemini.Connect();
        var run = await gemini.RunAsync("Please", Cancel, GeminiCli.Unasked);
        Assert.Equal(0, run.ExitCode);

        var session = await ReadAsync(await stage.NewKeyAsync(Cancel), model);

        Truth.AssertOutcome(session, turns: 1);
        Truth.AssertPricedCost(session);
        Assert.Equal((7, 1), (session.GetProperty("changes").Number("linesAdded"), session.GetProperty("changes").Number("linesRemoved")));
    }

    [Fact(Explicit = true)]
    public async Task Tools_that_nobody_could_be_asked_about_are_denials()
    {
        using var gemini = new GeminiCli(stage.Gander);
        await using var model = await StartAsync(gemini, Withheld);
        var run = await gemini.ExecAsync("Please", content: true, Cancel, "--approval-mode", "default");

        var session = await ReadAsync(run.SessionKey, model);

        Truth.AssertOutcome(session, turns: 1, denials: 2);
    }

    [Fact(Explicit = true)]
    public async Task Tools_of_an_MCP_server_have_their_names_and_outcomes()
    {
        using var gemini = new GeminiCli(stage.Gander);
        gemini.AddMcpServer();
        await using var model = await StartAsync(gemini, McpTools);
        var run = await gemini.ExecAsync("Please", content: true, Cancel, GeminiCli.Unasked);

        var session = await ReadAsync(run.SessionKey, model);

        Truth.AssertOutcome(session, turns: 1, failures: 1);
        Assert.All(session.Items("tools"), tool => Assert.Equal("demo", tool.Text("mcpServer")));
    }

    [Fact(Explicit = true)]
    public async Task The_tokens_of_a_subagent_are_counted_once()
    {
        using var gemini = new GeminiCli(stage.Gander);
        await using var model = await StartAsync(gemini, "subagent-gemini");
        var run = await gemini.ExecAsync("Please", content: true, Cancel, GeminiCli.Unasked);

        var session = await ReadAsync(run.SessionKey, model);

        Truth.AssertOutcome(session, turns: 1);
        Assert.Equal(2, session.Steps().Count(step => step.Text("kind") == "model" && step.Text("agent") == "subagent"));
    }

    [Fact(Explicit = true)]
    public async Task A_resumed_session_is_the_same_session()
    {
        using var gemini = new GeminiCli(stage.Gander);
        await using var model = await StartAsync(gemini, "two-turns");
        var first = await gemini.ExecAsync("First", content: true, Cancel, GeminiCli.Unasked);
        var second = await gemini.ExecAsync("Second", content: true, Cancel, GeminiCli.Unasked, "--resume", "latest");

        var session = await ReadAsync(first.SessionKey, model);

        Assert.Equal(first.SessionKey, second.SessionKey);
        Truth.AssertOutcome(session, turns: 2);
        Assert.Equal(["First", "Second"], session.Items("turns").Select(turn => turn.Text("prompt")));
        await stage.AssertNoOtherAsync(Cancel);
    }

    [Fact(Explicit = true)]
    public async Task Attempts_that_failed_are_errors_of_a_turn_that_went_well()
    {
        using var gemini = new GeminiCli(stage.Gander);
        await using var model = await StartAsync(gemini, "api-retry");
        var run = await gemini.ExecAsync("Please", content: true, Cancel, GeminiCli.Unasked);

        var session = await ReadAsync(run.SessionKey, model);

        Truth.AssertOutcome(session, turns: 1);
        Assert.NotEqual("error", Assert.Single(session.Items("turns")).Text("status"));
        Assert.Equal((await model.RequestsAsync(Cancel)).Count(request => !request.IsAnswered), session.Number("modelErrors"));
    }

    [Fact(Explicit = true)]
    public async Task An_interrupted_run_is_kept_as_far_as_it_was_sent()
    {
        using var gemini = new GeminiCli(stage.Gander);
        await using var model = await StartAsync(gemini, Scenarios.SlowTool);
        await using var process = gemini.StartExec("Please", content: true, GeminiCli.Unasked);
        process.Input.Close();
        await Scenarios.WaitForSlowToolAsync(gemini, Cancel);

        await process.SignalAsync("INT");
        await process.WaitForExitAsync(TimeSpan.FromSeconds(30), Cancel);

        // Of the tool that was running it says nothing.
        var session = await stage.ReadAsync(await stage.NewKeyAsync(Cancel), await model.RequestsAsync(Cancel), Cancel);
        Assert.Equal((1, 1, 0), (session.Number("turnCount"), session.Number("modelCalls"), session.Number("toolCalls")));
    }

    private async Task<ScriptedModel> StartAsync(GeminiCli gemini, string scenario)
    {
        await stage.ForgetEarlierAsync(Cancel);
        await gemini.PrepareAsync(Cancel);
        var model = await ScriptedModel.StartAsync(scenario, gemini.WorkFolder, Cancel);
        gemini.Use(model);
        return model;
    }

    private async Task<JsonElement> ReadAsync(string key, ScriptedModel model)
    {
        var requests = await model.RequestsAsync(Cancel);
        var session = await stage.ReadAsync(key, requests, Cancel);
        Truth.AssertCalls(session, Agent, requests);
        return session;
    }
}
