using Gander.EndToEnd.Harness;
using Gander.EndToEnd.Pages;
using Microsoft.Playwright;

namespace Gander.EndToEnd.Metrics;

/// <summary>The page of metrics in the browser: clean in every state, and usable from the first key to the drawn line.</summary>
public sealed class MetricsPageTests(BrowserStage browser, MetricsStage stage) : IClassFixture<BrowserStage>, IClassFixture<MetricsStage>
{
    private const string Range = "from=now-1h&to=now";
    private const string Page = "histogram_quantile(0.95, sum by (le, service_name) (rate(demo_latency_milliseconds_bucket[5m])))";

    // The lines of a graph's legend, once it is drawn.
    private const string Legend = "() => [...(document.querySelector('g-graph')?.shadowRoot?.querySelectorAll('.legend .name') ?? [])].map((name) => name.textContent)";
    private const string Proposals = "() => [...document.querySelector('g-editor').shadowRoot?.querySelectorAll('.list:not([hidden]) .what') ?? []].map((what) => what.textContent)";

    public static TheoryData<string, bool> States()
    {
        var states = new TheoryData<string, bool>();
        foreach (var address in new[]
        {
            "/metrics",
            $"/metrics?{Range}&g0.expr={Uri.EscapeDataString(Page)}&g1.expr=demo_open",
            $"/metrics?{Range}&g0.expr={Uri.EscapeDataString(Page)}&g0.tab=explain&g1.expr=demo_open&g1.tab=table&refresh=10s",
            $"/metrics?{Range}&g0.expr=rate(absent_total[5m])&g1.expr=sum(rat(demo_open))&find=zzz",
        })
        {
            states.Add(address, true);
            states.Add(address, false);
        }

        return states;
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task Every_state_is_clean(string address, bool dark)
    {
        await using var page = await OpenAsync(address, dark);

        await page.AssertCleanAsync();
    }

    [Fact]
    public async Task A_query_is_typed_with_proposals_run_and_drawn()
    {
        await using var page = await OpenAsync($"/metrics?{Range}");
        var keyboard = page.Page.Keyboard;

        await page.Page.Locator("g-editor textarea").ClickAsync();
        await TypeAsync(page.Page, "sum by (service", "service_name");
        await page.AssertCleanAsync();
        await keyboard.PressAsync("Tab");
        await TypeAsync(page.Page, ") (rate(demo_tok", "demo_tokens_total");
        await keyboard.PressAsync("Enter");
        await TypeAsync(page.Page, "{gen", "gen_ai_request_model");
        await keyboard.PressAsync("Enter");
        await WaitAsync(page.Page, Proposals, "gpt-4o");
        await keyboard.PressAsync("Enter");
        await keyboard.TypeAsync("}[5m]))");
        await keyboard.PressAsync("Escape");
        await page.Page.Locator("g-editor textarea").FocusAsync();
        await keyboard.PressAsync("Control+Enter");

        await page.Page.WaitForURLAsync("**g0.expr=*");
        await WaitAsync(page.Page, Legend, "{service_name=\"claude-code\"}");
        Assert.Equal(
            "sum by (service_name) (rate(demo_tokens_total{gen_ai_request_model=\"gpt-4o\"}[5m]))",
            System.Web.HttpUtility.ParseQueryString(new Uri(page.Page.Url).Query)["g0.expr"]);
        Assert.Equal(MetricFeed.Agents.Count, (await page.Page.EvaluateAsync<string[]>(Legend)).Length);
        await page.AssertCleanAsync();
    }

    [Fact]
    public async Task A_metric_of_the_catalogue_opens_as_its_query_beside_what_is_there()
    {
        await using var page = await OpenAsync($"/metrics?{Range}&g0.expr=demo_open&find=demo");

        await page.Page.Locator(".catalogue a", new PageLocatorOptions { HasText = "demo_latency_milliseconds" }).ClickAsync();
        await page.Page.WaitForURLAsync("**g1.expr=*");
        await PageStage.IdleAsync(page.Page);

        var queries = await page.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('g-editor textarea')].map((area) => area.value)");
        Assert.Equal(["demo_open", "histogram_quantile(0.95, sum by (le) (rate(demo_latency_milliseconds_bucket[5m])))"], queries);
        await page.AssertCleanAsync();
    }

    [Fact]
    public async Task A_mistake_is_marked_where_it_stands()
    {
        await using var page = await OpenAsync($"/metrics?{Range}&g0.expr=sum(rat(demo_open))");

        var marked = await page.Page.EvaluateAsync<string>("() => document.querySelector('g-editor').shadowRoot.querySelector('.wrong').textContent");
        var told = await page.Page.EvaluateAsync<string>("() => document.querySelector('g-editor').shadowRoot.querySelector('.problem').textContent");

        Assert.Equal("rat", marked);
        Assert.Equal("unknown function with name \"rat\"", told);
    }

    [Fact]
    public async Task A_click_on_the_legend_shows_one_series_alone()
    {
        await using var page = await OpenAsync($"/metrics?{Range}&g0.expr=demo_open");
        await page.Page.WaitForFunctionAsync($"() => ({Legend})().length === 3");

        var pressed = await page.Page.EvaluateAsync<string[]>(
            """
            () => {
              const names = [...document.querySelector('g-graph').shadowRoot.querySelectorAll('.legend .name')];
              names[1].click();
              return names.map((name) => name.getAttribute('aria-pressed'));
            }
            """);

        Assert.Equal(["false", "true", "false"], pressed);
    }

    [Fact]
    public async Task A_refresh_asks_again_and_keeps_what_was_typed()
    {
        await using var page = await OpenAsync($"/metrics?{Range}&g0.expr=demo_open");
        await page.Page.Locator("g-editor textarea").FillAsync("demo_open * 2");
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.Keyboard.PressAsync("Escape");

        var asked = page.Page.WaitForRequestAsync("**/ui/promql/graph");
        await page.Page.Keyboard.PressAsync("r");
        await asked;
        await PageStage.IdleAsync(page.Page);

        Assert.Equal("demo_open * 2", await page.Page.Locator("g-editor textarea").InputValueAsync());
        Assert.Equal(MetricFeed.Agents.Count, (await page.Page.EvaluateAsync<string[]>(Legend)).Length);
    }

    [Fact]
    public async Task Keys_lead_to_the_page_and_charts_of_the_overview_are_not_loaded_there()
    {
        await using var page = await OpenAsync("/logs");

        await page.Page.Keyboard.PressAsync("g");
        await page.Page.Keyboard.PressAsync("m");
        await page.Page.WaitForURLAsync("**/metrics");
        await PageStage.IdleAsync(page.Page);

        Assert.False(await page.Page.EvaluateAsync<bool>("() => Boolean(globalThis.echarts)"), "a page without a chart loaded the charts");
        await page.AssertCleanAsync();
    }

    private async Task<WatchedPage> OpenAsync(string address, bool dark = true)
    {
        var page = await browser.OpenAsync(stage.Gander, dark);
        await page.Page.GotoAsync(address);
        await PageStage.IdleAsync(page.Page);
        return page;
    }

    private static async Task TypeAsync(IPage page, string text, string proposal)
    {
        await page.Keyboard.TypeAsync(text);
        await WaitAsync(page, Proposals, proposal);
    }

    private static Task WaitAsync(IPage page, string list, string text) => page.WaitForFunctionAsync($"(text) => ({list})().includes(text)", text);
}
