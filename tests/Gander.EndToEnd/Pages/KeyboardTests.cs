using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Pages;

/// <summary>Pages can be used with the keyboard alone.</summary>
public sealed class KeyboardTests(PageStage stage) : IClassFixture<PageStage>
{
    private const string AllOfTime = "from=2026-01-01&to=2030-01-01";
    private const string FocusedRow = "() => [...document.querySelectorAll('[data-row]')].findIndex(row => row.contains(document.activeElement))";

    [Fact]
    public async Task Keys_move_along_a_list_and_open_a_row()
    {
        await using var page = await stage.OpenAsync($"/sessions?{AllOfTime}");

        await page.Page.Keyboard.PressAsync("j");
        await page.Page.Keyboard.PressAsync("j");
        await page.Page.Keyboard.PressAsync("j");
        await page.Page.Keyboard.PressAsync("k");
        var row = await page.Page.EvaluateAsync<int>(FocusedRow);
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.WaitForURLAsync("**/sessions/*");

        Assert.Equal(1, row);
    }

    [Fact]
    public async Task A_question_mark_lists_the_keys_and_Escape_closes_the_list()
    {
        await using var page = await stage.OpenAsync("/sessions");

        await page.Page.Keyboard.PressAsync("?");
        var opened = await page.Page.EvaluateAsync<bool>("() => document.getElementById('keys').open");
        await page.Page.Keyboard.PressAsync("Escape");
        var closed = await page.Page.EvaluateAsync<bool>("() => !document.getElementById('keys').open");

        Assert.Equal((true, true), (opened, closed));
    }

    [Fact]
    public async Task Two_keys_go_to_a_page_and_keep_the_range()
    {
        await using var page = await stage.OpenAsync("/sessions?from=now-6h&to=now");

        await page.Page.Keyboard.PressAsync("g");
        await page.Page.Keyboard.PressAsync("l");

        await page.Page.WaitForURLAsync("**/logs?from=now-6h&to=now");
    }

    [Fact]
    public async Task Keys_are_text_while_one_types_and_can_be_switched_off()
    {
        await using var page = await stage.OpenAsync("/sessions");

        await page.Page.Keyboard.PressAsync("/");
        await page.Page.Keyboard.TypeAsync("gt?[");
        var typed = await page.Page.EvaluateAsync<string>("() => document.activeElement.value");
        await page.Page.EvaluateAsync("() => { document.activeElement.blur(); localStorage.setItem('gander-single-keys-off', '1'); }");
        await page.Page.Keyboard.PressAsync("?");
        var opened = await page.Page.EvaluateAsync<bool>("() => document.getElementById('keys').open");

        Assert.Equal(("gt?[", false), (typed, opened));
    }

    [Fact]
    public async Task The_palette_finds_a_session_by_its_title()
    {
        await using var page = await stage.OpenAsync("/logs");

        await page.Page.Keyboard.PressAsync("Control+k");
        await PageStage.IdleAsync(page.Page);
        await page.Page.Keyboard.TypeAsync("four steps");
        await page.Page.Keyboard.PressAsync("Enter");

        await page.Page.WaitForURLAsync("**/sessions/20261122_8*");
    }

    [Fact]
    public async Task The_next_failure_of_a_session_is_one_key_away()
    {
        var session = (await stage.Gander.GetAsync("/api/sessions?limit=100", TestContext.Current.CancellationToken)).Items("sessions")
            .First(session => session.Text("title")?.Contains("mixed", StringComparison.Ordinal) == true);
        await using var page = await stage.OpenAsync($"/sessions/{session.Text("key")}");

        await page.Page.Keyboard.PressAsync("e");

        Assert.Equal("true", await page.Page.EvaluateAsync<string>("() => document.activeElement.closest('[data-row]').dataset.failed ?? 'none'"));
    }

    [Fact]
    public async Task Keys_walk_a_trace_open_a_span_and_close_it()
    {
        await using var page = await stage.OpenAsync($"/traces/{PageStage.BigTrace}");

        await page.Page.Keyboard.PressAsync("j");
        await page.Page.Keyboard.PressAsync("j");
        await page.Page.Keyboard.PressAsync("Enter");
        await PageStage.IdleAsync(page.Page);
        var opened = page.Page.Url;
        await page.Page.Keyboard.PressAsync("Escape");

        Assert.EndsWith("span=0000000000000002", opened, StringComparison.Ordinal);
        Assert.DoesNotContain("span=", page.Page.Url, StringComparison.Ordinal);
    }
}
