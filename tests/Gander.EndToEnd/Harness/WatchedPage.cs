using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Gander.EndToEnd.Harness;

/// <summary>A browser page that collects script errors, messages on the console, failed requests and requests to other hosts.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _problems = [];

    public WatchedPage(IBrowserContext context, IPage page, string authority)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) => Note(message.Type == "error", $"console: {message.Text} ({message.Location})");
        page.PageError += (_, error) => Note(true, $"script: {error}");
        page.Response += (_, response) => Note(response.Status >= 400, $"{response.Status} {response.Url}");
        page.Request += (_, request) => Note(
            new Uri(request.Url) is { Scheme: "http" or "https" } url && url.Authority != authority, $"left the host: {request.Url}");
    }

    public IPage Page { get; }

    /// <summary>Goes to a path and waits until the page has nothing left to fetch.</summary>
    public async Task GoToAsync(string path)
    {
        await Page.GotoAsync(path);

        // A page with live data keeps one connection open, so quiet is bounded, not required.
        try
        {
            await Page.WaitForLoadStateAsync(LoadState.NetworkIdle, new PageWaitForLoadStateOptions { Timeout = 3_000 });
        }
        catch (TimeoutException)
        {
            // What is still open by then is a stream.
        }
    }

    /// <summary>Fails with everything that was noted and every accessibility rule the page breaks.</summary>
    public async Task AssertCleanAsync()
    {
        var axe = await Page.RunAxe();
        List<string> found = [.. _problems, .. axe.Violations.Select(Describe)];
        Assert.True(found.Count == 0, $"{Page.Url}\n{string.Join('\n', found)}");
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();

    private static string Describe(AxeResultItem rule) =>
        $"axe {rule.Id}: {rule.Help}: {string.Join(" | ", rule.Nodes.Take(3).Select(node => node.Html))}";

    private void Note(bool isProblem, string text)
    {
        if (isProblem)
        {
            lock (_problems)
            {
                _problems.Add(text);
            }
        }
    }
}
