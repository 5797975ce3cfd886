using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Gander.Hosting.Identities;
using Gander.Sessions;
using Gander.Tests.Sessions.Usage;
using Gander.Tests.Stores;

namespace Gander.Tests.Api.Usage;

public sealed class ReadUsageTests
{
    private const string All = "/api/usage?start=0&end=2026-04-01T00:00:00Z";

    private static readonly string[] Words = ["user", "team", "agent", "model", "provider", "tool", "host", "repo", "project", "session", "status", "day", "hour"];

    [Fact]
    public async Task Rows_of_any_two_dimensions_add_up_to_the_total_and_to_the_sessions()
    {
        var sessions = UsageSamples.Many(40);
        await using var server = await StartAsync(sessions);
        var pairs = Words.SelectMany(_ => Words, (left, right) => (left, right)).Where(pair => string.CompareOrdinal(pair.left, pair.right) < 0);

        foreach (var (left, right) in pairs)
        {
            var answer = await server.GetAsync($"{All}&by={left},{right}&limit=10000");

            var total = answer.GetProperty("total");
            Assert.Equal(Sum(answer, "cost", "usd"), sessions.Sum(session => session.Summary.CostUsd.GetValueOrDefault()));
            Assert.Equal(Sum(answer, "tokens", "total"), sessions.Sum(session => session.Summary.Tokens.Total));
            Assert.Equal(Sum(answer, "cost", "unpricedTokens"), sessions.Sum(session => session.Summary.UnpricedTokens));
            Assert.Equal(sessions.Sum(session => session.Summary.CostUsd.GetValueOrDefault()), total.GetProperty("cost").GetProperty("usd").GetDecimal());
            Assert.Equal(sessions.Sum(session => session.Summary.PricedCostUsd.GetValueOrDefault()), total.GetProperty("cost").GetProperty("pricedUsd").GetDecimal());
            Assert.Equal(sessions.Sum(session => session.Summary.ReportedCostUsd.GetValueOrDefault()), total.GetProperty("cost").GetProperty("reportedUsd").GetDecimal());
            Assert.Equal(sessions.Count(session => session.Usage!.Rows.Count > 0), total.GetProperty("sessions").GetInt32());
            Assert.Equal(
                (sessions.Sum(session => session.Summary.ToolCalls), sessions.Sum(session => session.Summary.TurnCount), sessions.Sum(session => session.Summary.Changes.LinesAdded.GetValueOrDefault())),
                ((int)Sum(answer, "toolCalls"), (int)Sum(answer, "turns"), (long)Sum(answer, "changes", "linesAdded")));
        }
    }

    [Fact]
    public async Task A_filter_counts_what_the_rows_of_it_count()
    {
        await using var server = await StartAsync(UsageSamples.Many(40));

        foreach (var word in Words.Except(["day", "hour"]))
        {
            var rows = (await server.GetAsync($"{All}&by={word}")).GetProperty("rows").EnumerateArray();
            foreach (var row in rows.Where(row => row.GetProperty("key").GetProperty(word).ValueKind == JsonValueKind.String))
            {
                var filtered = await server.GetAsync($"{All}&{word}={Uri.EscapeDataString(row.GetProperty("key").GetProperty(word).GetString()!)}");

                Assert.True(Figures(row) == Figures(filtered.GetProperty("total")), $"{word}: {row} is not {filtered.GetProperty("total")}");
            }
        }
    }

    [Fact]
    public async Task A_person_of_several_names_is_one_and_has_a_team()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("people.yaml"), "people: [{name: Ann, team: birds, users: [ann, adev], hosts: [lone]}]", TestContext.Current.CancellationToken);
        await using var server = await StartAsync(
            [Session("a", summary => summary with { User = "ann" }), Session("b", summary => summary with { User = "adev", Team = "fish" }), Session("c", summary => summary with { User = null, Host = "lone" }), Session("d", summary => summary with { User = "eve" })],
            new IdentityOptions { File = folder.File("people.yaml") });

        var answer = await server.GetAsync($"{All}&by=user,team&sort=sessions");

        Assert.Equal(
            ["Ann birds 3", "eve null 1"],
            answer.GetProperty("rows").EnumerateArray().Select(row => $"{Text(row, "user")} {Text(row, "team")} {row.GetProperty("sessions")}"));
        Assert.Equal(2, answer.GetProperty("total").GetProperty("people").GetInt32());
    }

    [Fact]
    public async Task Pseudonyms_hide_persons_and_hosts_and_stay_the_same()
    {
        await using var server = await StartAsync([Session("a", summary => summary with { User = "ann", Host = "ann-laptop" })]);

        var text = (await server.GetAsync($"{All}&by=user,host&pseudonyms=true")).GetRawText();
        var again = (await server.GetAsync($"{All}&by=user,host&pseudonyms=true")).GetRawText();

        Assert.DoesNotContain("ann", text, StringComparison.Ordinal);
        Assert.Matches("\"user\":\"user-[0-9a-f]{12}\",\"host\":\"host-[0-9a-f]{12}\"", text);
        Assert.Equal(text, again);
    }

    [Fact]
    public async Task Rows_beyond_the_limit_stand_under_others()
    {
        await using var server = await StartAsync(UsageSamples.Many(30));

        var answer = await server.GetAsync($"{All}&by=session&limit=3");

        var others = answer.GetProperty("others");
        Assert.Equal(3, answer.GetProperty("rows").GetArrayLength());
        Assert.Equal(answer.GetProperty("total").GetProperty("tokens").GetProperty("total").GetInt64(), (long)Sum(answer, "tokens", "total") + others.GetProperty("tokens").GetProperty("total").GetInt64());
        Assert.Equal(JsonValueKind.Null, others.GetProperty("sessions").ValueKind);
        Assert.Equal(JsonValueKind.Null, (await server.GetAsync($"{All}&by=session&limit=30")).GetProperty("others").ValueKind);
    }

    [Fact]
    public async Task Figures_say_what_is_reported_what_is_priced_and_what_is_neither()
    {
        var priced = Session("a", summary => summary);
        await using var server = await StartAsync([priced]);

        var cost = (await server.GetAsync($"{All}&by=model&sort=key")).GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("cost").GetRawText()).ToList();

        Assert.Equal(
            """{"usd":null,"provenance":"unpriced","reportedUsd":0,"pricedUsd":0,"reportedTokens":0,"pricedTokens":0,"unpricedTokens":50,"unpricedShare":1,"priceTables":[]}""", cost[0]);
        Assert.Equal(
            """{"usd":0.0002,"provenance":"priced","reportedUsd":0,"pricedUsd":0.0002,"reportedTokens":0,"pricedTokens":100,"unpricedTokens":0,"unpricedShare":0,"priceTables":["samples"]}""", cost[1]);
    }

    [Fact]
    public async Task A_range_is_widened_to_whole_hours()
    {
        await using var server = await StartAsync([Session("a", summary => summary)]);

        var answer = await server.GetAsync("/api/usage?by=hour&start=2026-03-10T12:59:00Z&end=2026-03-10T12:59:30Z");

        Assert.Equal(("2026-03-10T12:00:00.000000000Z", "2026-03-10T13:00:00.000000000Z"), (answer.GetProperty("start").GetString(), answer.GetProperty("end").GetString()));
        Assert.Equal("2026-03-10T12", Text(Assert.Single(answer.GetProperty("rows").EnumerateArray()), "hour"));
    }

    [Fact]
    public async Task Csv_has_the_rows_and_no_formula()
    {
        await using var server = await StartAsync([Session("a", summary => summary with { User = "=cmd|' /C calc'!A0", Repository = "a,\"b\"" })]);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{All}&by=user,repo");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));

        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var lines = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n");

        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("user,repo,cost_usd,cost_provenance,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("'=cmd|' /C calc'!A0,\"a,\"\"b\"\"\",0.0002,priced,0,0.0002,50,150,0,0,0,0,150,1,1,1,2,0,1,0,", lines[1], StringComparison.Ordinal);
        Assert.Equal([""], lines[2..]);
        Assert.Equal(lines[0].Split(',').Length, (await server.Client.GetStringAsync(new Uri($"{All}&by=agent,model&format=csv", UriKind.Relative), TestContext.Current.CancellationToken)).Split("\r\n")[1].Split(',').Length);
    }

    [Theory]
    [InlineData("by=nothing", "by: 'nothing' is none of user, team")]
    [InlineData("by=user,team,agent,model,tool", "by: may name at most 4")]
    [InlineData("start=2026-03-11T00:00:00Z&end=2026-03-10T00:00:00Z", "end: is before start")]
    [InlineData("sort=price", "sort: 'price' is none of cost")]
    public async Task Mistakes_are_told(string parameters, string message)
    {
        await using var server = await StartAsync([]);

        Assert.StartsWith(message, (await server.ErrorAsync($"/api/usage?{parameters}", HttpStatusCode.BadRequest)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_combinations_are_refused()
    {
        await using var server = await ApiServer.StartAsync(configure: options => options.MaxUsageGroups = 5);
        await SaveAsync(server, UsageSamples.Many(30));

        Assert.Equal("too_many_groups", (await server.ErrorAsync($"{All}&by=session", HttpStatusCode.BadRequest)).Code);
    }

    private static async Task<ApiServer> StartAsync(IReadOnlyList<Session> sessions, IdentityOptions? identities = null)
    {
        var server = await ApiServer.StartAsync(identities: identities);
        await SaveAsync(server, sessions);
        return server;
    }

    private static Task SaveAsync(ApiServer server, IReadOnlyList<Session> sessions) => server.Store.Sessions.SaveAsync(
        [.. sessions.Select(session => session.Summary)], [], [.. sessions.Select(session => session.Usage!)], [], default, TestContext.Current.CancellationToken);

    private static Session Session(string key, Func<SessionSummary, SessionSummary> change)
    {
        var session = UsageSamples.Of(key);
        return session with { Summary = change(session.Summary) };
    }

    private static decimal Sum(JsonElement answer, params string[] path) => answer.GetProperty("rows").EnumerateArray()
        .Select(row => path.Aggregate(row, (element, name) => element.GetProperty(name)))
        .Sum(value => value.ValueKind == JsonValueKind.Null ? 0 : value.GetDecimal());

    private static string? Text(JsonElement row, string name) => row.GetProperty("key").GetProperty(name).GetString() ?? "null";

    private static string Figures(JsonElement figures) => string.Join(',', figures.EnumerateObject().Where(member => member.Name != "key").Select(member => member.ToString()));
}
