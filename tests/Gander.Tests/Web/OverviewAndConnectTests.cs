using Gander.Hosting;
using Gander.Sessions;
using Gander.Sessions.Calls;
using Gander.Stores;
using Gander.Tests.Stores;
using Gander.Web;
using Gander.Web.Connecting;
using Gander.Web.Summary;

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
    public void Charts_add_up_to_what_the_tiles_say()
    {
        var session = SampleSessions.Rich(Some.Instant("2026-11-22T10:00Z"));
        var figures = new OverviewFigures([session.Summary], TimeWindow.Parse("now-6h", null, Time.GetUtcNow()).Range);

        var tokens = Assert.Single(figures.TokensByAgent().Series);
        var calls = figures.Calls().Series;

        Assert.Equal(session.Summary.Tokens.Total, tokens.Values.Sum()!.Value, 3);
        Assert.Equal(session.Summary.ModelCalls + session.Summary.ToolCalls, calls.Sum(series => series.Values.Sum()!.Value), 3);
        Assert.All(figures.Calls().Times, time => Assert.Equal(0, time % 300_000));
    }

    [Theory]
    [InlineData("now-15m")]
    [InlineData("now-24h")]
    [InlineData("1970-01-01T00:00Z")]
    public void Charts_of_any_range_have_a_bounded_number_of_bars(string from)
    {
        var figures = new OverviewFigures([], TimeWindow.Parse(from, null, Time.GetUtcNow()).Range);

        Assert.InRange(figures.Calls().Times.Count, 2, 97);
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
