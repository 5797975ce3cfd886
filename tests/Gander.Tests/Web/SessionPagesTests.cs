using System.Net;
using Gander.Tests.Stores;
using Gander.Web.Pages;

namespace Gander.Tests.Web;

public sealed class SessionPagesTests
{
    private const string Hostile = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&lt;";

    private static readonly long Start = Some.Instant("2026-11-22T10:00Z");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_is_a_conversation_with_its_failures_named()
    {
        await using var host = await PageHost.StartAsync(new SampleSessions(SampleSessions.Rich(Start)));

        var html = await host.Client.GetStringAsync("/sessions/goose~dev~demo-host~20261122_9", Cancel);

        Assert.Contains("It fails about once in ten runs", html, StringComparison.Ordinal);
        Assert.Contains("exit code 1", html, StringComparison.Ordinal);
        Assert.Contains("outcome unknown", html, StringComparison.Ordinal);
        Assert.Contains("denied", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/sessions/goose~child\"", html, StringComparison.Ordinal);
        Assert.Contains("data-copy=\"OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_of_telemetry_never_becomes_markup()
    {
        await using var host = await PageHost.StartAsync(new SampleSessions(SampleSessions.Of(Hostile, Start)));

        foreach (var path in new[] { "/sessions?from=2026-11-22T00:00Z", "/sessions/one" })
        {
            var html = await host.Client.GetStringAsync(path, Cancel);

            Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
            Assert.Contains("alert(1)", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_huge_text_is_cut_and_the_whole_of_it_is_plain_text_elsewhere()
    {
        var huge = new string('x', 20_000) + Hostile;
        await using var host = await PageHost.StartAsync(new SampleSessions(SampleSessions.Of("a name", Start, prompt: huge)));

        var html = await host.Client.GetStringAsync("/sessions/one", Cancel);
        var answer = await host.Client.GetAsync("/ui/sessions/one/text?turn=1&part=prompt", Cancel);

        Assert.DoesNotContain(new string('x', 4_001), html, StringComparison.Ordinal);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(huge, await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task A_session_that_is_not_there_is_404_with_a_way_out()
    {
        await using var host = await PageHost.StartAsync(new SampleSessions());

        var answer = await host.Client.GetAsync("/sessions/none", Cancel);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is no such session", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_server_sends_its_visitor_to_connect_an_agent()
    {
        await using var host = await PageHost.StartAsync(new SampleSessions());

        var html = await host.Client.GetStringAsync("/sessions", Cancel);

        Assert.Contains("No agent has sent anything yet", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/connect\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_range_names_the_last_session_and_a_range_that_has_it()
    {
        var time = new ManualTime("2026-11-29T10:00Z");
        await using var host = await PageHost.StartAsync(new SampleSessions(SampleSessions.Rich(Start)), time: time);

        var html = await host.Client.GetStringAsync("/sessions", Cancel);

        Assert.Contains("The last one started 7 d ago", html, StringComparison.Ordinal);
        Assert.Contains("Fix the flaky retry test.", await host.Client.GetStringAsync("/sessions?from=now-9d&to=now", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_and_range_stay_in_the_addresses_of_the_page()
    {
        var time = new ManualTime("2026-11-22T12:00Z");
        await using var host = await PageHost.StartAsync(new SampleSessions(SampleSessions.Rich(Start)), time: time);

        var html = await host.Client.GetStringAsync("/sessions?from=now-6h&to=now&agent=goose", Cancel);

        Assert.Contains("href=\"/sessions?from=now-6h&amp;to=now&amp;agent=goose&amp;status=error\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/logs?from=now-6h&amp;to=now\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Logs_without_a_session_id_are_found_by_the_installation_that_wrote_them()
    {
        var summary = SampleSessions.Rich(Start).Summary;

        var named = SessionLinks.Logs(summary);
        var loose = SessionLinks.Logs(summary with { Runs = [new(1, Start, Start + 1, Ended: true, Shared: false)] });

        Assert.EndsWith("&session=20261122_9", named, StringComparison.Ordinal);
        Assert.EndsWith("&attr=host.name=demo-host&attr=user.name=dev", loose, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gander-theme=dark; gander-nav=narrow", "data-theme=\"dark\" data-nav=\"narrow\"")]
    [InlineData("gander-theme=\"><script>", "data-theme=\"system\" data-nav=\"wide\"")]
    public async Task Theme_and_side_bar_are_rendered_from_cookies(string cookie, string expected)
    {
        await using var host = await PageHost.StartAsync(new SampleSessions());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sessions");
        request.Headers.Add("Cookie", cookie);

        var answer = await host.Client.SendAsync(request, Cancel);

        Assert.Contains(expected, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }
}
