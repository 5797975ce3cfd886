using System.Net;
using Gander.Tests.Stores;

namespace Gander.Tests.Web;

public sealed class ModelsPageTests
{
    private const string Hostile = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&lt;";

    private static readonly ManualTime Time = new("2026-11-22T12:00Z");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_model_has_a_line_with_its_quantiles()
    {
        await using var host = await PageHost.StartAsync(new SampleSessions(SampleSessions.Rich(Some.Instant("2026-11-22T10:00Z"))), time: Time);

        var html = WebUtility.HtmlDecode(await host.Client.GetStringAsync("/models", Cancel));

        Assert.Contains("2 models", html, StringComparison.Ordinal);
        Assert.Contains("model=gpt-4o-mini", html, StringComparison.Ordinal);
        Assert.Contains("from what stands around it", html, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"gpt-4o\"", html, StringComparison.Ordinal);
        Assert.Contains("5.2 s", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_model_alone_is_drawn_by_its_quantiles()
    {
        await using var host = await PageHost.StartAsync(new SampleSessions(SampleSessions.Rich(Some.Instant("2026-11-22T10:00Z"))), time: Time);

        var html = WebUtility.HtmlDecode(await host.Client.GetStringAsync("/models?model=gpt-4o", Cancel));

        Assert.Contains("\"name\":\"p99\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("model=gpt-4o-mini", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_telemetry_says_is_encoded()
    {
        await using var host = await PageHost.StartAsync(new SampleSessions(SampleSessions.Of(Hostile, Some.Instant("2026-11-22T11:00Z"))), time: Time);

        var html = await host.Client.GetStringAsync("/models?by=user&agent=" + WebUtility.UrlEncode(Hostile), Cancel);

        Assert.Contains("alert(1)", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/models", "No agent has sent anything yet", false)]
    [InlineData("/models?from=2026-01-01&to=2026-01-02", "No session in this time range", true)]
    [InlineData("/models?agent=nobody", "No session matches", true)]
    public async Task An_empty_page_says_why(string address, string title, bool hasSession)
    {
        var sessions = hasSession ? new SampleSessions(SampleSessions.Rich(Some.Instant("2026-11-22T10:00Z"))) : new SampleSessions();
        await using var host = await PageHost.StartAsync(sessions, time: Time);

        Assert.Contains(title, await host.Client.GetStringAsync(address, Cancel), StringComparison.Ordinal);
    }
}
