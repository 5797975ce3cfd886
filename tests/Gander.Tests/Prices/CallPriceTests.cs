using CsCheck;
using Gander.Prices;
using Gander.Sessions;

namespace Gander.Tests.Prices;

public sealed class CallPriceTests
{
    private static readonly TokenRates s_rates = new(2_000_000, 10_000_000) { CacheRead = 200_000, CacheWrite = 2_500_000, CacheWriteOneHour = 4_000_000 };

    [Fact]
    public void Each_kind_of_token_has_its_rate()
    {
        var tokens = new TokenUsage(Input: 1_000, Output: 50, CacheRead: 300, CacheWrite: 200, Reasoning: 10) { CacheWriteOneHour = 150 };

        var cost = CallPrice.Of(tokens, s_rates);

        Assert.Equal((500 * 2_000_000L) + (300 * 200_000L) + (50 * 2_500_000L) + (150 * 4_000_000L) + (50 * 10_000_000L), cost);
    }

    [Fact]
    public void Reasoning_costs_what_output_costs_unless_it_has_a_rate()
    {
        var tokens = new TokenUsage(0, 100, 0, 0, 60);

        Assert.Equal(100 * 10_000_000L, CallPrice.Of(tokens, s_rates));
        Assert.Equal((40 * 10_000_000L) + (60 * 1_000_000L), CallPrice.Of(tokens, s_rates with { Reasoning = 1_000_000 }));
    }

    [Fact]
    public void Writes_for_an_hour_cost_what_others_cost_where_they_have_no_rate() =>
        Assert.Equal(100 * 2_500_000L, CallPrice.Of(new TokenUsage(100, 0, 0, 100, 0) { CacheWriteOneHour = 70 }, s_rates with { CacheWriteOneHour = null }));

    [Fact]
    public void Tokens_of_a_kind_without_a_rate_leave_the_call_unpriced()
    {
        var rates = new TokenRates(1, 1);

        Assert.Equal(110, CallPrice.Of(new TokenUsage(100, 10, 0, 0, 5), rates));
        Assert.Null(CallPrice.Of(new TokenUsage(100, 10, 1, 0, 0), rates));
        Assert.Null(CallPrice.Of(new TokenUsage(100, 10, 0, 1, 0), rates));
    }

    [Theory]
    [InlineData(100, 0, 101, 0, 0)]
    [InlineData(100, 0, 60, 60, 0)]
    [InlineData(100, 5, 0, 0, 6)]
    [InlineData(100, 5, -1, 0, 0)]
    [InlineData(long.MaxValue, long.MaxValue, 0, 0, 0)]
    public void Usage_that_contradicts_itself_or_cannot_be_is_not_priced(long input, long output, long read, long write, long reasoning) =>
        Assert.Null(CallPrice.Of(new TokenUsage(input, output, read, write, reasoning), s_rates));

    [Fact]
    public void The_price_of_calls_together_is_the_sum_of_their_prices() =>
        Gen.Select(Usages, Usages).Sample((left, right) => CallPrice.Of(left + right, s_rates) == CallPrice.Of(left, s_rates) + CallPrice.Of(right, s_rates));

    [Fact]
    public void A_larger_context_has_the_rates_of_its_tier_for_all_tokens()
    {
        var entry = new PriceEntry
        {
            Provider = "p",
            Models = ["m"],
            Rates = new TokenRates(1, 2),
            Tiers = [new PriceTier(200, new TokenRates(3, 4)), new PriceTier(500, new TokenRates(5, 6))],
            MaxContextTokens = 1_000,
        };

        Assert.Equal(200 + 20, entry.CostOf(new TokenUsage(200, 10, 0, 0, 0)));
        Assert.Equal((201 * 3) + 40, entry.CostOf(new TokenUsage(201, 10, 0, 0, 0)));
        Assert.Equal((501 * 5) + 60, entry.CostOf(new TokenUsage(501, 10, 0, 0, 0)));
        Assert.Null(entry.CostOf(new TokenUsage(1_001, 10, 0, 0, 0)));
    }

    [Fact]
    public void Dollars_and_picos_are_the_same_amount() =>
        Gen.Long[-9_000_000_000_000_000_000, 9_000_000_000_000_000_000].Sample(picos => Dollars.ToPicos(Dollars.Of(picos)) == picos);

    [Fact]
    public void Amounts_beyond_belief_are_held_in() => Assert.Equal(9_000_000 * Dollars.Picos, Dollars.ToPicos(decimal.MaxValue));

    private static Gen<TokenUsage> Usages =>
        Gen.Select(Gen.Long[0, 1_000_000], Gen.Long[0, 100_000], Gen.Long[0, 1_000_000], Gen.Long[0, 1_000_000], Gen.Long[0, 100_000]).Select((fresh, output, read, five, hour) =>
            new TokenUsage(fresh + read + five + hour, output, read, five + hour, 0) { CacheWriteFiveMinutes = five, CacheWriteOneHour = hour });
}
