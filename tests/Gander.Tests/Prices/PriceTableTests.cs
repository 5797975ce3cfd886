using Gander.Prices;

namespace Gander.Tests.Prices;

public sealed class PriceTableTests
{
    private static readonly long s_june = Some.Instant("2026-06-15T12:00Z");

    private static readonly PriceTable s_table = new(
        "test",
        [
            Entry("anthropic", ["claude-sonnet-4-5", "claude-opus-4-20250514"], 3),
            Entry("anthropic", ["claude-fable-5"], 8, to: "2026-06-01T00:00Z"),
            Entry("anthropic", ["claude-fable-5"], 10, from: "2026-06-01T00:00Z"),
            Entry("openai", ["shared"], 1),
            Entry("azure", ["shared"], 2),
            Entry("openai", ["gpt-*"], 7),
            Entry("openai", ["gpt-5-*"], 9),
        ],
        [new ProviderNames("azure", ["az.ai.openai"])],
        ["ollama"]);

    [Theory]
    [InlineData("claude-sonnet-4-5", PriceMatchKind.Exact, "claude-sonnet-4-5")]
    [InlineData("Claude-Sonnet-4-5", PriceMatchKind.Exact, "claude-sonnet-4-5")]
    [InlineData("claude-opus-4-20250514", PriceMatchKind.Exact, "claude-opus-4-20250514")]
    [InlineData("anthropic/claude-sonnet-4-5", PriceMatchKind.WithoutProvider, "claude-sonnet-4-5")]
    [InlineData("openrouter/anthropic/claude-sonnet-4-5", PriceMatchKind.WithoutProvider, "claude-sonnet-4-5")]
    [InlineData("claude-sonnet-4-5-20250929", PriceMatchKind.WithoutDate, "claude-sonnet-4-5")]
    [InlineData("claude-sonnet-4-5@20250929", PriceMatchKind.WithoutDate, "claude-sonnet-4-5")]
    [InlineData("claude-sonnet-4-5-2025-09-29", PriceMatchKind.WithoutDate, "claude-sonnet-4-5")]
    [InlineData("claude-sonnet-4-5[1m]", PriceMatchKind.WithoutDate, "claude-sonnet-4-5")]
    [InlineData("anthropic/claude-sonnet-4-5-20250929[1m]", PriceMatchKind.WithoutDate, "claude-sonnet-4-5")]
    [InlineData("gpt-4", PriceMatchKind.Pattern, "gpt-*")]
    [InlineData("gpt-5-large", PriceMatchKind.Pattern, "gpt-5-*")]
    public void A_model_is_found_by_its_id_then_without_provider_then_without_date_then_by_pattern(string model, PriceMatchKind kind, string name)
    {
        var match = s_table.Match(model, null, s_june);

        Assert.Equal((kind, name), (match.Kind, match.Name));
        Assert.NotNull(match.Entry);
    }

    [Theory]
    [InlineData("claude-sonnet-4")]
    [InlineData("claude-sonnet-4-5-turbo")]
    [InlineData("claude-sonnet-4-5-12345678")]
    [InlineData("claude-sonnet-4-5-202509")]
    [InlineData("claude-sonnet-4-5/other")]
    [InlineData("")]
    [InlineData("   ")]
    public void What_is_not_in_the_table_has_no_price(string model) => Assert.Equal(PriceMatchKind.UnknownModel, s_table.Match(model, null, s_june).Kind);

    [Fact]
    public void A_name_of_any_length_is_looked_for() => Assert.Equal(PriceMatchKind.UnknownModel, s_table.Match(new string('/', 100_000), null, s_june).Kind);

    [Fact]
    public void The_price_of_the_day_of_the_call_holds()
    {
        Assert.Equal(8_000_000, s_table.Match("claude-fable-5", null, Some.Instant("2026-06-01T00:00Z") - 1).Entry?.Rates.Input);
        Assert.Equal(10_000_000, s_table.Match("claude-fable-5", null, Some.Instant("2026-06-01T00:00Z")).Entry?.Rates.Input);
    }

    [Fact]
    public void A_model_without_a_price_at_that_time_shows_when_it_has_one()
    {
        var table = new PriceTable("test", [Entry("x", ["m"], 1, "2026-02-01T00:00Z", "2026-03-01T00:00Z")], [], []);

        var match = table.Match("m", null, s_june);

        Assert.Equal((PriceMatchKind.OutsideValidity, null, "m"), (match.Kind, match.Entry, match.Name));
        Assert.Single(match.Others);
    }

    [Theory]
    [InlineData("azure", 2)]
    [InlineData("AZ.AI.OpenAI", 2)]
    [InlineData("openai", 1)]
    [InlineData("openai.responses", 1)]
    public void The_provider_decides_between_those_who_sell_the_same_name(string provider, int dollars) =>
        Assert.Equal(dollars * 1_000_000, s_table.Match("shared", provider, s_june).Entry?.Rates.Input);

    [Fact]
    public void Without_a_provider_a_name_that_several_sell_is_not_guessed()
    {
        Assert.Equal(PriceMatchKind.Ambiguous, s_table.Match("shared", null, s_june).Kind);
        Assert.Equal(PriceMatchKind.Ambiguous, s_table.Match("shared", "elsewhere", s_june).Kind);
        Assert.Equal(2_000_000, s_table.Match("azure/shared", null, s_june).Entry?.Rates.Input);
    }

    [Fact]
    public void A_provider_that_speaks_another_ones_protocol_does_not_hide_the_model() =>
        Assert.Equal(PriceMatchKind.Exact, s_table.Match("claude-sonnet-4-5", "openai", s_june).Kind);

    [Theory]
    [InlineData("claude-sonnet-4-5", "ollama")]
    [InlineData("claude-sonnet-4-5", "Ollama.chat")]
    [InlineData("ollama/claude-sonnet-4-5", null)]
    public void What_runs_on_the_users_own_machine_has_no_price(string model, string? provider) =>
        Assert.Equal(PriceMatchKind.Local, s_table.Match(model, provider, s_june).Kind);

    [Fact]
    public void Own_prices_come_before_those_of_the_program_and_only_while_they_hold()
    {
        var table = new PriceTable("test", [Entry("a", ["m"], 1), Entry("a", ["m"], 5, from: "2026-06-01T00:00Z") with { IsOwn = true }], [], []);

        Assert.Equal(5_000_000, table.Match("m", "a", s_june).Entry?.Rates.Input);
        Assert.Equal(1_000_000, table.Match("m", "a", Some.Instant("2026-05-01T00:00Z")).Entry?.Rates.Input);
    }

    [Fact]
    public void An_own_price_of_another_seller_holds_for_calls_that_name_it_or_nobody()
    {
        var table = new PriceTable("test", [Entry("openai", ["m"], 1), Entry("gateway", ["m"], 5) with { IsOwn = true }], [], []);

        Assert.Equal(5_000_000, table.Match("m", "gateway", s_june).Entry?.Rates.Input);
        Assert.Equal(5_000_000, table.Match("m", null, s_june).Entry?.Rates.Input);
        Assert.Equal(1_000_000, table.Match("m", "openai", s_june).Entry?.Rates.Input);
    }

    private static PriceEntry Entry(string provider, string[] models, int dollars, string? from = null, string? to = null) => new()
    {
        Provider = provider,
        Models = models,
        FromNanos = from is null ? long.MinValue : Some.Instant(from),
        ToNanos = to is null ? long.MaxValue : Some.Instant(to),
        Rates = new TokenRates(dollars * 1_000_000, dollars * 5_000_000),
    };
}
