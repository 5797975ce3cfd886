using System.Net;
using System.Text.Json;
using Gander.Sessions;
using Gander.Sessions.Calls;

namespace Gander.Tests.Api.Tools;

public sealed class ReadToolsTests
{
    private const string Hour = "start=2026-03-10T12:00:00Z&end=2026-03-10T13:00:00Z&buckets=10";

    [Fact]
    public async Task Outcomes_are_told_apart_and_durations_leave_waiting_out()
    {
        await using var server = await ApiServer.StartAsync();
        await SaveAsync(server, Some.Calls(
            "a",
            Tool("shell", StepStatus.Ok, 3) with { WaitNanos = 1_000_000_000 }, Tool("shell", StepStatus.Error, 9, "exit code 1"), Tool("shell", StepStatus.Unknown, 5),
            Tool("shell", StepStatus.Denied, 60, "denied by user"), Tool("shell", StepStatus.Interrupted, 90), Some.Call()));

        var tools = await server.GetAsync($"/api/tools?{Hour}");

        var line = Assert.Single(tools.GetProperty("tools").EnumerateArray());
        Assert.Equal(
            ("shell", 5, 1, 1, 1, 1),
            (line.GetProperty("tool").GetString(), line.GetProperty("calls").GetInt32(), line.GetProperty("failures").GetInt32(), line.GetProperty("denials").GetInt32(), line.GetProperty("interrupted").GetInt32(), line.GetProperty("unknown").GetInt32()));
        Assert.Equal((3, 5_000, 9_000, 1_000), (Measured(line, "count"), Measured(line, "p50"), Measured(line, "max"), line.GetProperty("waitMs").GetInt32()));
        Assert.Equal("[5,0,0,0,0,0]", tools.GetProperty("series").GetProperty("tools")[0].GetProperty("calls").GetRawText());
        Assert.Equal("[2,0,0,0,0,0]", tools.GetProperty("series").GetProperty("tools")[0].GetProperty("failures").GetRawText());
    }

    [Fact]
    public async Task Errors_that_read_alike_are_one_with_the_latest_as_example()
    {
        await using var server = await ApiServer.StartAsync();
        await SaveAsync(
            server,
            Some.Calls("a", Tool("shell", StepStatus.Error, 1, "exit code 1 in /tmp/a"), Tool("shell", StepStatus.Error, 1), Tool("edit", StepStatus.Error, 1, "no such file")),
            Some.Calls("b", Tool("shell", StepStatus.Error, 1, "exit code 2 in /tmp/b", "2026-03-10T12:30Z") with { Turn = 3, Step = 4 }));

        var total = (await server.GetAsync($"/api/tools?{Hour}")).GetProperty("total");

        var errors = total.GetProperty("errors");
        Assert.Equal(["exit code <n> in <path>", "no such file"], errors.EnumerateArray().Select(error => error.GetProperty("template").GetString()));
        Assert.Equal((2, "exit code 2 in /tmp/b", "b", 3, 4), (errors[0].GetProperty("calls").GetInt32(), errors[0].GetProperty("example").GetString(), errors[0].GetProperty("sessionKey").GetString(), errors[0].GetProperty("turn").GetInt32(), errors[0].GetProperty("step").GetInt32()));
        Assert.Equal(1, total.GetProperty("errorsUntold").GetInt32());
    }

    [Fact]
    public async Task Calls_are_told_apart_by_tool_server_and_agent()
    {
        await using var server = await ApiServer.StartAsync();
        await SaveAsync(
            server,
            Some.Calls("a", Tool("search", StepStatus.Ok, 1) with { McpServer = "github" }, Tool("search", StepStatus.Ok, 1) with { McpServer = "jira" }, Tool("shell", StepStatus.Ok, 1), Tool("shell", StepStatus.Ok, 1)),
            Some.Calls("b", Tool("search", StepStatus.Ok, 1) with { McpServer = "github" }) with { Agent = "codex" });

        Assert.Equal(["search github 2", "shell  2", "search jira 1"], await LinesAsync(server, "", "tool", "server"));
        Assert.Equal([" 2", "github 2", "jira 1"], await LinesAsync(server, "&by=server", "server"));
        Assert.Equal(["codex 1", "goose 1"], await LinesAsync(server, "&by=agent&server=github", "agent"));
        Assert.Equal(["shell 2"], await LinesAsync(server, "&by=tool&tool=shell", "tool"));
    }

    [Fact]
    public async Task Tools_beyond_the_limit_are_one_line_and_said_so()
    {
        await using var server = await ApiServer.StartAsync(configure: options => options.MaxCallLines = 2);
        await SaveAsync(server, Some.Calls("a", Tool("shell", StepStatus.Ok, 1), Tool("edit", StepStatus.Ok, 1), Tool("search", StepStatus.Error, 1), Tool("shell", StepStatus.Ok, 1), Tool("fetch", StepStatus.Ok, 1)));

        var tools = await server.GetAsync($"/api/tools?{Hour}");

        Assert.Equal(["shell", "edit"], tools.GetProperty("tools").EnumerateArray().Select(line => line.GetProperty("tool").GetString()));
        Assert.True(tools.GetProperty("linesCut").GetBoolean());
        Assert.Equal((2, 1), (tools.GetProperty("beyond").GetProperty("calls").GetInt32(), tools.GetProperty("beyond").GetProperty("failures").GetInt32()));
        Assert.Equal(5, tools.GetProperty("total").GetProperty("calls").GetInt32());
    }

    [Fact]
    public async Task Lines_come_in_the_asked_order_and_number()
    {
        await using var server = await ApiServer.StartAsync();
        await SaveAsync(server, Some.Calls("a", Tool("shell", StepStatus.Ok, 1), Tool("shell", StepStatus.Ok, 1), Tool("edit", StepStatus.Error, 9), Tool("wait", StepStatus.Ok, 0) with { DurationNanos = null }));

        Assert.Equal(["edit 1", "shell 2", "wait 1"], await LinesAsync(server, "&sort=p95&by=tool", "tool"));
        Assert.Equal(["edit 1"], await LinesAsync(server, "&sort=failureShare&by=tool&limit=1", "tool"));
        var limited = await server.GetAsync($"/api/tools?{Hour}&limit=1");
        Assert.Equal((3, false, JsonValueKind.Null), (limited.GetProperty("lines").GetInt32(), limited.GetProperty("linesCut").GetBoolean(), limited.GetProperty("beyond").ValueKind));
    }

    [Fact]
    public async Task Errors_beyond_the_templates_are_counted()
    {
        await using var server = await ApiServer.StartAsync();
        string Word(int number) => string.Concat(number.ToString("D4", System.Globalization.CultureInfo.InvariantCulture).Select(digit => (char)('g' + (digit - '0'))));
        await SaveAsync(server, Some.Calls("a", [.. Enumerable.Range(0, 503).Select(i => Tool("shell", StepStatus.Error, 1, $"no {Word(i)} here"))]));

        var total = (await server.GetAsync($"/api/tools?{Hour}")).GetProperty("total");

        Assert.Equal((500, 3, 0, 50), (total.GetProperty("errorTexts").GetInt32(), total.GetProperty("errorsBeyond").GetInt32(), total.GetProperty("errorsUntold").GetInt32(), total.GetProperty("errors").GetArrayLength()));
    }

    [Theory]
    [InlineData("sort=size", "sort")]
    [InlineData("limit=0", "limit")]
    [InlineData("by=model", "by")]
    [InlineData("model=gpt-4o", "model")]
    public async Task A_mistake_is_refused(string query, string parameter)
    {
        await using var server = await ApiServer.StartAsync();

        Assert.Equal(parameter, (await server.ErrorAsync($"/api/tools?{query}", HttpStatusCode.BadRequest)).Parameter);
    }

    private static int Measured(JsonElement line, string name) => line.GetProperty("durationMs").GetProperty(name).GetInt32();

    private static SessionCall Tool(string name, StepStatus status, double seconds, string error = "", string startedOn = "2026-03-10T12:00Z") =>
        Some.Call(startedOn, seconds, name, StepKind.Tool, status, error);

    private static Task SaveAsync(ApiServer server, params SessionCalls[] sessions) => server.Store.Sessions.SaveAsync(
        [.. sessions.Select(session => Some.Session(session.Key, "2026-03-10T11:50Z", "2026-03-10T13:10Z", session.Agent, session.User))], sessions, [], [], default, TestContext.Current.CancellationToken);

    private static async Task<IEnumerable<string>> LinesAsync(ApiServer server, string query, params string[] members) =>
        (await server.GetAsync($"/api/tools?{Hour}{query}")).GetProperty("tools").EnumerateArray()
            .Select(line => string.Join(' ', members.Select(member => line.GetProperty(member).GetString()).Append(line.GetProperty("calls").GetRawText()))).ToList();
}
