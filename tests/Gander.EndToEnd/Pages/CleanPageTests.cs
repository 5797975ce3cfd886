using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Pages;

/// <summary>Every kind of page in both themes breaks no rule of accessibility, says nothing on the console and asks no other host.</summary>
public sealed class CleanPageTests(PageStage stage) : IClassFixture<PageStage>
{
    private const string AllOfTime = "from=2026-01-01&to=2030-01-01";

    public static TheoryData<string, bool> Pages()
    {
        var pages = new TheoryData<string, bool>();
        foreach (var path in new[]
        {
            $"/?{AllOfTime}", $"/sessions?{AllOfTime}", "/sessions?from=2020-01-01&to=2020-01-02", $"/traces?{AllOfTime}", $"/traces?{AllOfTime}&tool=shell&field=durtion%3E1s",
            $"/traces/{PageStage.BigTrace}?span=0000000000000003", $"/logs?{AllOfTime}", $"/logs?{AllOfTime}&text=no%20such%20text", "/connect", "/connect/claude-code", "/connect/codex", "/connect/otel",
            $"/cost?{AllOfTime}", $"/cost?{AllOfTime}&by=model&per=week", $"/cost?{AllOfTime}&by=session", "/cost?from=2026-11-01&to=2026-12-01&by=day",
            $"/tools?{AllOfTime}", $"/tools?{AllOfTime}&by=server", $"/tools?{AllOfTime}&by=agent&tool=shell",
            $"/models?{AllOfTime}", $"/models?{AllOfTime}&model=gpt-4o&provider=openai&by=agent&q=p99", $"/models?{AllOfTime}&agent=nobody",
        })
        {
            pages.Add(path, true);
            pages.Add(path, false);
        }

        return pages;
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_clean(string path, bool dark)
    {
        await using var page = await stage.OpenAsync(path, dark);

        await page.AssertCleanAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_page_of_each_session_is_clean(bool dark)
    {
        foreach (var session in (await stage.Gander.GetAsync("/api/sessions?limit=100", TestContext.Current.CancellationToken)).Items("sessions"))
        {
            await using var page = await stage.OpenAsync($"/sessions/{session.Text("key")}", dark);

            await page.AssertCleanAsync();
        }
    }

    [Theory]
    [InlineData("Shift+?")]
    [InlineData("Control+k")]
    [InlineData("t")]
    public async Task What_opens_over_a_page_is_clean(string key)
    {
        await using var page = await stage.OpenAsync($"/sessions?{AllOfTime}");

        await page.Page.Keyboard.PressAsync(key);
        await PageStage.IdleAsync(page.Page);

        await page.AssertCleanAsync();
    }
}
