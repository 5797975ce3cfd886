using System.Net;
using System.Text.Json;
using Gander.Tests.Stores;
using Gander.Web.Records;

namespace Gander.Tests.Web;

public sealed class RecordPagesTests
{
    private const string Hostile = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&lt;";

    private static readonly ManualTime Time = new("2026-03-10T13:00Z");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/traces")]
    [InlineData("/traces?name=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&view=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")]
    [InlineData("/traces?from=%3Cscript%3Ealert(1)%3C/script%3E&unknown=%3Cscript%3Ealert(1)%3C/script%3E")]
    [InlineData("/traces/00000000000a11ce0000000000000001")]
    [InlineData("/logs")]
    [InlineData("/logs?text=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")]
    public async Task Text_of_telemetry_and_of_addresses_never_becomes_markup(string path)
    {
        await using var host = await HostileAsync();

        var html = await (await host.Client.GetAsync(path, Cancel)).Content.ReadAsStringAsync(Cancel);

        Assert.Contains("<main", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_islands_fetch_holds_the_text_as_it_was_sent()
    {
        await using var host = await HostileAsync();

        var trace = await JsonAsync(host, "/ui/traces/00000000000a11ce0000000000000001");
        var span = await JsonAsync(host, $"/ui/spans/{trace.GetProperty("traceId")}/{trace.GetProperty("id")[0]}?at={trace.GetProperty("startNanos")}");
        var log = await JsonAsync(host, $"/ui/logs/record?at={Some.Instant("2026-03-10T12:00Z")}&skip=0");

        Assert.Equal(Hostile, trace.GetProperty("name")[0].GetString());
        Assert.Equal(Hostile, span.GetProperty("name").GetString());
        Assert.Equal(Hostile, log.GetProperty("contents")[0].GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("/traces", "service.name = goose", "/traces?service=goose")]
    [InlineData("/traces", "duration > 500ms", "/traces?field=duration%3E500ms")]
    [InlineData("/traces", "gen_ai.request.model=gpt-4o", "/traces?model=gpt-4o")]
    [InlineData("/traces?from=now-6h&to=now&service=goose", "session.id = 20261122_9", "/traces?from=now-6h&to=now&service=goose&session=20261122_9")]
    [InlineData("/logs", "rate limit", "/logs?text=rate%20limit")]
    [InlineData("/logs", "severity >= warn", "/logs?minSeverity=warn")]
    [InlineData("/logs", "exit_type = error", "/logs?attr=exit_type=error")]
    public async Task A_filter_that_is_typed_becomes_part_of_the_address(string page, string typed, string address)
    {
        await using var host = await HostileAsync();
        var separator = page.Contains('?', StringComparison.Ordinal) ? "&" : "?";

        var answer = await host.Client.GetAsync($"{page}{separator}add={Uri.EscapeDataString(typed)}", Cancel);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(address, answer.Headers.Location!.PathAndQuery);
    }

    [Fact]
    public async Task Every_filter_of_the_address_is_a_chip_with_a_way_to_take_it_off()
    {
        await using var host = await HostileAsync();

        var html = await host.Client.GetStringAsync("/traces?from=now-6h&to=now&service=goose&tool=shell", Cancel);

        Assert.Contains("<span class=\"k\">gen_ai.tool.name</span>", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/traces?from=now-6h&amp;to=now&amp;service=goose\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/traces?from=now-6h&amp;to=now&amp;tool=shell\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_in_an_address_is_said_and_the_rest_is_shown()
    {
        await using var host = await HostileAsync();

        var html = await host.Client.GetStringAsync("/traces?service=goose&field=durtion%3E5s", Cancel);

        Assert.Contains("did you mean duration?", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"k\">service.name</span>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_goes_on_where_its_page_ended()
    {
        var store = new InMemoryStore(Time);
        for (var second = 0; second < 5; second++)
        {
            await store.Logs.WriteAsync([Some.Log($"line {second}", $"2026-03-10T12:00:0{second}Z")], Cancel);
        }

        await using var host = await PageHost.StartAsync(new SampleSessions(), store, Time);

        var first = await host.Client.GetStringAsync("/logs?limit=3", Cancel);
        var next = WebUtility.HtmlDecode(first.Split("rel=\"next\" href=\"")[1].Split('"')[0]);
        var second2 = await host.Client.GetStringAsync(next, Cancel);

        Assert.Contains("line 4", first, StringComparison.Ordinal);
        Assert.DoesNotContain("line 1", first, StringComparison.Ordinal);
        Assert.Contains("line 1", second2, StringComparison.Ordinal);
        Assert.DoesNotContain("line 2", second2, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/traces/zzz")]
    [InlineData("/traces/000000000000000000000000000000ff")]
    [InlineData("/ui/traces/zzz")]
    [InlineData("/ui/spans/00000000000a11ce0000000000000001/00000000000000ff?at=1")]
    [InlineData("/nothing/here")]
    public async Task What_is_not_there_is_404(string path)
    {
        await using var host = await HostileAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync(path, Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("/traces", "No trace has arrived yet")]
    [InlineData("/logs", "No log record has arrived yet")]
    public async Task An_empty_server_sends_its_visitor_to_connect_an_agent(string path, string said)
    {
        await using var host = await PageHost.StartAsync(new SampleSessions());

        var html = await host.Client.GetStringAsync(path, Cancel);

        Assert.Contains(said, html, StringComparison.Ordinal);
        Assert.Contains("href=\"/connect\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_words_search_the_text_even_with_quotes_in_them()
    {
        Assert.True(PageSearch.TryReadFilter("said \"no\" twice", Gander.Telemetry.Signal.Logs, out var filter, out _));

        Assert.Equal("said \"no\" twice", filter.Value.Text);
    }

    private static async Task<JsonElement> JsonAsync(PageHost host, string path)
    {
        using var document = JsonDocument.Parse(await host.Client.GetStringAsync(path, Cancel));
        return document.RootElement.Clone();
    }

    private static async Task<PageHost> HostileAsync()
    {
        var store = new InMemoryStore(Time);
        var resource = Some.Resource(Hostile, ("host.name", Hostile));
        await store.Spans.WriteAsync([Some.Span(Hostile, resource: resource, session: Hostile, attributes: [("gen_ai.request.model", Hostile), ("gen_ai.tool.name", Hostile), ("long", Hostile + "\n" + Hostile)])], Cancel);
        await store.Logs.WriteAsync([Some.Log(Hostile, resource: resource)], Cancel);
        return await PageHost.StartAsync(new SampleSessions(), store, Time);
    }
}
