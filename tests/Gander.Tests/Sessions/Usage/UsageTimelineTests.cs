using CsCheck;
using Gander.Prices;
using Gander.Sessions;
using Gander.Sessions.Calls;
using Gander.Sessions.Usage;
using Gander.Stores;

namespace Gander.Tests.Sessions.Usage;

public sealed class UsageTimelineTests
{
    private const UsageFigure All = (UsageFigure)8_191;

    private static readonly long s_noon = Some.Instant("2026-03-10T12:00Z");

    [Fact]
    public void Moments_of_each_hour_add_up_to_its_usage_whatever_the_prices_are_now() =>
        Gen.Select(UsageSamples.Sessions, Gen.Bool, Gen.Bool, Gen.Int[0, 5_000]).Sample((session, knowsPrices, knowsCalls, more) =>
        {
            // What a counter of the whole session tells beyond its calls is usage too.
            var summary = session.Summary with { Tokens = session.Summary.Tokens with { Input = session.Summary.Tokens.Input + more }, ReportedCostUsd = more % 3 == 0 ? 1.5m : session.Summary.ReportedCostUsd };
            var usage = UsageBuilder.Of(summary, session.Turns, UsageSamples.Prices);

            var moments = Read(new Session(summary, session.Turns), usage, knowsPrices ? UsageSamples.Prices : PriceTable.Empty, knowsCalls);

            Assert.Equal(Expected(usage), Sums(moments));
        });

    [Fact]
    public void Each_call_has_what_it_used_itself()
    {
        var turns = UsageSamples.Turns(
            UsageSamples.Call(s_noon + 1, "sonnet", 100),
            UsageSamples.Call(s_noon + 2, "gpt", 7) with { ReportedCostUsd = 0.5m },
            UsageSamples.Call(s_noon + 3, "sonnet", 300));
        var summary = UsageSamples.Summary(turns);

        var moments = Read(new Session(summary, turns), UsageBuilder.Of(summary, turns, UsageSamples.Prices), UsageSamples.Prices);

        Assert.Equal(
            [(1, 100), (2, 7), (3, 300)],
            moments.Where(moment => moment.Figure == UsageFigure.InputTokens).Select(moment => (moment.Nanos - s_noon, moment.Amount)).Order());
        Assert.Equal([(1, 200_000_000), (3, 600_000_000)], moments.Where(moment => moment.Figure == UsageFigure.PricedPicos).Select(moment => (moment.Nanos - s_noon, moment.Amount)));
        Assert.Equal([(2, 500_000_000_000)], moments.Where(moment => moment.Figure == UsageFigure.ReportedPicos).Select(moment => (moment.Nanos - s_noon, moment.Amount)));
    }

    [Fact]
    public void A_cost_of_the_whole_session_is_shared_as_the_prices_are()
    {
        var turns = UsageSamples.Turns(UsageSamples.Call(s_noon + 1, "sonnet", 100), UsageSamples.Call(s_noon + 2, "sonnet", 300));
        var summary = UsageSamples.Summary(turns) with { ReportedCostUsd = 0.4m };

        var moments = Read(new Session(summary, turns), UsageBuilder.Of(summary, turns, UsageSamples.Prices), UsageSamples.Prices);

        Assert.Equal([(1, 100_000_000_000), (2, 300_000_000_000)], moments.Where(moment => moment.Figure == UsageFigure.ReportedPicos).Select(moment => (moment.Nanos - s_noon, moment.Amount)));
        Assert.DoesNotContain(moments, moment => moment.Figure == UsageFigure.PricedPicos);
    }

    [Fact]
    public void Usage_without_calls_counts_when_the_session_began()
    {
        var summary = Some.Session() with { StartNanos = s_noon + 5, Tokens = new TokenUsage(50, 0, 0, 0, 0) };

        var moments = Read(new Session(summary, []), UsageBuilder.Of(summary, [], UsageSamples.Prices), UsageSamples.Prices);

        Assert.Equal([(UsageFigure.InputTokens, s_noon + 5, 50), (UsageFigure.UnpricedTokens, s_noon + 5, 50L)], moments.Select(moment => (moment.Figure, moment.Nanos, moment.Amount)));
    }

    private static UsageMoment[] Read(Session session, SessionUsage usage, PriceTable prices, bool knowsCalls = true)
    {
        var calls = SessionCalls.Of(session).Calls;
        return new UsageTimeline(prices).Read(
            new SessionActivity
            {
                Agent = "goose",
                Identity = default,
                Repository = null,
                Project = null,
                Status = SessionStatus.Ok,
                StartNanos = session.Summary.StartNanos,
                EndNanos = session.Summary.EndNanos,
                Calls = knowsCalls ? SessionCallsCodec.Encode(calls) : [],
                Usage = [.. usage.Rows],
            },
            All).ToArray();
    }

    private static IEnumerable<string> Sums(IEnumerable<UsageMoment> moments) =>
        from moment in moments
        group moment.Amount by $"{UsageTime.Hour(moment.Nanos)} {moment.Model} {moment.Provider} {moment.Figure}" into figure
        where figure.Sum() != 0
        orderby figure.Key
        select $"{figure.Key} {figure.Sum()}";

    private static IEnumerable<string> Expected(SessionUsage usage) => Sums(usage.Rows.SelectMany(row => new (UsageFigure, long)[]
    {
        (UsageFigure.InputTokens, row.Tokens.Input - row.Tokens.CacheRead - row.Tokens.CacheWrite), (UsageFigure.CacheReadTokens, row.Tokens.CacheRead), (UsageFigure.CacheWriteTokens, row.Tokens.CacheWrite),
        (UsageFigure.OutputTokens, row.Tokens.Output - row.Tokens.Reasoning), (UsageFigure.ReasoningTokens, row.Tokens.Reasoning), (UsageFigure.Turns, row.Turns),
        (UsageFigure.ReportedPicos, row.IsReported ? row.ReportedPicos : 0), (UsageFigure.PricedPicos, row.IsReported ? 0 : row.PricedPicos),
        (UsageFigure.UnpricedTokens, row.IsReported || row.IsPriced ? 0 : row.Tokens.Total),
        (UsageFigure.LinesAdded, row.LinesAdded), (UsageFigure.LinesRemoved, row.LinesRemoved), (UsageFigure.Commits, row.Commits), (UsageFigure.PullRequests, row.PullRequests),
    }.Select(figure => new UsageMoment(figure.Item1, row.StartNanos, row.Model, row.Provider, figure.Item2))));
}
