using System.Net;
using Gander.Sessions;

namespace Gander.Tests.Api.Overview;

public sealed class ReadOverviewTests
{
    [Fact]
    public async Task Sessions_are_added_up_where_they_start()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Store.Sessions.SaveAsync(
            [
                Session("before", "2026-03-10T11:50Z", "2026-03-10T12:10Z", SessionStatus.Ok),
                Session("a", "2026-03-10T12:00Z", "2026-03-10T12:01Z", SessionStatus.Ok) with { CostUsd = 0.5m, ToolFailuresKnown = true },
                Session("b", "2026-03-10T12:09Z", "2026-03-10T12:30Z", SessionStatus.Error),
                Session("c", "2026-03-10T12:59Z", "2026-03-10T13:30Z", SessionStatus.Running),
                Session("after", "2026-03-10T13:00Z", "2026-03-10T13:30Z", SessionStatus.Running),
            ],
            [],
            default,
            TestContext.Current.CancellationToken);

        var overview = await server.GetAsync("/api/overview?start=2026-03-10T12:00:00Z&end=2026-03-10T13:00:00Z&buckets=10");

        Assert.Equal("""{"active":4,"started":3,"unknown":0,"ok":1,"error":1,"interrupted":0,"running":1}""", overview.GetProperty("sessions").GetRawText());
        Assert.Equal("""{"input":300,"output":60,"cacheRead":30,"cacheWrite":6,"cacheWrite5m":0,"cacheWrite1h":0,"reasoning":3,"total":360}""", overview.GetProperty("tokens").GetRawText());
        Assert.Equal("""{"modelCalls":9,"modelErrors":3,"toolCalls":12,"toolFailures":6}""", overview.GetProperty("calls").GetRawText());
        Assert.Equal("""{"usd":0.5,"unpricedSessions":2}""", overview.GetProperty("cost").GetRawText());
        Assert.Equal(2, overview.GetProperty("sessionsWithUnknownToolFailures").GetInt32());
        Assert.Equal("""[{"name":"shell","calls":12,"failures":6}]""", overview.GetProperty("tools").GetRawText());
        Assert.Equal("""[{"agent":"goose","sessions":3}]""", overview.GetProperty("agents").GetRawText());
        var series = overview.GetProperty("series");
        Assert.Equal(600, series.GetProperty("stepSeconds").GetInt32());
        Assert.Equal(Enumerable.Range(0, 6).Select(i => (Some.Instant("2026-03-10T12:00Z") / 1_000_000_000) + (i * 600)), series.GetProperty("t").EnumerateArray().Select(t => t.GetInt64()));
        Assert.Equal("[200,0,0,0,0,100]", series.GetProperty("tokens").GetProperty("v")[0].GetRawText());
        Assert.Equal("[1,0,0,0,0,0]", series.GetProperty("sessions").GetProperty("v")[1].GetRawText());
    }

    [Fact]
    public async Task Lengths_of_sessions_that_are_over_are_told_with_the_longest_and_those_that_went_wrong()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Store.Sessions.SaveAsync(
            [
                Session("a", "2026-03-10T12:00Z", "2026-03-10T12:01Z", SessionStatus.Ok),
                Session("b", "2026-03-10T12:01Z", "2026-03-10T12:31Z", SessionStatus.Error),
                Session("c", "2026-03-10T12:02Z", "2026-03-10T12:04Z", SessionStatus.Interrupted),
                Session("runs", "2026-03-10T12:03Z", "2026-03-10T12:59Z", SessionStatus.Running),
            ],
            [],
            default,
            TestContext.Current.CancellationToken);

        var lengths = (await server.GetAsync("/api/overview?start=2026-03-10T12:00:00Z&end=2026-03-10T13:00:00Z")).GetProperty("sessionLengths");

        Assert.Equal((3, 120_000, 1_800_000), (lengths.GetProperty("count").GetInt32(), lengths.GetProperty("p50").GetInt32(), lengths.GetProperty("max").GetInt32()));
        Assert.Equal("[10000,30000,60000,300000,900000,3600000,14400000,86400000]", lengths.GetProperty("upToMs").GetRawText());
        Assert.Equal("[0,0,1,1,0,1,0,0,0]", lengths.GetProperty("sessions").GetRawText());
        Assert.Equal(["b", "c", "a"], lengths.GetProperty("longest").EnumerateArray().Select(session => session.GetProperty("key").GetString()));
        Assert.Equal(["c", "b"], lengths.GetProperty("abnormal").EnumerateArray().Select(session => session.GetProperty("key").GetString()));
    }

    [Fact]
    public async Task Models_are_measured_by_the_spans_of_answered_calls()
    {
        await using var server = await ApiServer.StartAsync();
        var spans = Enumerable.Range(1, 100).Select(i => Call("stream_response_from_provider", i))
            .Append(Call("chat", 5_000))
            .Append(Call("chat", 9_000) with { Attributes = Some.Attributes(("gen_ai.operation.name", "chat"), ("gen_ai.request.model", "gpt-4o"), ("error.type", "server")) });
        await server.Store.Spans.WriteAsync([Some.SpanBatch(spans)], TestContext.Current.CancellationToken);

        var overview = await server.GetAsync("/api/overview");

        Assert.Equal(
            """[{"model":"gpt-4o","firstByteMs":{"count":100,"p50":50,"p95":95},"wholeMs":{"count":1,"p50":5000,"p95":5000}}]""",
            overview.GetProperty("models").GetRawText());
        Assert.False(overview.GetProperty("modelSpansCut").GetBoolean());
    }

    [Fact]
    public async Task What_is_too_much_is_cut_and_said_so()
    {
        await using var server = await ApiServer.StartAsync(configure: options => (options.MaxOverviewSessions, options.MaxScannedSpans) = (3, 10));
        await server.Store.Sessions.SaveAsync([.. Enumerable.Range(0, 4).Select(i => Session($"s{i}", "2026-03-10T12:00Z", "2026-03-10T12:01Z", SessionStatus.Ok))], [], default, TestContext.Current.CancellationToken);
        await server.Store.Spans.WriteAsync([Some.SpanBatch(Enumerable.Range(0, 11).Select(i => Call("chat", i)))], TestContext.Current.CancellationToken);

        var overview = await server.GetAsync("/api/overview");

        Assert.True(overview.GetProperty("sessionsCut").GetBoolean());
        Assert.True(overview.GetProperty("modelSpansCut").GetBoolean());
        Assert.Equal(3, overview.GetProperty("sessions").GetProperty("started").GetInt32());
    }

    [Theory]
    [InlineData("start=0")]
    [InlineData("start=-9223372036854775808&end=9223372036854775807&buckets=10")]
    [InlineData("start=now-1s&buckets=500")]
    [InlineData("end=-9223372036854775807")]
    public async Task Any_range_has_at_most_as_many_buckets_as_asked_for(string query)
    {
        await using var server = await ApiServer.StartAsync();

        var series = (await server.GetAsync($"/api/overview?{query}")).GetProperty("series");

        Assert.InRange(series.GetProperty("t").GetArrayLength(), 1, query.Contains("=10", StringComparison.Ordinal) ? 10 : 500);
        Assert.All(series.GetProperty("tokens").GetProperty("v").EnumerateArray(), column => Assert.Equal(series.GetProperty("t").GetArrayLength(), column.GetArrayLength()));
    }

    [Theory]
    [InlineData("start=now&end=now", "end")]
    [InlineData("buckets=9", "buckets")]
    [InlineData("agent=goose", "agent")]
    public async Task A_mistake_is_refused(string query, string parameter)
    {
        await using var server = await ApiServer.StartAsync();

        Assert.Equal(parameter, (await server.ErrorAsync($"/api/overview?{query}", HttpStatusCode.BadRequest)).Parameter);
    }

    private static SessionSummary Session(string key, string start, string end, SessionStatus status) => Some.Session(key, start, end) with
    {
        Status = status,
        Tokens = new TokenUsage(100, 20, 10, 2, 1),
        ModelCalls = 3,
        ModelErrors = 1,
        ToolCalls = 4,
        ToolFailures = 2,
        Tools = [new ToolUse("shell", 4, 2)],
    };

    private static Gander.Tests.Stores.SpanRecord Call(string name, long millis) =>
        Some.Span(name, durationNanos: millis * 1_000_000, attributes: [("gen_ai.operation.name", "chat"), ("gen_ai.request.model", "gpt-4o"), ("gen_ai.response.model", "gpt-4o-2024")]);
}
