using Gander.Agent.Loop;
using Gander.Agent.Providers;

namespace Gander.Tests.Agent.Loop;

public sealed class CompactionTests
{
    private static readonly ModelFacts Small = new(10_000);
    private static readonly ProviderException TooLong = new(ProviderErrorKind.ContextLength, "Too long.", 400);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_conversation_near_the_limit_is_summed_up_before_the_next_call()
    {
        await using var bench = new Bench(new ScriptedModel().Says("First.", input: 8_500).Aside("They said hello.").Says("Second."), facts: Small);

        await bench.SendAsync("Hello", Cancel);
        await bench.SendAsync("And now?", Cancel);

        Assert.Contains(new AgentEvent.CompactionEnded(2), bench.Events);
        var seen = Bench.Lines(bench.Script.Asked[1]).ToList();
        Assert.Equal(2, seen.Count);
        Assert.Contains("They said hello.", seen[0], StringComparison.Ordinal);
        Assert.Equal("user: And now?", seen[1]);
        Assert.Contains("Person: Hello", bench.Script.AskedAside[0][1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Within_a_turn_its_own_steps_stay()
    {
        var script = new ScriptedModel().Says("First.").Calls(("a", "look", "x")).Fails(TooLong).Aside("They said hello.").Says("Second.");
        await using var bench = new Bench(script, facts: Small, tools: [new LambdaTool("look", text => $"saw {text}")]);

        await bench.SendAsync("Hello", Cancel);
        var outcome = await bench.SendAsync("Look", Cancel);

        Assert.Equal(TurnStatus.Completed, outcome.Status);
        Assert.Equal(["user: Look", """assistant: look({"text":"x"})""", "tool: = saw x"], Bench.Lines(bench.Script.Asked[3]).Skip(1));
    }

    [Fact]
    public async Task A_message_that_is_too_long_by_itself_fails_and_is_not_summed_up()
    {
        await using var bench = new Bench(new ScriptedModel().Fails(TooLong));

        var outcome = await bench.SendAsync("Hello", Cancel);

        Assert.Equal((TurnStatus.Failed, ProviderErrorKind.ContextLength), (outcome.Status, outcome.Error!.Kind));
        Assert.Empty(bench.Script.AskedAside);
    }

    [Fact]
    public async Task A_resumed_session_shows_the_model_what_the_compacted_one_showed()
    {
        await using var bench = new Bench(new ScriptedModel().Says("First.", input: 8_500).Aside("They said hello.").Says("Second."), facts: Small);
        await bench.SendAsync("Hello", Cancel);
        await bench.SendAsync("And now?", Cancel);

        await using var resumed = new Bench(new ScriptedModel().Says("Third."), history: bench.Store.Messages(Bench.Id));
        await resumed.SendAsync("Go on", Cancel);

        var seen = Bench.Lines(resumed.Script.Asked[0]).ToList();
        Assert.Contains("They said hello.", seen[0], StringComparison.Ordinal);
        Assert.Equal(["user: And now?", "assistant: Second.", "user: Go on"], seen.Skip(1));
        Assert.Equal(["Hello", "First.", "And now?", "Second."], bench.Store.Messages(Bench.Id).Where(message => message.UserVisible).Select(message => message.Content.Text));
    }

    [Fact]
    public async Task A_person_can_ask_for_it_between_turns()
    {
        await using var bench = new Bench(new ScriptedModel().Says("First.").Aside("They said hello.").Says("Second."));
        await bench.SendAsync("Hello", Cancel);

        await foreach (var happened in bench.Session.CompactAsync(Cancel))
        {
            bench.Events.Add(happened);
        }

        await bench.SendAsync("And now?", Cancel);
        Assert.Equal(2, bench.Script.Asked[1].Count);
        Assert.Contains("They said hello.", bench.Script.Asked[1][0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_summary_that_cannot_be_had_ends_the_turn_and_changes_nothing()
    {
        await using var bench = new Bench(new ScriptedModel().Says("First.", input: 8_500).AsideFails(new ProviderException(ProviderErrorKind.Auth, "No.")).Says("Second."), facts: Small);
        await bench.SendAsync("Hello", Cancel);

        var outcome = await bench.SendAsync("And now?", Cancel);

        Assert.Equal((TurnStatus.Failed, ProviderErrorKind.Auth), (outcome.Status, outcome.Error!.Kind));
        Assert.All(bench.Session.Messages, message => Assert.True(message.AgentVisible));
    }
}
