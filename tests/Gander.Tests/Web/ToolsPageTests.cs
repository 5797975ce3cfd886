using System.Net;
using Gander.Tests.Stores;

namespace Gander.Tests.Web;

public sealed class ToolsPageTests
{
    private const string Hostile = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&lt;";

    private static readonly ManualTime Time = new("2026-11-22T12:00Z");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_tool_has_a_line_with_its_failures_known_and_unknown()
    {
        await using var host = await PageHost.StartAsync(new SampleSessions(SampleSessions.Rich(Some.Instant("2026-11-22T10:00Z"))), time: Time);

        var html = WebUtility.HtmlDecode(await host.Client.GetStringAsync("/tools", Cancel));

        Assert.Contains("tool=github__create_issue", html, StringComparison.Ordinal);
        Assert.Contains("1 of 2 calls whose outcome is known", html, StringComparison.Ordinal);
        Assert.Contains("? 1", html, StringComparison.Ordinal);
        Assert.Contains("without a text that figures know", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/tools?by=server")]
    [InlineData("/tools?by=agent&tool=shell")]
    [InlineData("/tools?by=nonsense&server=")]
    public async Task Calls_can_be_told_apart_otherwise(string address)
    {
        await using var host = await PageHost.StartAsync(new SampleSessions(SampleSessions.Rich(Some.Instant("2026-11-22T10:00Z"))), time: Time);

        Assert.Contains("g-chart", await host.Client.GetStringAsync(address, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_tools_come_in_pages_that_say_which_of_how_many()
    {
        var sessions = Enumerable.Range(0, 450).Select(i => SampleSessions.Of($"tool{i:D3}", Some.Instant("2026-11-22T11:00Z"))).ToList();
        await using var host = await PageHost.StartAsync(new SampleSessions([.. sessions.Select((session, i) => session with { Summary = session.Summary with { Key = $"k{i}", StartNanos = session.Summary.StartNanos + i } })]), time: Time);

        var first = WebUtility.HtmlDecode(await host.Client.GetStringAsync("/tools?sort=failures", Cancel));
        var last = WebUtility.HtmlDecode(await host.Client.GetStringAsync("/tools?sort=failures&cursor=400", Cancel));

        Assert.Contains("1–200 of 450 lines", first, StringComparison.Ordinal);
        Assert.Contains("/tools?sort=failures&cursor=200", first, StringComparison.Ordinal);
        Assert.Contains("401–450 of 450 lines", last, StringComparison.Ordinal);
        Assert.Contains("tool=tool449", last, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"next\"", last, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/tools?sort=p95", "<th scope=\"col\" class=\"num\" aria-sort=\"descending\"><a class=\"sort\" href=\"/tools?sort=p95\"")]
    [InlineData("/tools?sort=nonsense&cursor=-3", "aria-sort=\"descending\"><a class=\"sort\" href=\"/tools\"")]
    public async Task The_order_of_the_lines_is_in_the_address(string address, string head)
    {
        await using var host = await PageHost.StartAsync(new SampleSessions(SampleSessions.Rich(Some.Instant("2026-11-22T10:00Z"))), time: Time);

        Assert.Contains(head, await host.Client.GetStringAsync(address, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_telemetry_says_is_encoded()
    {
        await using var host = await PageHost.StartAsync(new SampleSessions(SampleSessions.Of(Hostile, Some.Instant("2026-11-22T11:00Z"))), time: Time);

        var html = await host.Client.GetStringAsync("/tools?by=agent&tool=" + WebUtility.UrlEncode(Hostile), Cancel);

        Assert.Contains("alert(1)", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/tools", "No agent has sent anything yet", false)]
    [InlineData("/tools?from=2026-01-01&to=2026-01-02", "No session in this time range", true)]
    [InlineData("/tools?tool=nothing", "No session matches", true)]
    public async Task An_empty_page_says_why(string address, string title, bool hasSession)
    {
        var sessions = hasSession ? new SampleSessions(SampleSessions.Rich(Some.Instant("2026-11-22T10:00Z"))) : new SampleSessions();
        await using var host = await PageHost.StartAsync(sessions, time: Time);

        Assert.Contains(title, await host.Client.GetStringAsync(address, Cancel), StringComparison.Ordinal);
    }
}
