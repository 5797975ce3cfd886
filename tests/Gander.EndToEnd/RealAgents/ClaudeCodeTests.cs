using System.Text.Json;
using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.RealAgents;

/// <summary>What the real Claude Code did is what Gander says it did.</summary>
public sealed class ClaudeCodeTests(RealAgentStage stage) : IClassFixture<RealAgentStage>
{
    private const string Agent = "claude-code";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory(Explicit = true)]
    [InlineData("shell-ok", 0)]
    [InlineData("tool-failure", 3)]
    [InlineData("parallel-tools", 1)]
    [InlineData("edit-files", 0)]
    public async Task A_run_is_one_session_with_the_true_figures(string scenario, int failures)
    {
        using var claude = new ClaudeCode(stage.Gander);
        await using var model = await StartAsync(claude, scenario);
        var run = await claude.ExecAsync("Please", content: true, Cancel, ClaudeCode.Unasked);
        Assert.Equal(0, run.ExitCode);

        var session = await ReadAsync(run.SessionKey, model);

        Truth.AssertOutcome(session, turns: 1, failures);
        Truth.AssertReportedCost(session);
        var turn = Assert.Single(session.Items("turns"));
        Assert.Equal(("Please", "Please"), (session.Text("title"), turn.Text("prompt")));
        Assert.False(string.IsNullOrEmpty(turn.Text("answer")));
        Assert.All(turn.Items("steps").Where(step => step.Text("kind") == "tool"), step => Assert.False(string.IsNullOrEmpty(step.Text("input"))));
        Assert.Empty(session.Items("missing"));
    }

    [Fact(Explicit = true)]
    public async Task Without_content_the_figures_are_the_same_and_the_texts_are_missing()
    {
        using var claude = new ClaudeCode(stage.Gander);
        await using var model = await StartAsync(claude, "shell-ok");
        var run = await claude.ExecAsync("Please", content: false, Cancel, ClaudeCode.Unasked);

        var session = await ReadAsync(run.SessionKey, model);

        Truth.AssertOutcome(session, turns: 1);
        Truth.AssertReportedCost(session);
        var turn = Assert.Single(session.Items("turns"));
        Assert.Equal((null, null, null), (session.Text("title"), turn.Text("prompt"), turn.Text("answer")));
        Assert.Contains(session.Items("missing"), missing => missing.Text("fix") == "OTEL_LOG_USER_PROMPTS=1");
    }

    [Fact(Explicit = true)]
    public async Task The_lines_of_the_page_are_all_it_takes()
    {
        using var claude = new ClaudeCode(stage.Gander);
        await using var model = await StartAsync(claude, "edit-files");
        claude.Connect();
        var run = await claude.RunAsync("Please", Cancel, ClaudeCode.Unasked);
        Assert.Equal(0, run.ExitCode);

        var session = await ReadAsync(await stage.NewKeyAsync(Cancel), model);

        Truth.AssertOutcome(session, turns: 1);
        Truth.AssertReportedCost(session);
        // One line for the fix, two where there was one; five for the test and, as Claude Code counts, what follows its last line end.
        Assert.Equal((8, 1), (session.GetProperty("changes").Number("linesAdded"), session.GetProperty("changes").Number("linesRemoved")));
    }

    [Theory(Explicit = true)]
    [InlineData("logs alone", "OTEL_METRICS_EXPORTER", "OTEL_TRACES_EXPORTER")]
    [InlineData("traces alone", "OTEL_METRICS_EXPORTER", "OTEL_LOGS_EXPORTER")]
    public async Task One_signal_is_enough_for_the_figures(string signal, params string[] without)
    {
        using var claude = new ClaudeCode(stage.Gander);
        await using var model = await StartAsync(claude, "tool-failure");
        claude.Connect();
        foreach (var name in without)
        {
            claude.Set(name, null);
        }

        var run = await claude.RunAsync(signal, Cancel, ClaudeCode.Unasked);
        Assert.Equal(0, run.ExitCode);

        var session = await ReadAsync(await stage.NewKeyAsync(Cancel), model);

        Truth.AssertOutcome(session, turns: 1, failures: 3);
        Assert.NotEmpty(session.Items("missing"));
    }

    [Fact(Explicit = true)]
    public async Task With_metrics_alone_tokens_and_cost_are_true_and_the_rest_is_missing()
    {
        using var claude = new ClaudeCode(stage.Gander);
        await using var model = await StartAsync(claude, "shell-ok");
        claude.Connect();
        claude.Set("OTEL_LOGS_EXPORTER", null);
        claude.Set("OTEL_TRACES_EXPORTER", null);
        var run = await claude.RunAsync("Please", Cancel, ClaudeCode.Unasked);
        Assert.Equal(0, run.ExitCode);

        var session = await stage.ReadAsync(await stage.NewKeyAsync(Cancel), [], Cancel);

        var requests = await model.RequestsAsync(Cancel);
        var tokens = session.GetProperty("tokens");
        Assert.Equal(
            (requests.Sum(request => request.Uncached + request.CacheRead + request.CacheWrite), requests.Sum(request => request.Output)),
            (tokens.Number("input"), tokens.Number("output")));
        Assert.Equal("reported", session.GetProperty("cost").Text("provenance"));
        Assert.Equal(0.0074805m, session.GetProperty("cost").GetProperty("reportedUsd").GetDecimal());
        Assert.Contains(session.Items("missing"), missing => missing.Text("fix") == "OTEL_LOGS_EXPORTER=otlp");
    }

    [Fact(Explicit = true)]
    public async Task Refused_tools_are_denials()
    {
        using var claude = new ClaudeCode(stage.Gander);
        await using var model = await StartAsync(claude, "denied");
        var run = await claude.ExecAsync("Please", content: true, Cancel, "--disallowedTools", "Bash(rm:*)");

        var session = await ReadAsync(run.SessionKey, model);

        Truth.AssertOutcome(session, turns: 1, denials: 2);
    }

    [Fact(Explicit = true)]
    public async Task Tools_of_an_MCP_server_have_their_names()
    {
        using var claude = new ClaudeCode(stage.Gander);
        claude.AddMcpServer();
        await using var model = await StartAsync(claude, "mcp-tool");
        var run = await claude.ExecAsync("Please", content: true, Cancel, ClaudeCode.Unasked);

        var session = await ReadAsync(run.SessionKey, model);

        Truth.AssertOutcome(session, turns: 1, failures: 1);
        Assert.All(session.Items("tools"), tool => Assert.Equal("demo", tool.Text("mcpServer")));
    }

    [Fact(Explicit = true)]
    public async Task The_tokens_of_a_subagent_are_counted_once()
    {
        using var claude = new ClaudeCode(stage.Gander);
        await using var model = await StartAsync(claude, "subagent");
        var run = await claude.ExecAsync("Please", content: true, Cancel, ClaudeCode.Unasked);

        var session = await ReadAsync(run.SessionKey, model);

        Truth.AssertOutcome(session, turns: 1);
        Truth.AssertReportedCost(session);
        Assert.Equal(2, session.Steps().Count(step => step.Text("kind") == "model" && step.Text("agent") == "general-purpose"));
    }

    [Theory(Explicit = true)]
    [InlineData("api-exhausted", "CLAUDE_CODE_MAX_RETRIES")]
    [InlineData("api-fatal", "UNUSED")]
    public async Task A_provider_that_fails_makes_the_session_an_error(string scenario, string retries)
    {
        using var claude = new ClaudeCode(stage.Gander);
        claude.Set(retries, "2");
        await using var model = await StartAsync(claude, scenario);
        var run = await claude.ExecAsync("Please", content: true, Cancel, ClaudeCode.Unasked);
        Assert.Equal(1, run.ExitCode);

        var session = await ReadAsync(run.SessionKey, model);

        Assert.Equal((1, 1), (session.Number("turnCount"), session.Number("modelErrors")));
        Assert.Equal("error", Assert.Single(session.Items("turns")).Text("status"));
    }

    [Fact(Explicit = true)]
    public async Task A_resumed_session_is_the_same_session_and_its_throw_away_id_is_none()
    {
        using var claude = new ClaudeCode(stage.Gander);
        await using var model = await StartAsync(claude, "two-turns");
        var first = await claude.ExecAsync("First", content: true, Cancel, ClaudeCode.Unasked);
        var second = await claude.ExecAsync("Second", content: true, Cancel, ClaudeCode.Unasked, "--continue");

        var session = await ReadAsync(first.SessionKey, model);

        Assert.Equal(first.SessionKey, second.SessionKey);
        Truth.AssertOutcome(session, turns: 2);
        Truth.AssertReportedCost(session);
        Assert.Equal(["First", "Second"], session.Items("turns").Select(turn => turn.Text("prompt")));
        Assert.Equal(["First answer.", "Second answer."], session.Items("turns").Select(turn => turn.Text("answer")));
        await stage.AssertNoOtherAsync(Cancel);
    }

    [Fact(Explicit = true)]
    public async Task An_interrupted_run_is_kept_as_far_as_it_was_sent()
    {
        using var claude = new ClaudeCode(stage.Gander);
        await using var model = await StartAsync(claude, Scenarios.SlowTool);
        await using var process = claude.StartExec("Please", content: true, ClaudeCode.Unasked);
        process.Input.Close();
        await Scenarios.WaitForSlowToolAsync(claude, Cancel);

        await process.SignalAsync("INT");
        await process.WaitForExitAsync(TimeSpan.FromSeconds(30), Cancel);

        var session = await ReadAsync(await stage.NewKeyAsync(Cancel), model);
        Assert.Equal(1, session.Number("turnCount"));
        Assert.DoesNotContain(session.Steps(), step => step.Text("kind") == "tool" && step.Text("status") == "ok");
    }

    private async Task<ScriptedModel> StartAsync(ClaudeCode claude, string scenario)
    {
        await stage.ForgetEarlierAsync(Cancel);
        await claude.PrepareAsync(Cancel);
        var model = await ScriptedModel.StartAsync(scenario, claude.WorkFolder, Cancel);
        claude.Use(model);
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
