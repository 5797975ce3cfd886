using System.Globalization;
using System.Text.Json;
using Gander.Sessions;
using Gander.Sessions.Calls;
using Gander.Sessions.Usage;
using Gander.Tests.Hosting;
using Gander.Tests.Sessions.Usage;
using Gander.Tests.Stores;

namespace Gander.Tests.Prometheus;

/// <summary>Metrics made of sessions over the whole server: Prometheus' API, the catalogue and the links of charts.</summary>
public sealed class SessionMetricsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Queries_give_the_figures_of_usage()
    {
        await using var server = await StartAsync();

        var spent = await DataAsync(server, $"/api/v1/query?query={Uri.EscapeDataString("sum by (agent, user, kind) (increase(gander_tokens_total[2h]))")}");
        var range = await DataAsync(server, $"/api/v1/query_range?query={Uri.EscapeDataString("sum by (agent) (rate(gander_tokens_total[1h]))")}&start={Now(-3_600)}&end={Now(0)}&step=1800");
        var usage = JsonDocument.Parse(await server.Pages.GetStringAsync("/api/usage?start=now-2h", Cancel)).RootElement;

        Assert.Equal("""{"agent":"goose","kind":"input","user":"dev"}""", spent.GetProperty("result")[0].GetProperty("metric").GetRawText());
        Assert.Equal("150", spent.GetProperty("result")[0].GetProperty("value")[1].GetString());
        Assert.Equal(150, usage.GetProperty("total").GetProperty("tokens").GetProperty("total").GetInt32());
        Assert.Equal((150 / 3_600.0).ToString("R", CultureInfo.InvariantCulture), range.GetProperty("result")[0].GetProperty("values")[2][1].GetString());
    }

    [Fact]
    public async Task Lists_know_names_labels_and_values()
    {
        await using var server = await StartAsync();

        var names = await TextsAsync(server, "/api/v1/label/__name__/values");
        var series = await DataAsync(server, "/api/v1/series?match[]=gander_tool_calls_total");

        Assert.Contains("gander_cost_usd_total", names);
        Assert.Contains("gander_model_first_byte_seconds_bucket", names);
        Assert.Equal("""[{"__name__":"gander_tool_calls_total","agent":"goose","outcome":"ok","tool":"shell","user":"dev"}]""", series.GetRawText());
        Assert.Equal(["__name__", "agent", "le", "project", "repository", "server", "team", "tool", "user"], await TextsAsync(server, "/api/v1/labels?match[]=gander_tool_call_duration_seconds_bucket"));
        Assert.Contains("provenance", await TextsAsync(server, "/api/v1/labels"));
        Assert.Equal(["llama", "sonnet"], await TextsAsync(server, "/api/v1/label/model/values"));
        Assert.Equal(["goose"], await TextsAsync(server, "/api/v1/label/agent/values?match[]=gander_tokens_total"));
        Assert.Equal(["unknown", "ok"], (await TextsAsync(server, """/api/v1/label/outcome/values?match[]={__name__=~"gander_.*"}""")).OrderDescending(StringComparer.Ordinal));
        Assert.Equal(
            """{"gander_cost_usd_total":[{"type":"counter","help":"US dollars: what agents reported, and the price where they reported nothing","unit":""}]}""",
            (await DataAsync(server, "/api/v1/metadata?metric=gander_cost_usd_total")).GetRawText());
    }

    [Fact]
    public async Task The_page_of_metrics_shows_them_with_a_query()
    {
        await using var server = await StartAsync();

        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics?find=gander_model_call") { Headers = { { "Accept", "text/html" } } };
        using var response = await server.Pages.SendAsync(request, Cancel);
        var page = await response.Content.ReadAsStringAsync(Cancel);

        Assert.Contains("gander_model_call_duration_seconds", page, StringComparison.Ordinal);
        Assert.Contains("histogram_quantile", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Charts_open_as_queries_that_are_answered()
    {
        await using var server = await StartAsync();

        foreach (var path in new[] { "/models?agent=goose", "/models?by=agent&q=p99", "/tools", "/tools?by=server&tool=shell", "/cost?by=repo", "/cost?by=session&agent=goose", "/cost?by=tool", "/" })
        {
            var links = System.Text.RegularExpressions.Regex.Matches(await server.Pages.GetStringAsync(path, Cancel), "href=\"/metrics\\?([^\"]+)\"[^>]*>As a query")
                .Select(match => Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(System.Net.WebUtility.HtmlDecode(match.Groups[1].Value))["g0.expr"].ToString()).ToList();

            Assert.NotEmpty(links);
            foreach (var query in links.Where(query => !query.Contains("first_byte", StringComparison.Ordinal)))
            {
                var answer = await DataAsync(server, $"/api/v1/query?query={Uri.EscapeDataString(query.Replace("[1m]", "[1h]", StringComparison.Ordinal).Replace("[15m]", "[1h]", StringComparison.Ordinal))}");
                Assert.True(answer.GetProperty("result").GetArrayLength() > 0, $"{path}: {query}");
            }
        }
    }

    private static async Task<TestServer> StartAsync()
    {
        var store = new InMemoryStore();
        var now = (DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 600) * 1_000_000_000;
        var turns = UsageSamples.Turns(
            UsageSamples.Call(now, "sonnet", 100) with { DurationNanos = 1_000_000_000 },
            UsageSamples.Tool(now + 1_000_000_000, "shell") with { DurationNanos = 2_000_000_000 },
            UsageSamples.Call(now + 2_000_000_000, "llama", 50) with { Status = StepStatus.Unknown });
        var summary = UsageSamples.Summary(turns) with { StartNanos = now, EndNanos = now + 3_000_000_000 };
        var usage = UsageBuilder.Of(summary, turns, UsageSamples.Prices);
        await store.Sessions.SaveAsync(
            [UsagePricing.Complete(summary, usage)], [SessionCalls.Of(new Session(summary, turns))], [usage], [], new Gander.Stores.FoldProgress { Version = SessionFold.Version }, Cancel);
        return await TestServer.StartAsync(store);
    }

    private static long Now(int seconds) => DateTimeOffset.UtcNow.ToUnixTimeSeconds() + seconds;

    private static async Task<JsonElement> DataAsync(TestServer server, string path)
    {
        using var response = await server.Pages.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {text}");
        return JsonDocument.Parse(text).RootElement.GetProperty("data");
    }

    private static async Task<IReadOnlyList<string>> TextsAsync(TestServer server, string path) =>
        [.. (await DataAsync(server, path)).EnumerateArray().Select(entry => entry.GetString()!)];
}
