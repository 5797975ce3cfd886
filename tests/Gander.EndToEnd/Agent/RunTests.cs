using System.Text.Json;
using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Agent;

/// <summary>What <c>gander run</c> prints, keeps and answers to its caller.</summary>
public sealed class RunTests(AgentStage stage) : IClassFixture<AgentStage>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("openai", "gpt-4o")]
    [InlineData("openai", "gpt-5")]
    [InlineData("anthropic", "claude-sonnet-4-5")]
    public async Task Every_protocol_answers_and_uses_tools(string provider, string model)
    {
        await File.WriteAllTextAsync(Path.Combine(stage.Agent.WorkFolder, "here.txt"), "", Cancel);

        var run = await stage.Agent.RunAsync(Cancel, "-t", "scenario:tool list", "--provider", provider, "--model", model, "--no-session");

        Assert.Equal((0, "I will list the files first.\nThe folder holds the files listed above."), (run.ExitCode, run.Output));
        Assert.Contains("here.txt", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quiet_prints_the_answer_alone()
    {
        var run = await stage.Agent.RunAsync(Cancel, "-q", "-t", "scenario:tool list", "--no-session");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.EndsWith("The folder holds the files listed above.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_may_come_from_standard_input()
    {
        await using var process = stage.Agent.Start("-i", "-", "--no-session", "-q");
        await process.Input.WriteAsync("scenario:text\nover several\nlines");
        process.Input.Close();

        Assert.Equal(0, await process.WaitForExitAsync(Limit, Cancel));
        Assert.Equal(["Hello from the fake model. Two plus two is four."], process.Output);
    }

    [Fact]
    public async Task Json_is_one_object_with_messages_and_true_totals()
    {
        var run = await stage.Agent.RunAsync(Cancel, "-t", "scenario:tool-fail go", "--output-format", "json", "-n", "json");

        using var document = JsonDocument.Parse(run.Output);
        var root = document.RootElement;
        Assert.Equal(["user", "assistant", "user", "assistant"], root.Items("messages").Select(message => message.Text("role")));
        Assert.True(root.Items("messages")[2].Items("content")[0].GetProperty("toolResult").GetProperty("value").GetProperty("isError").GetBoolean());
        var metadata = root.GetProperty("metadata");
        Assert.Equal((2_760, 45, 2_805, "completed"), (metadata.Number("input_tokens"), metadata.Number("output_tokens"), metadata.Number("total_tokens"), metadata.Text("status")));
        Assert.Equal(0.00735, metadata.GetProperty("cost_usd").GetDouble(), 9);
    }

    [Fact]
    public async Task Json_lines_come_as_things_happen_and_end_with_the_totals()
    {
        var run = await stage.Agent.RunAsync(Cancel, "-t", "scenario:tool go", "--output-format", "stream-json", "-n", "lines");

        var lines = run.Output.Split('\n').Select(line => JsonElement.Parse(line)).ToList();
        Assert.Equal("complete", lines[^1].Text("type"));
        Assert.Equal(2_763, lines[^1].Number("total_tokens"));
        var parts = lines.SkipLast(1).SelectMany(line => line.GetProperty("message").Items("content")).ToList();
        Assert.Equal("I will list the files first.The folder holds the files listed above.", string.Concat(parts.Where(part => part.Text("type") == "text").Select(part => part.Text("text"))));
        Assert.Equal(["toolRequest", "toolResponse"], parts.Select(part => part.Text("type")).Where(type => type != "text"));
    }

    [Theory]
    [InlineData("scenario:http-401", "401 Unauthorized")]
    [InlineData("scenario:http-400", "400 Bad Request")]
    [InlineData("scenario:context-length", "maximum context length")]
    public async Task A_provider_that_refuses_makes_the_run_fail_with_its_words(string task, string words)
    {
        var run = await stage.Agent.RunAsync(Cancel, "-t", task, "--no-session");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_approval_that_nobody_can_give_makes_the_run_fail()
    {
        using var agent = new GanderAgent(stage.Model);
        agent.Variables["GOOSE_MODE"] = "approve";

        var run = await agent.RunAsync(Cancel, "-t", "scenario:tool list", "--no-session");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("needs an approval", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_provider_the_run_says_what_to_write()
    {
        using var agent = new GanderAgent(stage.Model);
        agent.Variables.Remove("GOOSE_PROVIDER");

        var run = await agent.RunAsync(Cancel, "-t", "hi");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("export GOOSE_PROVIDER=openai", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_session_is_resumed_with_all_that_was_said()
    {
        using var agent = new GanderAgent(stage.Model);
        await agent.RunAsync(Cancel, "-t", "scenario:tool first", "-n", "mine");

        var run = await agent.RunAsync(Cancel, "-t", "scenario:text second", "-r", "-n", "mine", "--output-format", "json");

        Assert.Equal(
            ["scenario:tool first", "scenario:text second"],
            JsonElement.Parse(run.Output).Items("messages").SelectMany(message => message.Items("content")).Where(part => part.Text("type") == "text").Select(part => part.Text("text")).Where(text => text!.StartsWith("scenario", StringComparison.Ordinal)));
        Assert.Equal(2, (await agent.RunAsync(Cancel, "-t", "x", "-r", "-n", "unknown")).ExitCode);
    }

    [Fact]
    public async Task A_killed_run_loses_the_step_in_flight_and_nothing_else()
    {
        using var agent = new GanderAgent(stage.Model);
        await using (var process = agent.Start("-n", "killed", "-t", """script:[{"text":"Step one.","tools":[{"tool":"shell","args":{"command":"echo one"}}]},{"text":"Step two.","tools":[{"tool":"shell","args":{"command":"sleep 60"}}]}]"""))
        {
            await Eventually.GetAsync(
                () => Task.FromResult(process.Errors), lines => lines.Any(line => line.Contains("command: sleep 60", StringComparison.Ordinal)), Limit, "The second step", Cancel);
            await process.KillAsync();
        }

        var run = await agent.RunAsync(Cancel, "-r", "-n", "killed", "-t", "scenario:text go on", "--output-format", "json");

        Assert.Equal(0, run.ExitCode);
        var texts = JsonElement.Parse(run.Output).GetProperty("messages").GetRawText();
        Assert.Contains("Step one.", texts, StringComparison.Ordinal);
        Assert.Contains("\"stdout\": \"one", texts, StringComparison.Ordinal);
        Assert.Contains("Step two.", texts, StringComparison.Ordinal);
        Assert.Contains("The program ended before this was done.", texts, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task A_signal_interrupts_the_turn_and_ends_what_runs(string signal)
    {
        using var agent = new GanderAgent(stage.Model);
        await using var process = agent.Start("-n", "stopped", "-t", """script:[{"tools":[{"tool":"shell","args":{"command":"echo begun; sleep 300"}}]}]""");
        await Eventually.GetAsync(() => Task.FromResult(process.Errors), lines => lines.Any(line => line.Contains("sleep 300", StringComparison.Ordinal)), Limit, "The tool", Cancel);

        await process.SignalAsync(signal);

        Assert.Equal(130, await process.WaitForExitAsync(Limit, Cancel));
        Assert.Contains(process.Errors, line => line.Contains("Interrupted", StringComparison.Ordinal));
    }
}
