using Microsoft.Playwright;

namespace Gander.EndToEnd.Harness;

/// <summary>Debian's Chromium without a window, for the tests of a class. Skips them where it is absent.</summary>
public sealed class BrowserStage : IAsyncLifetime
{
    private IPlaywright? _playwright;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var chromium = Prerequisite.Chromium();
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
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

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>A new page of its own profile that notes everything a person should never meet.</summary>
    internal async Task<WatchedPage> OpenAsync(GanderProcess gander, bool dark)
    {
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = gander.Pages.AbsoluteUri,
            ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        return new WatchedPage(context, await context.NewPageAsync(), gander.Pages.Authority);
    }
}
