using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Pages;

/// <summary>The main job from end to end: goose works, a person opens the page that Gander printed, and sees the session.</summary>
public sealed class GooseInBrowserTests(GooseStage stage, BrowserStage browser) : IClassFixture<GooseStage>, IClassFixture<BrowserStage>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_sees_what_goose_just_did()
    {
        await stage.Goose.RunAsync("scenario:mixed look at this", Cancel);
        await stage.NewSessionAsync(Cancel);
        await using var page = await browser.OpenAsync(stage.Gander, dark: true);

        await page.GoToAsync("/sessions");
        await page.Page.GetByText("scenario:mixed look at this").First.ClickAsync();
        await page.Page.WaitForURLAsync("**/sessions/*");
        await page.Page.GetByText("One of three calls worked.").First.WaitForAsync();

        var text = await page.Page.InnerTextAsync("main");
        Assert.Contains("gpt-4o", text, StringComparison.Ordinal);
        Assert.Contains("One good call and one bad call.", text, StringComparison.Ordinal);
        Assert.Contains("2 failed", text, StringComparison.Ordinal);
        await page.AssertCleanAsync();
    }

    [Fact]
    public async Task The_connect_page_tells_that_exports_arrived()
    {
        await using var page = await browser.OpenAsync(stage.Gander, dark: false);
        await page.GoToAsync("/connect");

        await stage.Goose.RunAsync("scenario:text is it connected", Cancel);

        await page.Page.GetByText("received").First.WaitForAsync();
        await stage.NewSessionAsync(Cancel);
        await page.AssertCleanAsync();
    }
}
