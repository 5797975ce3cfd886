using System.Net;
using System.Text.Json;
using Gander.Sessions;
using Gander.Sessions.Calls;

namespace Gander.Tests.Api.Models;

public sealed class ReadModelsTests
{
    private const string Hour = "start=2026-03-10T12:00:00Z&end=2026-03-10T13:00:00Z&buckets=10";

    [Fact]
    public async Task Quantiles_are_measured_values_of_answered_calls()
    {
        await using var server = await ApiServer.StartAsync();
        await SaveAsync(server, Some.Calls("a", [.. Enumerable.Range(1, 100).Select(i => Some.Call("2026-03-10T12:00Z", i)), Some.Call("2026-03-10T12:05Z", 900, status: StepStatus.Error)]));

        var models = await server.GetAsync($"/api/models?{Hour}");

        var line = Assert.Single(models.GetProperty("models").EnumerateArray());
        Assert.Equal(("gpt-4o", "openai", 101, 1), (line.GetProperty("model").GetString(), line.GetProperty("provider").GetString(), line.GetProperty("calls").GetInt32(), line.GetProperty("errors").GetInt32()));
        Assert.Equal("""{"count":100,"p50":50000,"p95":95000,"p99":99000,"max":100000,"sources":{"span":100,"reported":0,"derived":0}}""", line.GetProperty("durationMs").GetRawText());
        Assert.Equal(500, line.GetProperty("firstByteMs").GetProperty("p50").GetDouble());
        Assert.Equal(10_100, line.GetProperty("tokens").GetProperty("input").GetInt64());
        Assert.Equal(Math.Round(2_000 / 5_050.0, 3), line.GetProperty("outputTokensPerSecond").GetDouble());
        Assert.Equal(Canonical.Text(Without(line)), Canonical.Text(models.GetProperty("total")));
    }

    [Fact]
    public async Task Calls_count_in_the_bucket_of_their_start_and_only_in_the_range()
    {
        await using var server = await ApiServer.StartAsync();
        await SaveAsync(server, Some.Calls("a", Some.Call("2026-03-10T11:59:59Z", 9), Some.Call("2026-03-10T12:00Z", 1), Some.Call("2026-03-10T12:09Z", 3), Some.Call("2026-03-10T12:50Z", null), Some.Call("2026-03-10T13:00Z", 9)));

        var series = (await server.GetAsync($"/api/models?{Hour}")).GetProperty("series");

        Assert.Equal(600, series.GetProperty("stepSeconds").GetInt32());
        Assert.Equal("[2,0,0,0,0,1]", series.GetProperty("models")[0].GetProperty("calls").GetRawText());
        Assert.Equal("[1000,null,null,null,null,null]", series.GetProperty("models")[0].GetProperty("p50").GetRawText());
        Assert.Equal("[3000,null,null,null,null,null]", series.GetProperty("models")[0].GetProperty("p95").GetRawText());
    }

    [Fact]
    public async Task Calls_are_told_apart_by_what_is_asked_for()
    {
        await using var server = await ApiServer.StartAsync();
        await SaveAsync(
            server,
            Some.Calls("a", Some.Call(), Some.Call(name: "gpt-4o-mini"), Some.Call() with { Provider = "azure" }, Some.Call(name: "shell", kind: StepKind.Tool)),
            Some.Calls("b", Some.Call()) with { Agent = "codex", User = null });

        Assert.Equal(["gpt-4o openai 2", "gpt-4o azure 1", "gpt-4o-mini openai 1"], await LinesAsync(server, "", "model", "provider"));
        Assert.Equal(["goose dev 3", "codex  1"], await LinesAsync(server, "&by=agent&by=user", "agent", "user"));
        Assert.Equal(["goose 1"], await LinesAsync(server, "&by=agent&model=gpt-4o&provider=azure", "agent"));
        Assert.Equal(["codex 1"], await LinesAsync(server, "&by=agent&agent=codex", "agent"));
    }

    [Fact]
    public async Task Where_figures_come_from_is_told()
    {
        await using var server = await ApiServer.StartAsync();
        await SaveAsync(server, Some.Calls(
            "a",
            Some.Call() with { DurationProvenance = DurationProvenance.Derived, TokensSource = FigureSource.Log, ReportedCostUsd = 0.25m },
            Some.Call() with { DurationProvenance = DurationProvenance.Reported, TokensSource = FigureSource.Span },
            Some.Call() with { Tokens = null, Status = StepStatus.Unknown }));

        var line = (await server.GetAsync($"/api/models?{Hour}")).GetProperty("models")[0];

        Assert.Equal("""{"span":1,"reported":1,"derived":1}""", line.GetProperty("durationMs").GetProperty("sources").GetRawText());
        Assert.Equal("""{"span":1,"log":1,"metric":0,"derived":0,"mixed":0}""", line.GetProperty("tokensSources").GetRawText());
        Assert.Equal((2, 1, 0.25m), (line.GetProperty("callsWithTokens").GetInt32(), line.GetProperty("unknown").GetInt32(), line.GetProperty("reportedCostUsd").GetDecimal()));
    }

    [Fact]
    public async Task What_is_too_much_is_cut_and_said_so()
    {
        await using var server = await ApiServer.StartAsync(configure: options => options.MaxOverviewSessions = 3);
        await SaveAsync(server, [.. Enumerable.Range(0, 4).Select(i => Some.Calls($"s{i}"))]);

        var models = await server.GetAsync($"/api/models?{Hour}");

        Assert.True(models.GetProperty("sessionsCut").GetBoolean());
        Assert.Equal(3, models.GetProperty("total").GetProperty("calls").GetInt32());
    }

    [Theory]
    [InlineData("by=modle", "by")]
    [InlineData("buckets=1", "buckets")]
    [InlineData("start=now&end=now-1h", "end")]
    [InlineData("tool=shell", "tool")]
    public async Task A_mistake_is_refused(string query, string parameter)
    {
        await using var server = await ApiServer.StartAsync();

        Assert.Equal(parameter, (await server.ErrorAsync($"/api/models?{query}", HttpStatusCode.BadRequest)).Parameter);
    }

    [Fact]
    public async Task Without_calls_everything_is_empty()
    {
        await using var server = await ApiServer.StartAsync();

        var models = await server.GetAsync("/api/models");

        Assert.Equal(0, models.GetProperty("models").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, models.GetProperty("total").GetProperty("durationMs").ValueKind);
    }

    private static Task SaveAsync(ApiServer server, params SessionCalls[] sessions) => server.Store.Sessions.SaveAsync(
        [.. sessions.Select(session => Some.Session(session.Key, "2026-03-10T11:50Z", "2026-03-10T13:10Z", session.Agent, session.User))], sessions, [], [], default, TestContext.Current.CancellationToken);

    private static async Task<IEnumerable<string>> LinesAsync(ApiServer server, string query, params string[] members) =>
        (await server.GetAsync($"/api/models?{Hour}{query}")).GetProperty("models").EnumerateArray()
            .Select(line => string.Join(' ', members.Select(member => line.GetProperty(member).GetString()).Append(line.GetProperty("calls").GetRawText()))).ToList();

    private static JsonElement Without(JsonElement line) => JsonSerializer.SerializeToElement(
        line.EnumerateObject().Where(member => member.Name is not ("model" or "provider")).ToDictionary(member => member.Name, member => member.Value));
}
