using System.Text.Json;
using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.RealAgents;

/// <summary>What the real Codex did is what Gander says it did.</summary>
public sealed class CodexTests(RealAgentStage stage) : IClassFixture<RealAgentStage>
{
    private const string Agent = "codex";

    // Codex offers a server's tools in a namespace of their own.
    private const string McpTools = """
        {"steps": [
          {"calls": [{"item": {"type": "function_call", "namespace": "mcp__demo", "name": "get_weather", "arguments": "{\"city\":\"Lisbon\"}"}}]},
          {"calls": [{"item": {"type": "function_call", "namespace": "mcp__demo", "name": "fail_always", "arguments": "{}"}}]},
          {"text": "It is sunny in Lisbon."}
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
        using var codex = new Codex(stage.Gander);
        await using var model = await StartAsync(codex, scenario);
        var run = await codex.ExecAsync("Please", content: true, Cancel, Codex.Unasked);
        Assert.Equal(0, run.ExitCode);

        var session = await ReadAsync(run.SessionKey, model);

        Truth.AssertOutcome(session, turns: 1, failures);
        Truth.AssertPricedCost(session);
        Assert.Equal(("Please", "Please"), (session.Text("title"), Assert.Single(session.Items("turns")).Text("prompt")));
        Assert.Equal(["answers"], session.Items("missing").Select(missing => missing.Text("what")));
    }

    [Fact(Explicit = true)]
    public async Task Without_content_the_figures_are_the_same_and_the_prompt_is_missing()
    {
        using var codex = new Codex(stage.Gander);
        await using var model = await StartAsync(codex, "shell-ok");
        var run = await codex.ExecAsync("Please", content: false, Cancel, Codex.Unasked);

        var session = await ReadAsync(run.SessionKey, model);

        Truth.AssertOutcome(session, turns: 1);
        Assert.Equal((null, null), (session.Text("title"), Assert.Single(session.Items("turns")).Text("prompt")));
        Assert.Contains(session.Items("missing"), missing => missing.Text("fix") is { } fix && fix.Contains("log_user_prompt", StringComparison.Ordinal));
    }

    [Fact(Explicit = true)]
    public async Task The_lines_of_the_page_are_all_it_takes()
    {
        using var codex = new Codex(stage.Gander);
        await using var model = await StartAsync(codex, "edit-files");
        codex.Connect();
        var run = await codex.RunAsync("Please", Cancel, Codex.Unasked);
        Assert.Equal(0, run.ExitCode);

        var session = await ReadAsync(await stage.NewKeyAsync(Cancel), model);

        Truth.AssertOutcome(session, turns: 1);
        Truth.AssertPricedCost(session);
        Assert.Equal((7, 1), (session.GetProperty("changes").Number("linesAdded"), session.GetProperty("changes").Number("linesRemoved")));
    }

    [Fact(Explicit = true)]
    public async Task Tools_refused_by_the_sandbox_are_denials()
    {
        using var codex = new Codex(stage.Gander);
        await using var model = await StartAsync(codex, "denied");
        var run = await codex.ExecAsync("Please", content: true, Cancel, "--sandbox", "read-only");

        var session = await ReadAsync(run.SessionKey, model);

        Truth.AssertOutcome(session, turns: 1, denials: 2);
    }

    [Fact(Explicit = true)]
    public async Task Tools_of_an_MCP_server_have_their_names_and_outcomes()
    {
        using var codex = new Codex(stage.Gander);
        await using var model = await StartAsync(codex, McpTools);
        codex.AddMcpServer();
        var run = await codex.ExecAsync("Please", content: true, Cancel, Codex.Unasked);

        var session = await stage.ReadAsync(run.SessionKey, await model.RequestsAsync(Cancel), Cancel);

        Truth.AssertOutcome(session, turns: 1, failures: 1);
        Assert.Equal("mcp__demo__fail_always 1, mcp__demo__get_weather 1", session.ToolCalls());
        Assert.All(session.Items("tools"), tool => Assert.Equal("demo", tool.Text("mcpServer")));
    }

    [Fact(Explicit = true)]
    public async Task A_resumed_session_is_the_same_session()
    {
        using var codex = new Codex(stage.Gander);
        await using var model = await StartAsync(codex, "two-turns");
        var first = await codex.ExecAsync("First", content: true, Cancel, Codex.Unasked);
        var second = await codex.ExecAsync("Second", content: true, Cancel, "resume", "--last", Codex.Unasked);

        var session = await ReadAsync(first.SessionKey, model);

        Assert.Equal(first.SessionKey, second.SessionKey);
        Truth.AssertOutcome(session, turns: 2);
        Assert.Equal(["First", "Second"], session.Items("turns").Select(turn => turn.Text("prompt")));
        await stage.AssertNoOtherAsync(Cancel);
    }

    [Fact(Explicit = true)]
    public async Task A_provider_that_recovers_leaves_no_failed_turn()
    {
        using var codex = new Codex(stage.Gander);
        await using var model = await StartAsync(codex, "api-retry");
        var run = await codex.ExecAsync("Please", content: true, Cancel, Codex.Unasked);

        var session = await ReadAsync(run.SessionKey, model);

        Truth.AssertOutcome(session, turns: 1);
        Assert.Equal("ok", Assert.Single(session.Items("turns")).Text("status"));
    }

    [Fact(Explicit = true)]
    public async Task An_interrupted_run_is_kept_as_far_as_it_was_sent()
    {
        using var codex = new Codex(stage.Gander);
        await using var model = await StartAsync(codex, Scenarios.SlowTool);
        await using var process = codex.StartExec("Please", content: true, Codex.Unasked);
        process.Input.Close();
        await Scenarios.WaitForSlowToolAsync(codex, Cancel);
        var key = await stage.NewKeyAsync(Cancel);

        // It ends without sending what waits.
        await process.SignalAsync("INT");
        await process.WaitForExitAsync(TimeSpan.FromSeconds(30), Cancel);

        var session = await stage.ReadAsync(key, [], Cancel);
        Assert.Equal(1, session.Number("turnCount"));
        Assert.DoesNotContain(session.Steps(), step => step.Text("kind") == "tool" && step.Text("status") == "ok");
    }

    private async Task<ScriptedModel> StartAsync(Codex codex, string scenario)
    {
        await stage.ForgetEarlierAsync(Cancel);
        await codex.PrepareAsync(Cancel);
        var model = await ScriptedModel.StartAsync(scenario, codex.WorkFolder, Cancel);
        codex.Use(model);
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
