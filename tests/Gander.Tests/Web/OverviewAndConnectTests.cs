using System.Globalization;
using System.Net;
using Gander.Hosting;
using Gander.Prices;
using Gander.Sessions;
using Gander.Sessions.Calls;
using Gander.Stores;
using Gander.Tests.Sessions.Usage;
using Gander.Tests.Stores;
using Gander.Web;
using Gander.Web.Connecting;

namespace Gander.Tests.Web;

public sealed class OverviewAndConnectTests
{
    private const string Hostile = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&lt;";

    private static readonly ManualTime Time = new("2026-11-22T12:00Z");

    private static readonly ServerAddresses Addresses = new(new("http://127.0.0.1:14317"), new("http://127.0.0.1:14318"), new("http://127.0.0.1:14319"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_overview_encodes_what_telemetry_says()
    {
        await using var host = await PageHost.StartAsync(new SampleSessions(SampleSessions.Of(Hostile, Some.Instant("2026-11-22T11:00Z"))), time: Time);

        var html = await host.Client.GetStringAsync("/", Cancel);

        Assert.Contains("alert(1)", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_overview_says_the_same_as_the_page_of_costs()
    {
        var sessions = UsageSamples.Many(30);
        await using var host = await CostPageTests.StartAsync(sessions);
        var total = Dollars.Of(sessions.Aggregate((Int128)0, (sum, session) => sum + session.Usage!.Sums.CostPicos));

        var html = WebUtility.HtmlDecode(await host.Client.GetStringAsync("/?from=2026-03-01T00:00Z&to=2026-04-20T00:00Z", Cancel));

        Assert.Contains(total.ToString("$0.############", CultureInfo.InvariantCulture), html, StringComparison.Ordinal);
        Assert.Equal(3, html.Split("<g-chart ").Length - 1);
        Assert.Contains("sum by (agent) (increase(gander_cost_usd_total[1d]))", WebUtility.UrlDecode(html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lines_to_paste_are_those_of_this_server_and_name_the_token_form_when_one_is_needed()
    {
        await using var host = await PageHost.StartAsync(new SampleSessions(), facts: new ConnectFacts(Addresses, TokenNeeded: true, ReadOnly: false));

        var html = await host.Client.GetStringAsync("/connect", Cancel);

        Assert.Contains("export OTEL_EXPORTER_OTLP_ENDPOINT=&quot;http://127.0.0.1:14318&quot;", html, StringComparison.Ordinal);
        Assert.Contains("Authorization=Basic TOKEN", html, StringComparison.Ordinal);
        Assert.Contains("gander token create --name my-laptop", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_cannot_be_made_says_what_to_do()
    {
        await using var host = await PageHost.StartAsync(new BrokenSessions());

        var answer = await host.Client.GetAsync("/sessions?agent=goose", Cancel);
        var html = await answer.Content.ReadAsStringAsync(Cancel);

        Assert.Equal(500, (int)answer.StatusCode);
        Assert.Contains("The store does not answer", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/sessions?agent=goose\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("disk on fire", html, StringComparison.Ordinal);
    }

    private sealed class BrokenSessions : ISessionSource
    {
        public Task<bool> FreshenAsync(CancellationToken cancellationToken) => Task.FromResult(false);

        public Task<IReadOnlyList<SessionSummary>> ListAsync(SessionQuery query, CancellationToken cancellationToken) => throw new StoreUnavailableException("disk on fire");

        public Task<IReadOnlyList<SessionCalls>> ListCallsAsync(SessionQuery query, CancellationToken cancellationToken) => throw new StoreUnavailableException("disk on fire");

        public Task<Session?> ReadAsync(string key, CancellationToken cancellationToken) => throw new StoreUnavailableException("disk on fire");
    }
}
