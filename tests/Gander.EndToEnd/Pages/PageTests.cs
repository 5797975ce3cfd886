using System.Text.Json;
using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Pages;

/// <summary>Every page, dark and light: accessible, silent on the console, and never asking another host.</summary>
public sealed class PageTests(BrowserStage browser, FilledServer server) : IClassFixture<BrowserStage>, IClassFixture<FilledServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, bool> Pages() => Both("/", "/sessions", "/traces", "/logs", "/models", "/tools", "/cost", "/connect");

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_with_data_is_clean(string path, bool dark)
    {
        await using var page = await browser.OpenAsync(server.Gander, dark);

        await page.GoToAsync(path);

        await page.AssertCleanAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_captured_session_has_a_clean_page(bool dark)
    {
        var sessions = (await server.Gander.GetAsync("/api/sessions?limit=200", Cancel)).Items("sessions");
        Assert.NotEmpty(sessions);

        foreach (var session in Pick(sessions))
        {
            await using var page = await browser.OpenAsync(server.Gander, dark);
            await page.GoToAsync($"/sessions/{Uri.EscapeDataString(GooseStage.Key(session))}");
            await page.AssertCleanAsync();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_trace_has_a_clean_page(bool dark)
    {
        var trace = (await server.Gander.GetAsync("/api/traces?limit=1", Cancel)).Items("traces")[0].Text("traceId");
        await using var page = await browser.OpenAsync(server.Gander, dark);

        await page.GoToAsync($"/traces/{trace}");

        await page.AssertCleanAsync();
    }

    // One of each kind is enough: a failed tool, an error, an interruption, a subagent, a long one.
    private static IEnumerable<JsonElement> Pick(IReadOnlyList<JsonElement> sessions) =>
        sessions.GroupBy(session => (session.Text("agent"), session.Text("status"), session.Number("toolFailures") > 0, session.Items("children").Count > 0))
            .Select(group => group.MaxBy(session => session.Number("toolCalls")));

    private static TheoryData<string, bool> Both(params ReadOnlySpan<string> paths)
    {
        var data = new TheoryData<string, bool>();
        foreach (var path in paths)
        {
            data.Add(path, true);
            data.Add(path, false);
        }

        return data;
    }
}
