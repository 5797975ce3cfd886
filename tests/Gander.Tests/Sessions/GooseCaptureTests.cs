using Gander.Sessions;
using Gander.Tests.Conformance;

namespace Gander.Tests.Sessions;

/// <summary>Each trap of goose's telemetry, on the captured run that shows it, read back with its texts.</summary>
public sealed class GooseCaptureTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public async Task Tokens_are_those_of_the_model_calls_and_not_the_counter_of_the_last_one()
    {
        var session = await ReadAsync("run-mixed-content");

        Assert.Equal((4440, 93, 4533), (session.Summary.Tokens.Input, session.Summary.Tokens.Output, session.Summary.Tokens.Total));
        Assert.Equal("reported", session.Summary.TokensProvenance);
    }

    [Fact]
    public async Task Cached_tokens_are_part_of_the_input() =>
        Assert.Equal(new TokenUsage(2000, 12, 1500, 0, 0), (await ReadAsync("sm-cached")).Summary.Tokens);

    [Fact]
    public async Task A_session_lasts_as_long_as_its_process_says()
    {
        var session = await ReadAsync("run-mixed-content");

        Assert.Equal(1566, (session.Summary.EndNanos - session.Summary.StartNanos) / 1_000_000);
        Assert.Equal(("normal", SessionStatus.Ok), (session.Summary.Exit, session.Summary.Status));
    }

    [Fact]
    public async Task A_failed_tool_that_looks_good_is_known_by_its_captured_output()
    {
        var session = await ReadAsync("run-tool-fail-content");

        var tool = Assert.Single(Steps(session, StepKind.Tool));
        Assert.Equal(StepStatus.Error, tool.Status);
        Assert.Contains("No such file", tool.Error, StringComparison.Ordinal);
        Assert.Equal("{\"command\":\"cat no-such-file.txt; exit 3\"}", tool.Input);
        Assert.True(session.Summary.ToolFailuresKnown);
    }

    [Fact]
    public async Task Without_content_the_outcome_of_a_tool_is_unknown_and_the_setting_is_named()
    {
        var session = await ReadAsync("run-tool-fail");

        Assert.Equal(StepStatus.Unknown, Assert.Single(Steps(session, StepKind.Tool)).Status);
        Assert.Equal((0, false), (session.Summary.ToolFailures, session.Summary.ToolFailuresKnown));
        Assert.Contains(
            new MissingPart("tool outcome", "message content is not captured", "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true"),
            session.Summary.Missing);
    }

    [Fact]
    public async Task The_state_machine_tells_of_failed_tools_without_content()
    {
        var session = await ReadAsync("sm-mcp");

        Assert.Equal([StepStatus.Ok, StepStatus.Error, StepStatus.Error], Steps(session, StepKind.Tool).Select(step => step.Status));
        Assert.True(session.Summary.ToolFailuresKnown);
    }

    [Fact]
    public async Task A_call_that_failed_in_the_tools_protocol_is_known_by_its_counter()
    {
        var session = await ReadAsync("run-mcp");

        Assert.Equal(new ToolUse("kv__lookup", 3, 1), Assert.Single(session.Summary.Tools));
        Assert.False(session.Summary.ToolFailuresKnown);
    }

    [Fact]
    public async Task A_tool_call_that_was_never_offered_is_a_failed_step_without_a_span_of_its_own()
    {
        var session = await ReadAsync("run-tool-unknown");

        var tool = Assert.Single(Steps(session, StepKind.Tool));
        Assert.Equal(("no_such_tool", StepStatus.Error), (tool.Name, tool.Status));
        Assert.Contains("was not advertised", tool.Error, StringComparison.Ordinal);
        Assert.Equal(SessionStatus.Ok, session.Turns[0].Status);
    }

    [Fact]
    public async Task A_call_that_a_hook_refused_is_denied_with_the_hooks_reason()
    {
        var session = await ReadAsync("run-hook-denied");

        var tool = Assert.Single(Steps(session, StepKind.Tool));
        Assert.Equal((StepStatus.Denied, "blocked by guard"), (tool.Status, tool.Error));
        Assert.Equal(1, session.Summary.ToolFailures);
    }

    [Fact]
    public async Task A_tool_lasts_longer_than_its_dispatch()
    {
        var tool = Assert.Single(Steps(await ReadAsync("run-slow-tool"), StepKind.Tool));

        Assert.InRange(tool.DurationNanos!.Value, 2 * Second, 2 * Second + (Second / 10));
        Assert.Equal(DurationProvenance.Derived, tool.DurationProvenance);
    }

    [Fact]
    public async Task A_model_call_lasts_beyond_its_first_byte()
    {
        var call = Assert.Single(Steps(await ReadAsync("run-slow"), StepKind.Model));

        Assert.InRange(call.FirstByteNanos!.Value, Second, 2 * Second);
        Assert.InRange(call.DurationNanos!.Value, 3 * Second, 4 * Second);
        Assert.Equal(DurationProvenance.Derived, call.DurationProvenance);
    }

    [Fact]
    public async Task A_chat_span_without_a_session_gives_the_whole_length_of_its_call()
    {
        var call = Assert.Single(Steps(await ReadAsync("sm-slow"), StepKind.Model));

        Assert.InRange(call.FirstByteNanos!.Value, Second, 2 * Second);
        Assert.InRange(call.DurationNanos!.Value, 3 * Second, 4 * Second);
        Assert.Equal(DurationProvenance.Span, call.DurationProvenance);
    }

    [Fact]
    public async Task A_turn_whose_provider_failed_is_an_error_although_goose_exits_normally()
    {
        var session = await ReadAsync("run-http-429");

        Assert.Equal(("normal", SessionStatus.Error), (session.Summary.Exit, session.Summary.Status));
        Assert.Equal((1, 1), (session.Summary.ModelCalls, session.Summary.ModelErrors));
        Assert.Contains("Rate limit exceeded", session.Turns[0].Error, StringComparison.Ordinal);
        Assert.Contains("Rate limit exceeded", session.Turns[0].Steps[0].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compaction_is_a_step_of_its_own_and_no_call_of_the_loop()
    {
        var session = await ReadAsync("sm-context-length");

        Assert.Equal([304L, 304], Steps(session, StepKind.Other).Select(step => step.Tokens!.Value.Total));
        Assert.Equal((3, 3, 0), (session.Summary.ModelCalls, session.Summary.ModelErrors, session.Summary.Tokens.Total));
    }

    [Fact]
    public async Task Compaction_without_a_span_is_said_to_be_missing() =>
        Assert.Contains((await ReadAsync("run-context-length")).Summary.Missing, part => part.What == "compaction tokens");

    [Fact]
    public async Task A_subagent_is_a_session_of_its_own_and_its_tokens_are_not_its_parents()
    {
        var sessions = await ReadAllAsync("run-delegate");

        var (parent, child) = (sessions[0], sessions[1]);
        Assert.Equal((2999, 2763), (parent.Summary.Tokens.Total, child.Summary.Tokens.Total));
        Assert.Equal([child.Summary.Key], parent.Summary.Children);
        Assert.Equal(parent.Summary.Key, child.Summary.Parent);
        Assert.Equal(child.Summary.Key, Assert.Single(Steps(parent, StepKind.Subagent)).SessionKey);
        Assert.Equal("Delegated Task", Steps(parent, StepKind.Subagent).Single().Name);
        Assert.Equal(SessionStatus.Ok, child.Summary.Status);
    }

    [Fact]
    public async Task Three_processes_at_once_are_told_apart_by_the_times_of_their_records()
    {
        var sessions = await ReadAllAsync("run-three-at-once");

        Assert.Equal(3, sessions.Count);
        Assert.All(sessions, session => Assert.Equal("normal", session.Summary.Exit));
        Assert.All(sessions, session => Assert.True(Assert.Single(session.Summary.Runs).Shared));
        Assert.Contains(sessions, session => session.Summary.Missing.Any(part => part.What == "tool records"));
    }

    [Fact]
    public async Task An_interrupted_turn_has_the_tokens_of_its_calls()
    {
        var session = await ReadAsync("session-interrupted");

        Assert.Equal([SessionStatus.Interrupted, SessionStatus.Ok], session.Turns.Select(turn => turn.Status));
        Assert.Equal(StepStatus.Interrupted, Assert.Single(Steps(session, StepKind.Tool)).Status);
        Assert.Equal(2537, session.Summary.Tokens.Total);
    }

    [Fact]
    public async Task A_session_whose_spans_never_came_is_a_session_and_says_so()
    {
        var session = await ReadAsync("session-sigterm");

        Assert.Equal(("", 0, SessionStatus.Unknown), (session.Summary.Id, session.Summary.TurnCount, session.Summary.Status));
        Assert.Contains(session.Summary.Missing, part => part.What.Contains("turns", StringComparison.Ordinal) && part.Why.Contains("1 × shell", StringComparison.Ordinal));
        Assert.Contains(session.Summary.Missing, part => part.What == "end");
    }

    [Fact]
    public async Task A_session_that_is_not_sampled_says_how_to_sample_it()
    {
        var session = await ReadAsync("export-unsampled");

        Assert.Equal(("20261122_48", "normal"), (session.Summary.Id, session.Summary.Exit));
        Assert.Equal("OTEL_TRACES_SAMPLER=always_on", Assert.Single(session.Summary.Missing).Fix);
    }

    [Fact]
    public async Task Dropped_events_are_said_to_be_missing() =>
        Assert.Contains((await ReadAsync("run-many")).Summary.Missing, part => part.What == "span events");

    [Fact]
    public async Task A_renamed_service_is_still_goose()
    {
        var session = await ReadAsync("export-resource");

        Assert.Equal(("goose", "core"), (session.Summary.Agent, session.Summary.Team));
    }

    [Fact]
    public async Task Prompts_and_answers_are_the_persons_and_the_models_words()
    {
        var session = await ReadAsync("run-multi-content");

        Assert.Equal("scenario:multi do the four steps", session.Summary.Title);
        Assert.Equal("scenario:multi do the four steps", session.Turns[0].Prompt);
        Assert.NotNull(session.Turns[0].Answer);
        Assert.All(Steps(session, StepKind.Model), step => Assert.NotNull(step.Output));
        Assert.All(Steps(session, StepKind.Tool), step => Assert.NotNull(step.Output));
    }

    private static IEnumerable<Step> Steps(Session session, StepKind kind) => session.Turns.SelectMany(turn => turn.Steps).Where(step => step.Kind == kind);

    private static async Task<Session> ReadAsync(string scenario) => Assert.Single(await ReadAllAsync(scenario));

    private static async Task<List<Session>> ReadAllAsync(string scenario)
    {
        var captured = SharedData.Scenarios("goose").Single(candidate => candidate.Name == scenario);
        await using var telemetry = new IndexedTelemetry();
        foreach (var batch in Captured.Batches(captured))
        {
            await telemetry.DeliverAsync(batch);
        }

        var sessions = new List<Session>();
        foreach (var summary in await telemetry.ListAsync())
        {
            sessions.Add((await telemetry.Index.ReadAsync(summary.Key, TestContext.Current.CancellationToken))!);
        }

        return sessions;
    }
}
