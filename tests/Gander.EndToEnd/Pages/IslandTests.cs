using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Pages;

/// <summary>Islands survive navigation, addresses restore what one sees, and pages stay small and quick.</summary>
public sealed class IslandTests(PageStage stage) : IClassFixture<PageStage>
{
    private const string AllOfTime = "from=2026-01-01&to=2030-01-01";
    private const string Canvases = "() => [...document.querySelectorAll('g-chart')].filter(chart => chart.shadowRoot?.querySelector('canvas')).length";

    [Fact]
    public async Task Charts_stay_when_the_range_changes_and_when_one_goes_back()
    {
        await using var page = await stage.OpenAsync($"/?{AllOfTime}");
        await page.Page.WaitForFunctionAsync($"() => ({Canvases})() === 3");

        await page.Page.EvaluateAsync("() => { globalThis.kept = true; Blazor.navigateTo('/?from=2026-11-01&to=2030-01-01'); }");
        await page.Page.WaitForURLAsync("**from=2026-11-01*");
        await PageStage.IdleAsync(page.Page);
        var after = await page.Page.EvaluateAsync<int>(Canvases);
        await page.Page.GoBackAsync();
        await PageStage.IdleAsync(page.Page);
        var back = await page.Page.EvaluateAsync<int>(Canvases);

        Assert.Equal((3, 3), (after, back));
        Assert.True(await page.Page.EvaluateAsync<bool>("() => globalThis.kept === true"), "the document was loaded again");
        await page.AssertCleanAsync();
    }

    [Fact]
    public async Task A_link_to_a_span_shows_that_span()
    {
        await using var page = await stage.OpenAsync($"/traces/{PageStage.BigTrace}?span=0000000000000190");
        await PageStage.IdleAsync(page.Page);

        var title = await page.Page.EvaluateAsync<string>("() => document.querySelector('g-waterfall').shadowRoot.querySelector('.details h2').textContent");
        var row = await page.Page.EvaluateAsync<string>("() => document.querySelector('g-waterfall').shadowRoot.querySelector('.row.current .label').textContent");

        Assert.Equal(("step 400", "step 400"), (title, row));
        await page.AssertCleanAsync();
    }

    [Fact]
    public async Task A_trace_of_two_thousand_spans_stays_fluid()
    {
        await using var page = await stage.OpenAsync($"/traces/{PageStage.BigTrace}");

        // The quickest of several: other work on the machine must not fail the test.
        var best = await page.Page.EvaluateAsync<double>(
            """
            () => {
              const root = document.querySelector('g-waterfall').shadowRoot;
              const button = [...root.querySelectorAll('button')].find((one) => one.textContent.startsWith('Collapse'));
              const times = [];
              for (let round = 0; round < 8; round++) {
                const start = performance.now();
                button.click();
                root.querySelector('.rows').getBoundingClientRect();
                times.push(performance.now() - start);
              }
              return Math.min(...times);
            }
            """);
        var rows = await page.Page.EvaluateAsync<int>("() => document.querySelector('g-waterfall').shadowRoot.querySelectorAll('.row').length");

        Assert.InRange(best, 0, 50);
        Assert.InRange(rows, 20, 100);
    }

    [Fact]
    public async Task A_log_record_opens_in_place_with_all_that_was_sent()
    {
        await using var page = await stage.OpenAsync($"/logs?{AllOfTime}&text=Session%20completed");

        await page.Page.Keyboard.PressAsync("j");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.WaitForFunctionAsync("() => document.querySelector('.logs details[open] g-record')?.shadowRoot?.textContent.includes('message_count')");

        await page.AssertCleanAsync();
    }

    [Fact]
    public async Task Text_that_is_cut_is_fetched_when_it_is_asked_for()
    {
        var session = (await stage.Gander.GetAsync("/api/sessions?limit=100", TestContext.Current.CancellationToken)).Items("sessions")
            .First(session => session.Text("title")?.Contains("mixed", StringComparison.Ordinal) == true);
        await using var page = await stage.OpenAsync($"/sessions/{session.Text("key")}");

        await page.Page.Locator(".step.k-model summary").First.ClickAsync();
        await page.Page.Locator("g-more a").First.ClickAsync();
        await page.Page.WaitForFunctionAsync("() => document.querySelector('g-more[open]')?.shadowRoot.textContent.includes('scenario:mixed')");

        await page.AssertCleanAsync();
    }

    [Fact]
    public async Task The_theme_is_rendered_by_the_server_once_it_is_chosen()
    {
        await using var page = await stage.OpenAsync("/sessions");

        await page.Page.Keyboard.PressAsync("Shift+D");
        var answer = await page.Page.ReloadAsync();

        Assert.Contains("data-theme=\"dark\"", await answer!.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_waits_for_an_agent_turns_green_when_it_sends()
    {
        await using var page = await stage.OpenAsync("/connect");

        await stage.SendLogAsync("fresh-laptop");

        await page.Page.WaitForFunctionAsync("() => document.querySelector('g-connect').shadowRoot.textContent.includes('Received 1 export from fresh-laptop')");
        await page.AssertCleanAsync();
    }

    [Theory]
    [InlineData("/sessions")]
    [InlineData("/logs")]
    [InlineData("/traces/" + PageStage.BigTrace)]
    public async Task Pages_without_charts_load_little_script(string path)
    {
        await using var page = await stage.OpenAsync(path);

        var bytes = await page.Page.EvaluateAsync<int>(
            "() => performance.getEntriesByType('resource').filter((entry) => new URL(entry.name).pathname.endsWith('.js')).reduce((sum, entry) => sum + entry.encodedBodySize, 0)");

        Assert.InRange(bytes, 1, 120 * 1024);
    }
}
