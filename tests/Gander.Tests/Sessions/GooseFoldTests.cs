using Gander.Sessions;
using Gander.Telemetry;
using Gander.Tests.Stores;

namespace Gander.Tests.Sessions;

/// <summary>What the captured runs do not show: older and other emitters, several people and processes, sessions under way.</summary>
public sealed class GooseFoldTests
{
    private static readonly long Epoch = Some.Instant("2026-03-10T12:00Z");

    [Fact]
    public void Two_people_with_the_same_session_id_have_two_sessions()
    {
        var (mine, yours) = (new GooseRun(user: "dev", trace: 1), new GooseRun(user: "ops", trace: 2));
        mine.Turn(0, 100);
        yours.Turn(0, 100);

        var sessions = Fold(mine, yours);

        Assert.Equal(["dev", "ops"], sessions.Select(session => session.Summary.User).Order());
        Assert.Equal(2, sessions.Select(session => session.Summary.Key).Distinct().Count());
    }

    [Fact]
    public void Two_programs_under_one_name_do_not_share_the_sessions_that_they_number_alike()
    {
        var (original, other) = (new GooseRun(trace: 1), new GooseRun(sdk: "dotnet", trace: 2, distribution: "gander"));
        original.Turn(0, 100);
        other.Turn(0, 100);

        var sessions = Fold(original, other);

        Assert.All(sessions, session => Assert.Equal(("goose", 1), (session.Summary.Agent, session.Summary.TurnCount)));
        Assert.Equal(2, sessions.Select(session => session.Summary.Key).Distinct().Count());
    }

    [Fact]
    public void A_resumed_session_is_one_with_two_runs_and_the_exit_of_the_last()
    {
        var run = new GooseRun();
        run.Started(0).Completed(200, 200, "error").Started(60_000, "resumed").Completed(60_300, 300);
        run.Turn(10, 100, inTrace: 1);
        run.Turn(60_010, 60_100, inTrace: 2);

        var session = Assert.Single(Fold(run));

        Assert.Equal((2, "normal", SessionStatus.Ok), (session.Summary.TurnCount, session.Summary.Exit, session.Summary.Status));
        Assert.Equal(2, session.Summary.Runs.Count);
    }

    [Fact]
    public void Two_sessions_that_may_each_be_of_either_process_get_no_exit_and_say_why()
    {
        var (one, two) = (new GooseRun("20260310_1", trace: 1), new GooseRun("20260310_2", trace: 2));
        one.Started(0).Completed(100_000, 100_000, "error");
        two.Started(1).Completed(100_001, 100_000);
        one.Turn(50_000, 50_100);
        two.Turn(50_000, 50_200);

        var sessions = Fold(one, two);

        Assert.Equal(2, sessions.Count);
        Assert.All(sessions, session => Assert.Null(session.Summary.Exit));
        Assert.All(sessions, session => Assert.Contains(session.Summary.Missing, part => part.What == "exit"));
    }

    [Fact]
    public void Records_of_start_and_end_that_name_their_session_are_believed_whatever_else_runs()
    {
        var (one, two) = (new GooseRun("20260310_1", trace: 1, sdk: "dotnet"), new GooseRun("20260310_2", trace: 2, sdk: "dotnet"));
        foreach (var (run, session, exit) in (ReadOnlySpan<(GooseRun, string, string)>)[(one, "20260310_1", "error"), (two, "20260310_2", "normal")])
        {
            run.Log(0, "Session started", ("monotonic_counter.goose.session_starts", 1), ("session.id", session));
            run.Log(100_000, "Session completed", ("monotonic_counter.goose.session_completions", 1), ("exit_type", exit), ("duration_ms", 100_000L), ("session.id", session));
            run.Turn(50_000, 50_100);
        }

        var sessions = Fold(one, two);

        Assert.Equal(["20260310_1 error", "20260310_2 normal"], sessions.Select(session => $"{session.Summary.Id} {session.Summary.Exit}").Order(StringComparer.Ordinal));
        Assert.All(sessions, session => Assert.DoesNotContain(session.Summary.Missing, part => part.What is "exit" or "end"));
    }

    [Fact]
    public void A_process_that_died_without_an_end_does_not_take_a_later_session()
    {
        var (dead, alive) = (new GooseRun("20260310_1", trace: 1), new GooseRun("20260310_2", trace: 2));
        dead.Started(0);
        alive.Started(10_000).Completed(20_000, 10_000);
        alive.Turn(12_000, 12_100);

        var sessions = Fold(dead, alive);

        Assert.Equal(["", "20260310_2"], sessions.Select(session => session.Summary.Id));
        Assert.Equal("normal", sessions[1].Summary.Exit);
    }

    [Fact]
    public void A_session_is_running_until_it_has_been_silent_for_a_while()
    {
        var run = new GooseRun();
        run.Started(0);
        run.Turn(10, 100);

        Assert.Equal(SessionStatus.Running, Assert.Single(Fold(At(1_000), run)).Summary.Status);
        Assert.Equal(SessionStatus.Ok, Assert.Single(Fold(At(600_000), run)).Summary.Status);
    }

    [Fact]
    public void A_turn_whose_own_span_has_not_come_yet_is_running()
    {
        var run = new GooseRun();
        run.Started(0);
        run.ModelCall(10, 20, Some.SpanId());

        var turn = Assert.Single(Assert.Single(Fold(At(1_000), run)).Turns);

        Assert.Equal(SessionStatus.Running, turn.Status);
        Assert.Equal(DurationProvenance.Unknown, Assert.Single(turn.Steps).DurationProvenance);
    }

    [Theory]
    [InlineData("complete", "stream_response_from_provider")]
    [InlineData("stream_response_from_provider", "complete")]
    public void A_completion_around_or_inside_a_stream_call_is_counted_once(string outer, string inner)
    {
        var run = new GooseRun();
        var reply = run.Span("reply", 0, 100);
        var loop = run.Span("reply_stream", 1, 99, reply);
        run.ModelCall(3, 20, run.ModelCall(2, 50, loop, outer), inner);
        run.ModelCall(60, 70, loop, "complete", input: 5);

        var summary = Assert.Single(Fold(run)).Summary;

        Assert.Equal((2, 15, 2), (summary.ModelCalls, summary.Tokens.Input, summary.Tokens.Output));
    }

    [Fact]
    public void Goose_from_before_the_conventions_has_its_steps_and_its_own_counter()
    {
        var run = new GooseRun();
        var loop = run.Span("reply_stream", 1, 90, run.Span("reply", 0, 100));
        run.Span("stream_response_from_provider", 2, 10, loop);
        run.Span("dispatch_tool_call", 11, 12, loop, attributes: [("input", "{\"tool\":\"developer__shell\",\"arguments\":{}}"), ("output", "{\"status\":\"error\",\"error\":\"no\"}")]);
        run.Span("complete", 20, 30, loop, attributes: [("gen_ai.request.model", "gpt-4o")]);
        run.Started(0).Completed(110, 110, tokens: 1_234);

        var summary = Assert.Single(Fold(run)).Summary;

        Assert.Equal((1_234, "derived"), (summary.Tokens.Total, summary.TokensProvenance));
        Assert.Equal(new ToolUse("developer__shell", 1, 1), Assert.Single(summary.Tools));
        Assert.Equal((2, SessionStatus.Ok), (summary.ModelCalls, summary.Status));
        Assert.Contains(summary.Missing, part => part.What == "tokens by call and kind");
    }

    [Fact]
    public void An_emitter_that_keeps_the_contract_better_than_goose_is_believed_about_lengths()
    {
        var run = new GooseRun(sdk: "dotnet");
        var loop = run.Turn(0, 100);
        run.Span("dispatch_tool_call", 20, 60, loop, attributes: [("gen_ai.operation.name", "execute_tool"), ("gen_ai.tool.name", "shell")]);

        var session = Assert.Single(Fold(run));

        Assert.All(session.Turns[0].Steps, step => Assert.Equal(DurationProvenance.Span, step.DurationProvenance));
        Assert.True(session.Summary.ToolFailuresKnown);
    }

    [Fact]
    public void Sessions_under_one_client_connection_are_told_apart_and_none_is_a_subagent()
    {
        var (one, two) = (new GooseRun("20260310_1"), new GooseRun("20260310_2"));
        var connection = one.Span("connection", 0, 10_000, named: false);
        one.Span("reply", 10, 20, connection);
        two.Span("reply", 30, 40, connection);

        var sessions = Fold(one, two);

        Assert.Equal([10L, 10], sessions.Select(session => (session.Summary.EndNanos - session.Summary.StartNanos) / 1_000_000));
        Assert.All(sessions, session => Assert.Null(session.Summary.Parent));
    }

    [Fact]
    public void What_goose_adds_to_the_persons_words_is_left_out_of_the_title()
    {
        var run = new GooseRun();
        run.Span("reply", 0, 10, attributes: [("user_message", "<turn-context>\nnow\n</turn-context>\n\n  fix the build\nplease")]);

        Assert.Equal("fix the build", Assert.Single(Fold(run)).Summary.Title);
    }

    [Fact]
    public void An_error_whose_event_was_dropped_still_fails_the_turn()
    {
        var run = new GooseRun();
        var loop = run.Span("reply_stream", 1, 90, run.Span("reply", 0, 100), status: 2, attributes: [("gen_ai.operation.name", "invoke_agent")]);
        run.ModelCall(2, 10, loop);

        Assert.Equal(SessionStatus.Error, Assert.Single(Fold(run)).Turns[0].Status);
    }

    [Fact]
    public void A_failure_that_only_a_span_event_tells_fails_the_call_it_follows()
    {
        var run = new GooseRun();
        var failure = new EventRecord(Epoch + 50_000_000, "Error: Server error: gone", Some.Attributes(("level", "ERROR")));
        var loop = run.Span("reply_stream", 1, 90, run.Span("reply", 0, 100), status: 2, events: [failure]);
        run.ModelCall(2, 10, loop);
        run.ModelCall(20, 30, loop);

        var session = Assert.Single(Fold(run));

        Assert.Equal([StepStatus.Ok, StepStatus.Error], session.Turns[0].Steps.Select(step => step.Status));
        Assert.Equal(SessionStatus.Error, session.Turns[0].Status);
    }

    [Fact]
    public void Parents_that_go_round_in_circles_end()
    {
        var (first, second) = (Some.SpanId(), Some.SpanId());
        var spans = Some.SpanBatch(
            Some.Span("reply", spanId: first, parent: second, session: "20260310_1"),
            Some.Span("reply_stream", spanId: second, parent: first, session: "20260310_1"));

        Assert.Single(Folding.All([spans]));
    }

    private static FoldContext At(double milliseconds) => new(Epoch + (long)(milliseconds * 1_000_000));

    private static List<Session> Fold(params GooseRun[] runs) => Fold(Folding.Later, runs);

    private static List<Session> Fold(FoldContext context, params GooseRun[] runs) =>
        Folding.All(runs.SelectMany(run => (IEnumerable<TelemetryBatch>)run.Batches()), context);
}
