using System.Net;
using Gander.Sessions;
using Gander.Stores;

namespace Gander.Tests.Api.Sessions;

public sealed class ListSessionsTests
{
    [Fact]
    public async Task A_session_has_every_member_of_the_contract()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Store.Sessions.SaveAsync([Full()], [], new FoldProgress(1, 1), TestContext.Current.CancellationToken);

        var list = await server.GetAsync("/api/sessions");

        Assert.Equal(
            """
            {"sessions":[{"key":"goose~dev~demo-host~20261122_9","id":"20261122_9","agent":"goose","agentVersion":"1.52.0","user":"dev","account":null,"team":null,"host":"demo-host","repository":null,"project":null,"start":"2026-03-10T12:00:00.000000001Z","end":"2026-03-10T12:00:01.566000001Z","durationMs":1566,"status":"error","exit":"normal","title":"fix the \u003Cflaky\u003E test \u2014 \u2603","models":["gpt-4o"],"providers":["openai"],"modelUses":[],"turnCount":1,"modelCalls":3,"modelErrors":1,"toolCalls":3,"toolFailures":2,"toolDenials":0,"toolFailuresKnown":true,"tools":[{"name":"shell","calls":2,"failures":1,"denials":0,"mcpServer":null},{"name":"edit","calls":1,"failures":1,"denials":0,"mcpServer":null}],"tokens":{"input":4440,"output":93,"cacheRead":10,"cacheWrite":20,"cacheWrite5m":0,"cacheWrite1h":0,"reasoning":30,"total":4533},"tokensProvenance":"reported","cost":{"usd":0.25,"provenance":"priced","reportedUsd":null,"pricedUsd":0.25,"unpricedTokens":7,"priceTable":"2026-11-23"},"changes":{"linesAdded":null,"linesRemoved":null,"commits":null,"pullRequests":null},"waitMs":null,"activeUserMs":null,"activeAgentMs":null,"provenance":{"tokens":"unknown","cost":"unknown","duration":"unknown","outcome":"unknown"},"differences":[],"missing":[{"what":"tool outcome","why":"message content is not captured","fix":"OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true"},{"what":"end","why":"the process was killed","fix":null}],"parent":null,"children":["child"]}],"nextCursor":null,"current":true}
            """,
            System.Text.Json.JsonSerializer.Serialize(list));
    }

    [Fact]
    public async Task What_is_not_known_is_null_and_lists_are_never_null()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Store.Sessions.SaveAsync([Some.Session(user: null)], [], default, TestContext.Current.CancellationToken);

        var session = (await server.GetAsync("/api/sessions")).GetProperty("sessions")[0];

        Assert.All(["agentVersion", "user", "team", "host", "exit", "title", "parent"], name => Assert.Equal(System.Text.Json.JsonValueKind.Null, session.GetProperty(name).ValueKind));
        Assert.All(["models", "providers", "tools", "missing", "children"], name => Assert.Equal(0, session.GetProperty(name).GetArrayLength()));
        Assert.Equal("""{"usd":null,"provenance":"unpriced","reportedUsd":null,"pricedUsd":null,"unpricedTokens":0,"priceTable":null}""", session.GetProperty("cost").GetRawText());
        Assert.False(session.TryGetProperty("turns", out _));
    }

    [Theory]
    [InlineData("agent=goose", "a c")]
    [InlineData("user=ann", "b")]
    [InlineData("status=running", "c")]
    [InlineData("start=2026-03-10T11:30:00Z", "c b")]
    [InlineData("end=2026-03-10T11:30:00Z", "b a")]
    [InlineData("start=now-90m&end=now-61m", "c b")]
    [InlineData("agent=goose&status=ok", "a")]
    public async Task Filters_must_all_hold(string filters, string keys)
    {
        await using var server = await ApiServer.StartAsync();
        await server.Store.Sessions.SaveAsync(
            [
                Some.Session("a", "2026-03-10T10:00Z", "2026-03-10T10:10Z"),
                Some.Session("b", "2026-03-10T11:00Z", "2026-03-10T11:40Z", agent: "claude-code", user: "ann"),
                Some.Session("c", "2026-03-10T11:50Z", "2026-03-10T12:00Z") with { Status = SessionStatus.Running },
            ],
            [],
            default,
            TestContext.Current.CancellationToken);

        var list = await server.AllPagesAsync($"/api/sessions?{filters}", "sessions");

        Assert.Equal(keys.Split(' ').Order(), list.Select(session => session.GetProperty("key").GetString()).Order());
    }

    [Fact]
    public async Task Pages_together_are_the_list_while_new_sessions_arrive()
    {
        await using var server = await ApiServer.StartAsync();
        var sessions = Enumerable.Range(0, 23).Select(i => Some.Session($"k{i:00}", $"2026-03-10T10:{i / 3:00}Z")).ToList();
        await server.Store.Sessions.SaveAsync(sessions, [], default, TestContext.Current.CancellationToken);
        var late = 0;

        var listed = await server.AllPagesAsync("/api/sessions?limit=4", "sessions", () =>
            server.Store.Sessions.SaveAsync([Some.Session($"new{late++}", "2026-03-10T12:00Z")], [], default, TestContext.Current.CancellationToken));

        Assert.Equal(
            sessions.OrderByDescending(session => session.StartNanos).ThenBy(session => session.Key, StringComparer.Ordinal).Select(session => session.Key),
            listed.Select(session => session.GetProperty("key").GetString()));
    }

    [Theory]
    [InlineData("agnet=goose", "unknown_parameter", "agnet", "agent")]
    [InlineData("status=Error", "bad_parameter", "status", "ok, error")]
    [InlineData("limit=5000", "bad_parameter", "limit", "1 to 1000")]
    [InlineData("start=1795341600250", "bad_parameter", "start", "milliseconds")]
    [InlineData("cursor=x", "bad_cursor", "cursor", "nextCursor")]
    [InlineData("agent=a&agent=b", "bad_parameter", "agent", "once")]
    public async Task A_mistake_is_refused_with_advice(string query, string code, string parameter, string advice)
    {
        await using var server = await ApiServer.StartAsync();

        var error = await server.ErrorAsync($"/api/sessions?{query}", HttpStatusCode.BadRequest);

        Assert.Equal((code, parameter), (error.Code, error.Parameter));
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
    }

    private static SessionSummary Full() => Some.Session() with
    {
        Key = "goose~dev~demo-host~20261122_9",
        Id = "20261122_9",
        AgentVersion = "1.52.0",
        Host = "demo-host",
        StartNanos = Some.Instant("2026-03-10T12:00Z") + 1,
        EndNanos = Some.Instant("2026-03-10T12:00Z") + 1_566_000_001,
        Status = SessionStatus.Error,
        Exit = "normal",
        Title = "fix the <flaky> test — ☃",
        Models = ["gpt-4o"],
        Providers = ["openai"],
        TurnCount = 1,
        ModelCalls = 3,
        ModelErrors = 1,
        ToolCalls = 3,
        ToolFailures = 2,
        ToolFailuresKnown = true,
        Tools = [new ToolUse("shell", 2, 1), new ToolUse("edit", 1, 1)],
        Tokens = new TokenUsage(4440, 93, 10, 20, 30),
        TokensProvenance = "reported",
        CostUsd = 0.25m,
        CostProvenance = "priced",
        PricedCostUsd = 0.25m,
        UnpricedTokens = 7,
        PriceTable = "2026-11-23",
        Missing = [new MissingPart("tool outcome", "message content is not captured", "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true"), new MissingPart("end", "the process was killed", null)],
        Children = ["child"],
    };
}
