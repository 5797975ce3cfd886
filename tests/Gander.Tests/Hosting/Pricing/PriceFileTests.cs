using Gander.Hosting.Configuration;
using Gander.Hosting.Pricing;
using Gander.Prices;
using Gander.Tests.Stores;

namespace Gander.Tests.Hosting.Pricing;

public sealed class PriceFileTests
{
    private static readonly long s_now = Some.Instant("2026-11-23T00:00Z");

    [Theory]
    [InlineData("claude-sonnet-5", 2, 10)]
    [InlineData("claude-opus-5", 5, 25)]
    [InlineData("claude-sonnet-4-5-20250929", 3, 15)]
    [InlineData("claude-3-opus-20240229", 15, 75)]
    [InlineData("gpt-4o", 2.5, 10)]
    [InlineData("gpt-5", 1.25, 10)]
    [InlineData("gpt-5.1-codex-max", 1.25, 10)]
    [InlineData("gemini-2.5-pro", 1.25, 10)]
    [InlineData("devstral-2512", 0.4, 2)]
    public void Models_in_use_have_their_published_prices(string model, double input, double output)
    {
        var rates = PriceFile.ReadTable().Match(model, null, s_now).Entry?.Rates;

        Assert.Equal(((long)(input * 1e6), (long)(output * 1e6)), (rates?.Input, rates?.Output));
    }

    [Fact]
    public void Every_price_says_where_it_is_from_and_when_it_was_seen() =>
        Assert.All(PriceFile.ReadTable().Entries, entry => Assert.Matches(@"^https://\S+, 20\d\d-\d\d-\d\d$", entry.Source));

    [Fact]
    public void No_model_has_two_prices_at_a_time()
    {
        var table = PriceFile.ReadTable();

        var twice =
            from entry in table.Entries
            from model in entry.Models
            group entry by model into same
            from pair in same.OrderBy(entry => entry.FromNanos).Zip(same.OrderBy(entry => entry.FromNanos).Skip(1))
            where pair.First.ToNanos > pair.Second.FromNanos
            select same.Key;

        Assert.Empty(twice);
    }

    [Fact]
    public void Reading_from_a_cache_is_never_dearer_than_reading_afresh() =>
        Assert.All(
            PriceFile.ReadTable().Entries.SelectMany(entry => entry.Tiers.Select(tier => tier.Rates).Prepend(entry.Rates)),
            rates => Assert.True((rates.CacheRead ?? 0) <= rates.Input && rates.Input <= rates.Output));

    [Fact]
    public void A_persons_own_file_comes_before_the_prices_of_the_program_and_shows_in_the_version()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "own.yaml");
        File.WriteAllText(file, """
            version: ours-3
            providers:
              gateway: [corp]
            prices:
              - {provider: anthropic, models: [claude-sonnet-5], from: 2026-11-01, input: 1.5, output: 7.5}
              - {provider: gateway, models: [house-*], input: 0.1, output: 0.000001}
            """);

        var table = PriceFile.ReadTable(new PriceOptions { File = file });

        Assert.Equal($"{PriceFile.ReadTable().Version}+ours-3", table.Version);
        Assert.Equal(1_500_000, table.Match("claude-sonnet-5", null, s_now).Entry?.Rates.Input);
        Assert.Equal(2_000_000, table.Match("claude-sonnet-5", null, Some.Instant("2026-10-01T00:00Z")).Entry?.Rates.Input);
        Assert.Equal((PriceMatchKind.Pattern, 1), (table.Match("house-large", "corp", s_now).Kind, table.Match("house-large", "corp", s_now).Entry?.Rates.Output));
    }

    [Fact]
    public void A_file_without_a_version_is_told_by_its_content()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "own.yaml");
        File.WriteAllText(file, "prices: []");

        Assert.Matches(@"\+own-[0-9a-f]{8}$", PriceFile.ReadTable(new PriceOptions { File = file }).Version);
    }

    [Theory]
    [InlineData("prices:\n- {provider: p, models: [m], input: 1}", "prices:2: output is missing.")]
    [InlineData("prices:\n- {provider: p, input: 1, output: 1}", "prices:2: models is missing.")]
    [InlineData("prices:\n- {models: [m], input: 1, output: 1}", "prices:2: provider is missing.")]
    [InlineData("prices:\n- {provider: p, models: ['*'], input: 1, output: 1}", "prices:2: models is missing.")]
    [InlineData("prices:\n- {provider: p, models: [m], input: -1, output: 1}", "prices:2: input is '-1', but must be a number such as 2.5.")]
    [InlineData("prices:\n- {provider: p, models: [m], input: 0.0000001, output: 1}", "prices:2: input has more than six decimals.")]
    [InlineData("prices:\n- {provider: p, models: [m], outputt: 1, input: 1, output: 1}", "prices:2: there is no 'outputt' here; did you mean 'output'?")]
    [InlineData("prices:\n- {provider: p, models: [m], from: 2026-02-30, input: 1, output: 1}", "prices:2: from is '2026-02-30', but must be a day such as 2026-06-30.")]
    [InlineData("prices:\n- {provider: p, models: [m], from: 2026-03-01, to: 2026-03-01, input: 1, output: 1}", "prices:2: to is not after from.")]
    [InlineData("prices:\n- {provider: p, models: [m], input: 1, output: 1, tiers: [{above: 200000, input: 1, output: 1}, {above: 200000, input: 1, output: 1}]}", "prices:2: tiers must stand in the order of their contexts.")]
    [InlineData("prices:\n- {provider: p, models: [m], input: 1, output: 1, maxContext: 5}", "prices:2: maxContext is 5, but must be one of 32000, 64000, 100000, 128000, 200000, 256000, 272000, 400000, 512000, 1000000.")]
    [InlineData("prices: 1", "prices:1: prices must be a list.")]
    [InlineData("- a", "prices:1: lines of the form 'name: value' are expected here.")]
    public void A_mistake_is_told_with_its_line(string text, string message) =>
        Assert.Equal(message, Assert.Throws<ConfigurationException>(() => PriceFile.Parse(text)).Message);

    [Fact]
    public void A_file_that_is_not_there_is_a_mistake_of_the_configuration() =>
        Assert.Contains("prices.file", Assert.Throws<ConfigurationException>(() => PriceFile.ReadTable(new PriceOptions { File = "/nonexistent/prices.yaml" })).Message, StringComparison.Ordinal);
}
