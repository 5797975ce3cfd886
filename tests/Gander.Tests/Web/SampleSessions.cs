using Gander.Sessions;
using Gander.Sessions.Calls;
using Gander.Stores;
using Gander.Web;

namespace Gander.Tests.Web;

/// <summary>Sessions in a list, for tests of pages that are not about folding.</summary>
public sealed class SampleSessions(params IReadOnlyList<Session> sessions) : ISessionSource
{
    private const long Second = 1_000_000_000;

    public Task<bool> FreshenAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<IReadOnlyList<SessionSummary>> ListAsync(SessionQuery query, CancellationToken cancellationToken)
    {
        IEnumerable<SessionSummary> found =
            from session in sessions
            let summary = session.Summary
            where query.Range is not { } range || range.Overlaps(new(summary.StartNanos, summary.EndNanos + 1))
            where query.Agent is null || summary.Agent == query.Agent
            where query.User is null || summary.User == query.User
            where query.Status is null || summary.Status.ToString().Equals(query.Status, StringComparison.OrdinalIgnoreCase)
            where query.After is not { } after || summary.StartNanos < after.StartNanos
            orderby summary.StartNanos descending
            select summary;
        return Task.FromResult<IReadOnlyList<SessionSummary>>([.. found.Take(query.Limit)]);
    }

    public async Task<IReadOnlyList<SessionCalls>> ListCallsAsync(SessionQuery query, CancellationToken cancellationToken) =>
        [.. (await ListAsync(query, cancellationToken)).Select(summary => SessionCalls.Of(sessions.First(session => session.Summary == summary)))];

    public Task<Session?> ReadAsync(string key, CancellationToken cancellationToken) =>
        Task.FromResult(sessions.FirstOrDefault(session => session.Summary.Key == key));

    /// <summary>A session with everything a page can show: three turns, failures, a subagent, an hour of waiting.</summary>
    public static Session Rich(long startNanos)
    {
        var first = new Turn
        {
            Index = 0, StartNanos = startNanos, EndNanos = startNanos + (42 * Second), Status = SessionStatus.Ok, TraceId = Some.TraceId(1),
            Prompt = "Fix the flaky retry test.\nIt fails about once in ten runs; find out why before you change anything.",
            Answer = "The test raced the clock. It now passes its own TimeProvider.",
            Steps =
            [
                Model(startNanos + (Second / 2), 3.1, 12_840, 213, "I'll look at the test first.", "shell"),
                Tool("shell", startNanos + (4 * Second), 1.4, StepStatus.Error, """{"command":"dotnet test --filter Retry"}""", """{"status":"error","value":{"content":[{"type":"text","text":"failed"}],"structuredContent":{"stdout":"Failed Retry_waits_between_attempts [31 ms]\n  Expected: 3\n  Actual:   2","stderr":"Test Run Failed.","exit_code":1},"isError":true}}"""),
                Model(startNanos + (6 * Second), 5.2, 14_102, 488, "The assertion depends on wall-clock time. I will inject a clock.", "edit"),
                Tool("edit", startNanos + (12 * Second), 0.012, StepStatus.Ok, """{"path":"tests/RetryTests.cs","before":"var retry = new Retry();","after":"var retry = new Retry(time);"}""", """{"content":[{"type":"text","text":"Edited tests/RetryTests.cs (1 lines -> 1 lines)"}]}"""),
                Tool("github__create_issue", startNanos + (14 * Second), 0.9, StepStatus.Unknown, """{"title":"Audit other tests for wall-clock time","labels":["tests"]}""", null),
                Tool("shell", startNanos + (20 * Second), 12.4, StepStatus.Ok, """{"command":"dotnet test"}""", """{"structuredContent":{"stdout":"Passed! - Failed: 0, Passed: 214","stderr":"","exit_code":0}}"""),
                Model(startNanos + (34 * Second), 4.4, 16_377, 140, "The test raced the clock. It now passes its own TimeProvider.", null),
            ],
        };
        var later = startNanos + (3_600 * Second);
        var second = new Turn
        {
            Index = 1, StartNanos = later, EndNanos = later + (95 * Second), Status = SessionStatus.Error, TraceId = Some.TraceId(2), Prompt = "Now review the whole folder for the same mistake.", Error = "Rate limit exceeded: 429 Too Many Requests",
            Steps =
            [
                Model(later + Second, 2.2, 17_020, 96, "I'll hand the search to a subagent.", "delegate"),
                new Step { Kind = StepKind.Subagent, Name = "Delegated Task", StartNanos = later + (4 * Second), DurationNanos = 60 * Second, DurationProvenance = DurationProvenance.Span, Status = StepStatus.Ok, SessionKey = "goose~child", Input = """{"instructions":"List tests that read the clock"}""", Output = "Found 4 tests.", TraceId = Some.TraceId(2), SpanId = new(7) },
                new Step { Kind = StepKind.Wait, Name = "approval", StartNanos = later + (65 * Second), DurationNanos = 20 * Second, DurationProvenance = DurationProvenance.Derived, Status = StepStatus.Ok },
                Tool("write", later + (86 * Second), 0.01, StepStatus.Denied, """{"path":"/etc/hosts","content":"127.0.0.1 x"}""", null),
                new Step { Kind = StepKind.Model, Name = "gpt-4o", StartNanos = later + (88 * Second), DurationNanos = 7 * Second, Status = StepStatus.Error, Error = "Rate limit exceeded: 429 Too Many Requests", TraceId = Some.TraceId(2), SpanId = new(9) },
            ],
        };
        var last = later + (200 * Second);
        var third = new Turn
        {
            Index = 2, StartNanos = last, EndNanos = last + (3 * Second), Status = SessionStatus.Interrupted, TraceId = Some.TraceId(3),
            Steps = [new Step { Kind = StepKind.Model, Name = "gpt-4o-mini", StartNanos = last + Second, FirstByteNanos = 800_000_000, DurationProvenance = DurationProvenance.Unknown, Status = StepStatus.Interrupted, TraceId = Some.TraceId(3), SpanId = new(10) }],
        };
        return new(
            new SessionSummary
            {
                Key = "goose~dev~demo-host~20261122_9", Id = "20261122_9", EmitterId = 1, Agent = "goose", AgentVersion = "1.52.0", User = "dev", Team = "platform", Host = "demo-host",
                StartNanos = startNanos, EndNanos = third.EndNanos, Status = SessionStatus.Interrupted, Title = "Fix the flaky retry test.", Models = ["gpt-4o", "gpt-4o-mini"], Providers = ["openai"],
                TurnCount = 3, ModelCalls = 6, ModelErrors = 1, ToolCalls = 6, ToolFailures = 1, ToolFailuresKnown = false,
                Tools = [new("shell", 2, 1), new("edit", 1, 0), new("github__create_issue", 1, 0), new("write", 1, 0), new("delegate", 1, 0)],
                Tokens = new(60_339, 937, 41_216, 0, 0), TokensProvenance = "reported", Children = ["goose~child"],
                Missing = [new("tool outcome", "One tool did not say whether it failed.", null), new("prompt text", "Message content of the last turn is not captured.", "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true")],
            },
            [first, second, third]);
    }

    /// <summary>A session of one text that stands wherever telemetry can put text.</summary>
    public static Session Of(string text, long startNanos, string? prompt = null) => new(
        new SessionSummary
        {
            Key = "one", Id = text, EmitterId = 1, Agent = text, AgentVersion = text, User = text, Team = text, Host = text, StartNanos = startNanos, EndNanos = startNanos + Second, Status = SessionStatus.Ok, Exit = text, Title = text,
            Models = [text], Providers = [text], TurnCount = 1, ModelCalls = 1, ToolCalls = 1, Tools = [new(text, 1, 1)], Tokens = new(1, 1, 0, 0, 0), TokensProvenance = text, CostProvenance = text, CostUsd = 1, Missing = [new(text, text, text)], Children = [text], Parent = text,
        },
        [
            new Turn
            {
                Index = 0, StartNanos = startNanos, EndNanos = startNanos + Second, Status = SessionStatus.Error, Prompt = prompt ?? text, Answer = text, Error = text, TraceId = Some.TraceId(1),
                Steps =
                [
                    Model(startNanos, 1, 1, 1, text, text), Tool(text, startNanos, 1, StepStatus.Error, text, text) with { Error = text, SessionKey = text },
                    Tool(text, startNanos, 1, StepStatus.Error, System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { [text] = text, ["command"] = text }), System.Text.Json.JsonSerializer.Serialize(new { structuredContent = new { stdout = text, stderr = text } })),
                ],
            },
        ]);

    private static Step Model(long startNanos, double seconds, long input, long output, string said, string? tool) => new()
    {
        Kind = StepKind.Model, Name = "gpt-4o", StartNanos = startNanos, DurationNanos = (long)(seconds * Second), DurationProvenance = DurationProvenance.Derived, FirstByteNanos = (long)(seconds * Second / 4),
        Status = StepStatus.Ok, Tokens = new(input, output, input * 3 / 4, 0, 0), TraceId = Some.TraceId(1), SpanId = new((ulong)startNanos | 1),
        Input = """[{"role":"user","parts":[{"type":"text","content":"Fix the flaky retry test."}]}]""",
        Output = System.Text.Json.JsonSerializer.Serialize(new object[]
        {
            new
            {
                role = "assistant",
                parts = new object?[] { new { type = "reasoning", content = "A test that fails sometimes depends on time, order or luck." }, new { type = "text", content = said }, tool is null ? null : new { type = "tool_call", name = tool, id = "call_1" } }.Where(part => part is not null).ToArray(),
            },
        }),
    };

    private static Step Tool(string name, long startNanos, double seconds, StepStatus status, string? input, string? output) => new()
    {
        Kind = StepKind.Tool, Name = name, StartNanos = startNanos, DurationNanos = (long)(seconds * Second), DurationProvenance = DurationProvenance.Derived, Status = status, Input = input, Output = output,
        TraceId = Some.TraceId(1), SpanId = new((ulong)startNanos | 1),
    };
}
