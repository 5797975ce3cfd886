using System.Net;
using System.Text.Json;
using Gander.Prices;
using Gander.Sessions;
using Gander.Tests.Sessions.Usage;
using Gander.Tests.Stores;

namespace Gander.Tests.Web;

public sealed class CostPageTests
{
    private const string All = "from=2026-03-01T00:00Z&to=2026-04-20T00:00Z";

    private static readonly ManualTime Time = new("2026-04-20T12:00Z");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("user")]
    [InlineData("team")]
    [InlineData("repo")]
    [InlineData("model")]
    [InlineData("agent")]
    [InlineData("tool")]
    [InlineData("session")]
    [InlineData("day")]
    public async Task The_chart_adds_up_to_the_sum_of_all_sessions(string by)
    {
        var sessions = UsageSamples.Many(30);
        await using var host = await StartAsync(sessions);
        var total = Dollars.Of(sessions.Aggregate((Int128)0, (sum, session) => sum + session.Usage!.Sums.CostPicos));

        var html = WebUtility.HtmlDecode(await host.Client.GetStringAsync($"/cost?by={by}&{All}", Cancel));

        Assert.True(total > 0);
        Assert.Equal((double)total, Chart(html).SelectMany(series => series.GetProperty("values").EnumerateArray()).Sum(value => value.GetDouble()), 9);
        Assert.Contains(total.ToString("$0.############", System.Globalization.CultureInfo.InvariantCulture), html, StringComparison.Ordinal);
        Assert.Contains("format=csv", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_of_the_address_hold_and_can_be_taken_off()
    {
        await using var host = await StartAsync(UsageSamples.Many(30));

        var html = WebUtility.HtmlDecode(await host.Client.GetStringAsync($"/cost?by=model&model=gpt&{All}", Cancel));

        Assert.Equal(["gpt"], Chart(html).Select(series => series.GetProperty("name").GetString()));
        Assert.Contains("Remove model = gpt", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_usage_the_page_says_why()
    {
        await using var host = await PageHost.StartAsync(new SampleSessions(), time: Time);

        Assert.Contains("No agent has sent anything yet", await host.Client.GetStringAsync("/cost", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_telemetry_says_is_encoded()
    {
        await using var host = await StartAsync(UsageSamples.Many(5));

        var html = await host.Client.GetStringAsync($"/cost?{All}&user=" + WebUtility.UrlEncode("\"'><script>alert(1)</script>"), Cancel);

        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
    }

    internal static async Task<PageHost> StartAsync(IReadOnlyList<Session> sessions)
    {
        var store = new InMemoryStore(Time);
        await store.Sessions.SaveAsync([.. sessions.Select(session => session.Summary)], [], [.. sessions.Select(session => session.Usage!)], [], default, Cancel);
        return await PageHost.StartAsync(new SampleSessions(sessions), store, Time);
    }

    private static IReadOnlyList<JsonElement> Chart(string html)
    {
        var start = html.IndexOf("data=\"{", StringComparison.Ordinal) + 6;
        var end = html.IndexOf("}\" label=", start, StringComparison.Ordinal) + 1;
        using var chart = JsonDocument.Parse(html[start..end]);
        return [.. chart.RootElement.Clone().GetProperty("series").EnumerateArray()];
    }
}
