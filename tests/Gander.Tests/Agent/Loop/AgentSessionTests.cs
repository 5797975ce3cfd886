using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Gander.Agent.Loop;
using Gander.Agent.Providers;
using Gander.Agent.Sessions;
using Microsoft.Extensions.AI;

namespace Gander.Tests.Agent.Loop;

public sealed class AgentSessionTests
{
    private static readonly ProviderException Overloaded = new(ProviderErrorKind.Server, "It is overloaded.", 503);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_comes_in_pieces_and_is_stored_with_what_it_took()
    {
        await using var bench = new Bench(new ScriptedModel().Streams(new TextContent("Two "), new TextContent("and two."), new UsageContent(new UsageDetails { InputTokenCount = 1_000, OutputTokenCount = 20, CachedInputTokenCount = 400, ReasoningTokenCount = 5 })));

        var outcome = await bench.SendAsync("Add", Cancel);

        Assert.Equal((TurnStatus.Completed, new ModelUsage(1_000, 20, 400, 0, 5), 0.0012m), (outcome.Status, outcome.Usage, outcome.CostUsd));
        Assert.Equal(["Two ", "and two."], bench.Events.OfType<AgentEvent.TextDelta>().Select(delta => delta.Text));
        Assert.Equal(["user: Add", "assistant: Two and two."], Bench.Lines(bench.Store.Messages(Bench.Id).Select(message => message.Content)));
        var kept = bench.Store.Find(Bench.Id)!;
        Assert.Equal((new ModelUsage(1_000, 20, 400, 0, 5), 0.0012m, 2), (kept.Usage, kept.CostUsd, kept.Messages));
    }

    [Fact]
    public async Task Calls_of_one_answer_run_at_the_same_time_and_their_results_keep_the_order()
    {
        var meeting = new Barrier(2);
        var tool = new LambdaTool("meet", async (text, _, cancellationToken) =>
        {
            await Task.Yield();
            Assert.True(meeting.SignalAndWait(TimeSpan.FromSeconds(20), cancellationToken));
            return $"met {text}";
        });
        await using var bench = new Bench(new ScriptedModel().Calls(("a", "meet", "Ann"), ("b", "meet", "Bob")).Says("Done."), tools: [tool]);

        var outcome = await bench.SendAsync("Meet", Cancel);

        Assert.Equal(TurnStatus.Completed, outcome.Status);
        Assert.Equal("tool: = met Ann | = met Bob", Bench.Lines(bench.Script.Asked[1]).Last());
        Assert.Equal((2, 2, 0), (bench.Session.Totals.ModelCalls, bench.Session.Totals.ToolCalls, bench.Session.Totals.ToolFailures));
    }

    [Fact]
    public async Task What_goes_wrong_with_a_call_is_a_result_the_model_sees()
    {
        var broken = new LambdaTool("broken", _ => throw new InvalidOperationException("no disk"));
        var failing = new LambdaTool("failing", _ => new ToolResult("exit code 3", isError: true));
        var unreadable = new FunctionCallContent("c", "broken", null) { Exception = new FormatException("cut off") };
        await using var bench = new Bench(
            new ScriptedModel().Calls(("a", "broken", "x"), ("b", "missing", "x")).Streams(unreadable).Calls(("d", "failing", "x")).Says("I give up."), tools: [broken, failing]);

        var outcome = await bench.SendAsync("Try", Cancel);

        Assert.Equal(TurnStatus.Completed, outcome.Status);
        Assert.All(bench.Results, result => Assert.True(result.IsError));
        Assert.Equal(["tool_arguments", "tool_error", "tool_execution_error", "tool_not_available"], bench.Results.Select(result => result.ErrorType ?? "tool_error").Order());
        Assert.Contains(bench.Results, result => result.Text.Contains("no disk", StringComparison.Ordinal));
        Assert.Contains(bench.Results, result => result.Text.Contains("There is no tool 'missing'. Tools are: broken, failing.", StringComparison.Ordinal));
        Assert.Contains(bench.Results, result => result.Text.Contains("cut off", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_denied_call_does_not_run_and_the_turn_goes_on()
    {
        var ran = false;
        await using var bench = new Bench(
            new ScriptedModel().Calls(("a", "write", "x")).Says("Then not."), gate: new FixedGate(new ToolDecision.Denied("Not today.")), tools: [new LambdaTool("write", _ => ran = true)]);

        var outcome = await bench.SendAsync("Write", Cancel);

        Assert.Equal((TurnStatus.Completed, false), (outcome.Status, ran));
        Assert.Equal(("Not today.", "permission_denied"), (Assert.Single(bench.Results).Text, Assert.Single(bench.Results).ErrorType));
    }

    [Fact]
    public async Task An_approval_that_nobody_can_give_ends_the_turn()
    {
        await using var bench = new Bench(
            new ScriptedModel().Calls(("a", "write", "x"), ("b", "write", "y")), gate: new FixedGate(new ToolDecision.Unanswerable("write needs an approval.")), tools: [new LambdaTool("write", _ => "written")]);

        var outcome = await bench.SendAsync("Write", Cancel);

        Assert.Equal((TurnStatus.ApprovalRequired, "write needs an approval."), (outcome.Status, outcome.Message));
        Assert.Equal(["permission_denied", "cancelled"], bench.Results.Select(result => result.ErrorType));
    }

    [Fact]
    public async Task A_failure_that_may_pass_is_tried_three_times_more()
    {
        await using var bench = new Bench(new ScriptedModel().Fails(Overloaded).Fails(new HttpRequestException("reset")).Fails(new ProviderException(ProviderErrorKind.RateLimit, "Wait.", 429, TimeSpan.FromSeconds(9))).Says("At last."));

        var outcome = await bench.SendAsync("Try", Cancel);

        Assert.Equal(TurnStatus.Completed, outcome.Status);
        var retries = bench.Events.OfType<AgentEvent.Retrying>().ToList();
        Assert.Equal([1, 2, 3], retries.Select(retry => retry.Attempt));
        Assert.Equal(["server", "network", "rate_limit"], retries.Select(retry => retry.Error.ErrorType));
        Assert.InRange(retries[0].Delay.TotalSeconds, 0.8, 1.2);
        Assert.InRange(retries[1].Delay.TotalSeconds, 1.6, 2.4);
        Assert.InRange(retries[2].Delay.TotalSeconds, 9, 9.1);
        Assert.Equal(retries.Select(retry => (long)retry.Delay.TotalMilliseconds), bench.Time.Waits.Select(wait => (long)wait.TotalMilliseconds));
    }

    [Fact]
    public async Task A_failure_for_good_ends_the_turn_and_leaves_a_session_that_can_go_on()
    {
        await using var bench = new Bench(new ScriptedModel().Fails(Overloaded).Fails(Overloaded).Fails(Overloaded).Fails(Overloaded).Says("Better now."));

        var failed = await bench.SendAsync("Try", Cancel);
        var then = await bench.SendAsync("Again", Cancel);

        Assert.Equal((TurnStatus.Failed, ProviderErrorKind.Server, "It is overloaded."), (failed.Status, failed.Error!.Kind, failed.Message));
        Assert.Equal(TurnStatus.Completed, then.Status);
    }

    [Theory]
    [InlineData(ProviderErrorKind.Auth)]
    [InlineData(ProviderErrorKind.Request)]
    public async Task A_failure_that_stays_is_not_tried_again(ProviderErrorKind kind)
    {
        await using var bench = new Bench(new ScriptedModel().Fails(new ProviderException(kind, "No.")));

        var outcome = await bench.SendAsync("Try", Cancel);

        Assert.Equal((TurnStatus.Failed, kind), (outcome.Status, outcome.Error!.Kind));
        Assert.Empty(bench.Events.OfType<AgentEvent.Retrying>());
    }

    [Fact]
    public async Task An_answer_that_breaks_off_after_its_first_piece_is_not_repeated()
    {
        await using var bench = new Bench(new ScriptedModel().Fails(new IOException("reset"), new TextContent("Half an ")));

        var outcome = await bench.SendAsync("Tell", Cancel);

        Assert.Equal((TurnStatus.Failed, ProviderErrorKind.Network), (outcome.Status, outcome.Error!.Kind));
        Assert.Single(bench.Script.Asked);
    }

    [Fact]
    public async Task An_empty_answer_is_asked_again_three_times()
    {
        await using var patient = new Bench(new ScriptedModel().Streams().Streams(new TextContent(" ")).Says("Here."));
        await using var hopeless = new Bench(new ScriptedModel().Streams().Streams().Streams().Streams());

        var answered = await patient.SendAsync("Try", Cancel);
        var failed = await hopeless.SendAsync("Try", Cancel);

        Assert.Equal((TurnStatus.Completed, 2), (answered.Status, patient.Session.Messages.Count));
        Assert.Equal((TurnStatus.Failed, 4), (failed.Status, hopeless.Script.Asked.Count));
    }

    [Fact]
    public async Task A_turn_stops_at_its_limit_of_steps_and_asks()
    {
        var script = new ScriptedModel();
        Enumerable.Range(0, 3).ToList().ForEach(i => script.Calls(($"c{i}", "look", $"{i}")));
        await using var bench = new Bench(script, new AgentOptions { WorkingDirectory = "/", MaxSteps = 3 }, tools: [new LambdaTool("look", text => text)]);

        var outcome = await bench.SendAsync("Look", Cancel);

        Assert.Equal(TurnStatus.StepLimit, outcome.Status);
        Assert.Contains("3 steps", bench.Session.Messages[^1].Content.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_call_too_often_in_a_row_is_refused()
    {
        var script = new ScriptedModel().Calls(("a", "look", "x")).Calls(("b", "look", "x")).Calls(("c", "look", "x")).Calls(("d", "look", "y")).Says("Done.");
        await using var bench = new Bench(script, new AgentOptions { WorkingDirectory = "/", MaxToolRepetitions = 2 }, tools: [new LambdaTool("look", text => text)]);

        await bench.SendAsync("Look", Cancel);

        Assert.Equal([null, null, "tool_repeated", null], bench.Results.Select(result => result.ErrorType));
    }

    [Fact]
    public async Task An_interrupted_answer_keeps_what_was_read()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var reached = new TaskCompletionSource();
        await using var bench = new Bench(new ScriptedModel().Hangs("I begin", reached));

        var turn = bench.SendAsync("Go", stop.Token);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        await stop.CancelAsync();
        var outcome = await turn;

        Assert.Equal(TurnStatus.Interrupted, outcome.Status);
        Assert.Equal(["user: Go", "assistant: I begin"], Bench.Lines(bench.Store.Messages(Bench.Id).Select(message => message.Content)));
    }

    [Fact]
    public async Task An_interrupted_tool_has_a_result_that_says_so()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var tool = new LambdaTool("wait", async (_, _, cancellationToken) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return null;
        });
        await using var bench = new Bench(new ScriptedModel().Calls(("a", "wait", "x")).Says("Go on then."), tools: [tool]);

        var outcome = await bench.SendAsync("Wait", stop.Token);
        var then = await bench.SendAsync("Go on", Cancel);

        Assert.Equal((TurnStatus.Interrupted, TurnStatus.Completed), (outcome.Status, then.Status));
        Assert.Equal("cancelled", Assert.Single(bench.Results).ErrorType);
        Assert.Contains("tool: = This was interrupted by the person before it was done.", Bench.Lines(bench.Script.Asked[1]));
    }

    [Fact]
    public async Task Whoever_stops_reading_interrupts_the_turn()
    {
        await using var bench = new Bench(new ScriptedModel().Hangs("I begin").Says("Second."));

        await foreach (var happened in bench.Session.SendAsync("Go", Cancel))
        {
            if (happened is AgentEvent.TextDelta)
            {
                break;
            }
        }

        Assert.Equal(TurnStatus.Completed, (await bench.SendAsync("Again", Cancel)).Status);
    }

    [Fact]
    public async Task Two_turns_at_a_time_are_refused()
    {
        await using var bench = new Bench(new ScriptedModel().Hangs("I begin"));
        await using var first = bench.Session.SendAsync("Go", Cancel).GetAsyncEnumerator(Cancel);
        await first.MoveNextAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => bench.SendAsync("Again", Cancel));
    }

    [Fact]
    public async Task Tools_know_the_call_they_are_in()
    {
        var seen = new ConcurrentQueue<ToolCallContext?>();
        var tool = new LambdaTool("look", (_, arguments, _) =>
        {
            seen.Enqueue(ToolCallContext.Of(arguments));
            return Task.FromResult<object?>("ok");
        });
        await using var bench = new Bench(new ScriptedModel().Calls(("a", "look", "x")).Says("Done."), new AgentOptions { WorkingDirectory = "/srv" }, tools: [tool]);

        await bench.SendAsync("Look", Cancel);

        Assert.Equal(new ToolCallContext(Bench.Id, "a", "/srv"), Assert.Single(seen));
    }

    [Fact]
    public async Task Arguments_with_half_a_letter_are_a_result_the_model_sees()
    {
        var broken = new FunctionCallContent("a", "look", new Dictionary<string, object?> { ["text"] = JsonElement.Parse("""["x\ud83d"]""") });
        await using var bench = new Bench(new ScriptedModel().Streams(broken).Says("Sorry."), tools: [new LambdaTool("look", text => text)]);

        var outcome = await bench.SendAsync("Look", Cancel);

        Assert.Equal(TurnStatus.Completed, outcome.Status);
        Assert.Equal("tool_arguments", Assert.Single(bench.Results).ErrorType);
        Assert.Contains("without its other half", Assert.Single(bench.Results).Text, StringComparison.Ordinal);
        Assert.Equal(4, bench.Store.Messages(Bench.Id).Count);
    }

    [Fact]
    public async Task Half_a_letter_in_what_a_tool_or_a_model_says_becomes_a_sign_of_it()
    {
        await using var bench = new Bench(new ScriptedModel().Calls(("a", "look", "x")).Says("half \ud83d"), tools: [new LambdaTool("look", _ => "out \ud83d")]);

        var outcome = await bench.SendAsync("Look \udd86", Cancel);

        Assert.Equal((TurnStatus.Completed, 4), (outcome.Status, bench.Store.Messages(Bench.Id).Count));
        Assert.Contains("out \ufffd", string.Join('\n', Bench.Lines(bench.Store.Messages(Bench.Id).Select(message => message.Content))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_result_loses_its_middle()
    {
        await using var bench = new Bench(
            new ScriptedModel().Calls(("a", "look", "x")).Says("Done."), new AgentOptions { WorkingDirectory = "/", MaxToolResultLength = 1_000 }, tools: [new LambdaTool("look", _ => new string('a', 5_000) + "end")]);

        await bench.SendAsync("Look", Cancel);

        var text = Assert.Single(bench.Results).Text;
        Assert.InRange(text.Length, 1_000, 1_050);
        Assert.Contains("[4003 characters left out]", text, StringComparison.Ordinal);
        Assert.EndsWith("end", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_result_is_not_cut_within_a_letter()
    {
        await using var bench = new Bench(
            new ScriptedModel().Calls(("a", "look", "x")).Says("Done."), new AgentOptions { WorkingDirectory = "/", MaxToolResultLength = 1_002 }, tools: [new LambdaTool("look", _ => string.Concat(Enumerable.Repeat("🦆", 5_000)))]);

        await bench.SendAsync("Look", Cancel);

        var text = Assert.Single(bench.Results).Text;
        Assert.Equal(text, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
        Assert.Contains("[9000 characters left out]", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(900, true)]
    [InlineData(1_100, false)]
    public async Task The_form_for_programs_has_the_limit_of_text(int length, bool isKept)
    {
        var structured = JsonSerializer.SerializeToElement(new { rows = new string('a', length) });
        await using var bench = new Bench(
            new ScriptedModel().Calls(("a", "look", "x")).Says("Done."),
            new AgentOptions { WorkingDirectory = "/", MaxToolResultLength = 1_000 },
            tools: [new LambdaTool("look", _ => new ToolResult("short") { StructuredContent = structured })]);

        await bench.SendAsync("Look", Cancel);

        Assert.Equal(isKept, Assert.Single(bench.Results).StructuredContent is not null);
        Assert.Equal("short", Assert.Single(bench.Results).Text);
    }

    [Fact]
    public async Task Data_beyond_the_limit_is_named_and_left_out()
    {
        AIContent[] parts = [new DataContent(new byte[600], "image/png"), new DataContent(new byte[600], "image/jpeg"), new DataContent(new byte[300], "image/png")];
        await using var bench = new Bench(
            new ScriptedModel().Calls(("a", "look", "x")).Says("Done."), new AgentOptions { WorkingDirectory = "/", MaxToolResultBytes = 1_000 }, tools: [new LambdaTool("look", _ => new ToolResult(parts))]);

        await bench.SendAsync("Look", Cancel);

        var result = Assert.Single(bench.Results);
        Assert.Equal([600, 300], result.Content.OfType<DataContent>().Select(data => data.Data.Length));
        Assert.Equal("[image/jpeg of 600 bytes left out, as the answer may hold 1000]", result.Text);
    }

    [Fact]
    public async Task A_picture_in_a_result_is_shown_to_the_model_as_one_from_the_person()
    {
        var picture = new DataContent(new byte[] { 1, 2, 3 }, "image/png");
        await using var bench = new Bench(new ScriptedModel().Calls(("a", "look", "x")).Says("A cat."), tools: [new LambdaTool("look", _ => new ToolResult([new TextContent("see"), picture]))]);

        await bench.SendAsync("Look", Cancel);

        var last = bench.Script.Asked[1][^1];
        Assert.Equal(ChatRole.User, last.Role);
        Assert.Equal([1, 2, 3], last.Contents.OfType<DataContent>().Single().Data.ToArray());
    }

    [Fact]
    public async Task A_session_without_a_name_gets_a_title_beside_its_first_turn()
    {
        await using var bench = new Bench(new ScriptedModel().Aside("\"Fix the build.\"\nMore").Says("Fixed.").Says("Again."), isNamed: false);

        await bench.SendAsync("The build is red", Cancel);
        await bench.Session.FinishAsync(TimeSpan.FromSeconds(20));
        await bench.SendAsync("And now?", Cancel);

        Assert.Equal("Fix the build", bench.Store.Find(Bench.Id)!.Name);
        Assert.Equal((3, new ModelUsage(230, 23)), (bench.Session.Totals.ModelCalls, bench.Session.Totals.Usage));
        Assert.Single(bench.Script.AskedAside);
    }

    [Fact]
    public async Task A_title_that_cannot_be_had_harms_nothing()
    {
        await using var bench = new Bench(new ScriptedModel().AsideFails(Overloaded).Says("Fixed."), isNamed: false);

        var outcome = await bench.SendAsync("The build is red", Cancel);
        await bench.Session.FinishAsync(TimeSpan.FromSeconds(20));

        Assert.Equal((TurnStatus.Completed, null), (outcome.Status, bench.Store.Find(Bench.Id)!.Name));
    }

    [Fact]
    public async Task A_call_that_a_killed_process_left_open_is_closed_before_the_model_sees_it()
    {
        List<SessionMessage> history =
        [
            new("u", DateTimeOffset.UnixEpoch, new ChatMessage(ChatRole.User, "Go")),
            new("a", DateTimeOffset.UnixEpoch, new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c", "look", new Dictionary<string, object?>())])),
        ];
        await using var bench = new Bench(new ScriptedModel().Says("Right."), history: history);

        await bench.SendAsync("Where were we?", Cancel);

        Assert.Contains(Bench.Lines(bench.Script.Asked[0]), line => line.StartsWith("tool: = The program ended before this was done.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Thoughts_of_another_provider_are_not_sent()
    {
        List<SessionMessage> history =
        [
            new("u", DateTimeOffset.UnixEpoch, new ChatMessage(ChatRole.User, "Go")),
            new("a", DateTimeOffset.UnixEpoch, new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("Hm.") { ProtectedData = "signed" }, new TextContent("Gone.")])) { Provider = "other", Model = "m" },
        ];
        await using var bench = new Bench(new ScriptedModel().Says("Right."), history: history);

        await bench.SendAsync("And?", Cancel);

        Assert.Equal(["user: Go", "assistant: Gone.", "user: And?"], Bench.Lines(bench.Script.Asked[0]));
    }
}
