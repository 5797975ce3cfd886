using Gander.Sessions;

namespace Gander.Tests.Sessions.Agents;

/// <summary>Gander's own agent, which keeps goose's names and says more than goose does.</summary>
public sealed class GanderAgentTests
{
    [Fact]
    public void Durations_and_failures_are_true_side_calls_count_and_nothing_is_missing()
    {
        var run = new GooseRun(sdk: "dotnet");
        var reply = run.Span("reply", 0, 100, attributes: [("gen_ai.operation.name", "invoke_agent"), ("user_message", "hello"), ("gen_ai.usage.input_tokens", 25), ("gen_ai.usage.output_tokens", 4)]);
        var loop = run.Span("reply_stream", 1, 100, reply, attributes: [("gen_ai.operation.name", "invoke_agent")]);
        run.ModelCall(2, 12, loop);
        run.Span("dispatch_tool_call", 20, 50, loop, status: 2, attributes: [("gen_ai.operation.name", "execute_tool"), ("gen_ai.tool.name", "shell"), ("error.type", "tool_error")]);
        run.ModelCall(60, 70, loop);
        run.Span("complete", 80, 90, reply, attributes: [("gen_ai.operation.name", "chat"), ("goose.chat.purpose", "session_title"), ("gen_ai.provider.name", "openai"), ("gen_ai.request.model", "gpt-4o"), ("gen_ai.usage.input_tokens", 5), ("gen_ai.usage.output_tokens", 2)]);
        run.Log(0, "Session started", ("session.id", "20260310_1"), ("monotonic_counter.goose.session_starts", 1), ("session_type", "run"));
        run.Log(101, "Session completed", ("session.id", "20260310_1"), ("monotonic_counter.goose.session_completions", 1), ("session_type", "run"), ("exit_type", "normal"), ("duration_ms", 101L));

        var session = Assert.Single(Folding.All(run.Batches()));

        var tool = Assert.Single(session.Turns.SelectMany(turn => turn.Steps), step => step.Kind == StepKind.Tool);
        Assert.Equal((30_000_000L, DurationProvenance.Span, StepStatus.Error), (tool.DurationNanos, tool.DurationProvenance, tool.Status));
        Assert.Equal((1, 3, 25L, 4L), (session.Summary.TurnCount, session.Summary.ModelCalls, session.Summary.Tokens.Input, session.Summary.Tokens.Output));
        Assert.Equal(("normal", SessionStatus.Ok), (session.Summary.Exit, session.Summary.Status));
        Assert.Empty(session.Summary.Missing);
    }
}
