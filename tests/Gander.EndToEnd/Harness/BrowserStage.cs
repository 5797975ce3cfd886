using Microsoft.Playwright;

namespace Gander.EndToEnd.Harness;

/// <summary>Debian's Chromium without a window, for the tests of a class. Skips them where it is absent.</summary>
public sealed class BrowserStage : OptionalStage
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    protected override async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        var chromium = Prerequisite.Chromium();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Headless = true,
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    protected override async ValueTask CleanAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _playwright?.Dispose();
    }

    /// <summary>A new page of its own profile that notes everything a person should never meet.</summary>
    internal async Task<WatchedPage> OpenAsync(GanderProcess gander, bool dark)
    {
        var context = await Present(_browser).NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = gander.Pages.AbsoluteUri,
            ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        return new WatchedPage(context, await context.NewPageAsync(), gander.Pages.Authority);
    }
}
