using CsCheck;
using Gander.Prices;
using Gander.Sessions;
using Gander.Sessions.Usage;

namespace Gander.Tests.Sessions.Usage;

public sealed class UsageBuilderTests
{
    private static readonly PriceTable s_prices = UsageSamples.Prices;
    private static readonly long s_noon = Some.Instant("2026-03-10T12:00Z");

    [Fact]
    public void Rows_add_up_to_the_session() =>
        UsageSamples.Sessions.Sample(session =>
        {
            var usage = UsageBuilder.Of(session.Summary, session.Turns, s_prices);

            var sums = usage.Sums;
            Assert.Equal(session.Summary.Tokens, sums.Tokens);
            Assert.Equal(
                (session.Summary.TurnCount, session.Summary.ModelCalls, session.Summary.ModelErrors, session.Summary.ToolCalls, session.Summary.ToolFailures),
                (sums.Turns, sums.ModelCalls, sums.ModelErrors, sums.ToolCalls, sums.ToolFailures));
            Assert.Equal(Dollars.ToPicos(session.Summary.ReportedCostUsd.GetValueOrDefault()), sums.ReportedPicos);
            Assert.Equal(session.Summary.Changes.LinesAdded.GetValueOrDefault(), sums.LinesAdded);
            Assert.Equal(sums.Tokens.Total, sums.ReportedTokens + sums.PricedTokens + sums.UnpricedTokens);
        });

    [Fact]
    public void The_cost_of_a_session_is_that_of_its_calls() =>
        UsageSamples.Sessions.Sample(session =>
        {
            var summary = UsagePricing.Complete(session.Summary, UsageBuilder.Of(session.Summary, session.Turns, s_prices));

            var calls = session.Turns.SelectMany(turn => turn.Steps).ToList();
            Assert.Equal(calls.Sum(call => call.CostUsd), summary.CostUsd.GetValueOrDefault());
            Assert.Equal(calls.Sum(call => call.PricedCostUsd), summary.PricedCostUsd.GetValueOrDefault());
            Assert.Equal(calls.Where(call => call.CostUsd is null).Sum(call => call.Tokens?.Total ?? 0), summary.UnpricedTokens);
            Assert.Equal(summary.CostUsd.GetValueOrDefault(), summary.ModelUses.Sum(use => use.CostUsd).GetValueOrDefault());
        });

    [Fact]
    public void Rows_priced_anew_with_the_same_table_cost_the_same() =>
        UsageSamples.Sessions.Sample(session =>
        {
            var usage = UsageBuilder.Of(session.Summary, session.Turns, s_prices);

            Assert.Equal(usage.Rows, usage.Rows.Select(row => UsagePricing.Price(row, s_prices)));
        });

    [Fact]
    public void A_tool_belongs_to_the_model_that_asked_for_it_and_to_its_hour()
    {
        var usage = Usage(
            UsageSamples.Call(s_noon, "sonnet", input: 10),
            UsageSamples.Tool(s_noon + UsageRow.HourNanos, "shell"),
            UsageSamples.Call(s_noon + UsageRow.HourNanos, "gpt", input: 10),
            UsageSamples.Tool(s_noon + UsageRow.HourNanos, "edit"));

        Assert.Equal(
            [("gpt", "edit", 1L), ("sonnet", "shell", 1L)],
            usage.Rows.Where(row => row.Tool.Length > 0).Select(row => (row.Model, row.Tool, (row.StartNanos - s_noon) / UsageRow.HourNanos)));
        Assert.Equal("sonnet", Assert.Single(usage.Rows, row => row.Turns == 1).Model);
    }

    [Fact]
    public void What_an_agent_reports_for_the_whole_session_is_shared_by_price()
    {
        var turns = UsageSamples.Turns(UsageSamples.Call(s_noon, "sonnet", input: 100), UsageSamples.Call(s_noon, "gpt", input: 300));
        var summary = UsageSamples.Summary(turns) with { ReportedCostUsd = 0.000_001m };

        var usage = UsageBuilder.Of(summary, turns, s_prices);

        Assert.Equal(
            [("gpt", true, 600_000L), ("sonnet", true, 400_000L)],
            usage.Rows.Where(row => row.ModelCalls > 0).Select(row => (row.Model, row.IsReported, row.ReportedPicos)));
        Assert.Equal(("reported", 0.000_001m), (UsagePricing.Complete(summary, usage).CostProvenance, UsagePricing.Complete(summary, usage).CostUsd));
    }

    [Fact]
    public void Tokens_that_only_the_session_knows_are_unpriced_tokens_of_its_model()
    {
        var turns = UsageSamples.Turns(UsageSamples.Call(s_noon, "sonnet") with { Tokens = null });
        var summary = UsageSamples.Summary(turns) with { Tokens = new TokenUsage(11, 0, 0, 0, 0), TokensProvenance = "derived" };

        var row = Assert.Single(UsageBuilder.Of(summary, turns, s_prices).Rows, row => row.Tokens.Total > 0);

        Assert.Equal(("sonnet", 11L), (row.Model, row.Sums.UnpricedTokens));
    }

    [Fact]
    public void A_session_of_endless_names_has_a_bounded_number_of_rows()
    {
        var turns = UsageSamples.Turns([.. Enumerable.Range(0, 10_000).Select(i => UsageSamples.Tool(s_noon, $"tool {i}"))]);

        var usage = UsageBuilder.Of(UsageSamples.Summary(turns), turns, s_prices);

        Assert.InRange(usage.Rows.Count, UsageBuilder.MaxRows, UsageBuilder.MaxRows + 10);
        Assert.Equal(10_000, usage.Sums.ToolCalls);
    }

    [Fact]
    public void A_name_that_is_too_long_is_cut_between_characters()
    {
        Assert.Equal(new string('a', 199), UsageBuilder.Cut(new string('a', 199) + "\U0001FABF"));
        Assert.Equal(new string('a', 198) + "\U0001FABF", UsageBuilder.Cut(new string('a', 198) + "\U0001FABF…"));
    }

    private static SessionUsage Usage(params Step[] steps)
    {
        var turns = UsageSamples.Turns(steps);
        return UsageBuilder.Of(UsageSamples.Summary(turns), turns, s_prices);
    }
}
