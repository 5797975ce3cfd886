using System.Net;
using System.Text.Json;
using Gander.Sessions;
using Gander.Telemetry;

namespace Gander.Tests.Api.Sessions;

public sealed class ReadSessionTests
{
    [Fact]
    public async Task Turns_and_steps_have_every_member_of_the_contract()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Store.Sessions.SaveAsync([Some.Session("k~1")], [], default, TestContext.Current.CancellationToken);
        server.Sessions.Turns["k~1"] = [FirstTurn()];

        var session = await server.GetAsync("/api/sessions/k~1");

        Assert.Equal("k~1", session.GetProperty("key").GetString());
        Assert.Equal(
            """
            [{"index":0,"start":"2026-03-10T12:00:00.000000000Z","durationMs":2500.000001,"status":"interrupted","traceId":"00000000000a11ce0000000000000001","prompt":"do it","answer":null,"error":"stopped","tokens":{"input":0,"output":0,"cacheRead":0,"cacheWrite":0,"cacheWrite5m":0,"cacheWrite1h":0,"reasoning":0,"total":0},"reportedUsd":null,"waitMs":null,"provenance":{"tokens":"unknown","cost":"unknown","duration":"unknown","outcome":"unknown"},"steps":[{"kind":"model","name":"gpt-4o","start":"2026-03-10T12:00:00.000000001Z","durationMs":1500,"durationProvenance":"derived","firstByteMs":0.25,"status":"ok","error":null,"tokens":{"input":100,"output":20,"cacheRead":50,"cacheWrite":0,"cacheWrite5m":0,"cacheWrite1h":0,"reasoning":5,"total":120},"reportedUsd":null,"pricedUsd":null,"attempts":null,"callId":null,"agent":null,"mcpServer":null,"waitMs":null,"decidedBy":null,"changes":{"linesAdded":null,"linesRemoved":null,"commits":null,"pullRequests":null},"provenance":{"tokens":"unknown","cost":"unknown","duration":"derived","outcome":"unknown"},"input":"[]","output":"\u003Cb\u003E","sessionKey":null,"traceId":"00000000000a11ce0000000000000001","spanId":"0000000000000007"},{"kind":"subagent","name":"delegate","start":"2026-03-10T12:00:00.000000002Z","durationMs":null,"durationProvenance":"unknown","firstByteMs":null,"status":"denied","error":"no","tokens":null,"reportedUsd":null,"pricedUsd":null,"attempts":null,"callId":null,"agent":null,"mcpServer":null,"waitMs":null,"decidedBy":null,"changes":{"linesAdded":null,"linesRemoved":null,"commits":null,"pullRequests":null},"provenance":{"tokens":"unknown","cost":"unknown","duration":"unknown","outcome":"unknown"},"input":null,"output":null,"sessionKey":"k~2","traceId":null,"spanId":null}]}]
            """,
            JsonSerializer.Serialize(session.GetProperty("turns")));
    }

    [Fact]
    public async Task A_large_session_comes_whole()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Store.Sessions.SaveAsync([Some.Session("k~1")], [], default, TestContext.Current.CancellationToken);
        var text = new string('☃', 20_000);
        var step = FirstTurn().Steps[0] with { Input = text };
        server.Sessions.Turns["k~1"] = [.. Enumerable.Range(0, 3).Select(turn => FirstTurn() with { Index = turn, Steps = [.. Enumerable.Repeat(step, 50)] })];

        var session = await server.GetAsync("/api/sessions/k~1");

        Assert.All(session.GetProperty("turns").EnumerateArray().SelectMany(turn => turn.GetProperty("steps").EnumerateArray()), found => Assert.Equal(text, found.GetProperty("input").GetString()));
    }

    [Theory]
    [InlineData("/api/sessions/nobody", HttpStatusCode.NotFound, "not_found", "'nobody'")]
    [InlineData("/api/sessions/k?turns=1", HttpStatusCode.BadRequest, "unknown_parameter", "turns")]
    public async Task A_mistake_is_refused_with_advice(string path, HttpStatusCode status, string code, string advice)
    {
        await using var server = await ApiServer.StartAsync();

        var error = await server.ErrorAsync(path, status);

        Assert.Equal(code, error.Code);
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
    }

    private static Turn FirstTurn() => new()
    {
        Index = 0,
        StartNanos = Some.Instant("2026-03-10T12:00Z"),
        EndNanos = Some.Instant("2026-03-10T12:00Z") + 2_500_000_001,
        Status = SessionStatus.Interrupted,
        TraceId = Some.TraceId(),
        Prompt = "do it",
        Error = "stopped",
        Steps =
        [
            new Step
            {
                Kind = StepKind.Model, Name = "gpt-4o", StartNanos = Some.Instant("2026-03-10T12:00Z") + 1, DurationNanos = 1_500_000_000, DurationProvenance = DurationProvenance.Derived,
                FirstByteNanos = 250_000, Status = StepStatus.Ok, Tokens = new TokenUsage(100, 20, 50, 0, 5), Input = "[]", Output = "<b>", TraceId = Some.TraceId(), SpanId = new SpanId(7),
            },
            new Step { Kind = StepKind.Subagent, Name = "delegate", StartNanos = Some.Instant("2026-03-10T12:00Z") + 2, Status = StepStatus.Denied, Error = "no", SessionKey = "k~2" },
        ],
    };
}
