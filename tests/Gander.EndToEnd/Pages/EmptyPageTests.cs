using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Pages;

/// <summary>Pages of a server that never received anything: clean, and they say what to do.</summary>
public sealed class EmptyPageTests(BrowserStage browser, EmptyServer server) : IClassFixture<BrowserStage>, IClassFixture<EmptyServer>
{
    [Theory]
    [InlineData("/", true)]
    [InlineData("/", false)]
    [InlineData("/sessions", true)]
    [InlineData("/sessions", false)]
    [InlineData("/traces", true)]
    [InlineData("/traces", false)]
    [InlineData("/logs", true)]
    [InlineData("/logs", false)]
    [InlineData("/metrics", true)]
    [InlineData("/metrics", false)]
    [InlineData("/tools", true)]
    [InlineData("/tools", false)]
    [InlineData("/cost", true)]
    [InlineData("/cost", false)]
    [InlineData("/models", true)]
    [InlineData("/models", false)]
    [InlineData("/connect", true)]
    [InlineData("/connect", false)]
    public async Task An_empty_page_is_clean_and_leads_to_connecting_an_agent(string path, bool dark)
    {
        await using var page = await browser.OpenAsync(server.Gander, dark);

        await page.GoToAsync(path);

        await page.AssertCleanAsync();
        Assert.True(await page.Page.Locator("a[href*='/connect'], code:has-text('OTEL_EXPORTER_OTLP_ENDPOINT'), pre:has-text('OTEL_EXPORTER_OTLP_ENDPOINT')").CountAsync() > 0);
    }
}
