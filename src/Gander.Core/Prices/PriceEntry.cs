using Gander.Sessions;

namespace Gander.Prices;

/// <summary>What a provider takes for some models during some time. Immutable.</summary>
public sealed record PriceEntry
{
    /// <summary>Who sells it, in the table's own words, such as <c>anthropic</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The ids of the models. One that ends in <c>*</c> stands for all that begin so.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>The first instant it holds, Unix nanoseconds; <see cref="long.MinValue"/> when it always did.</summary>
    public long FromNanos { get; init; } = long.MinValue;

    /// <summary>The first instant it no longer holds, Unix nanoseconds; <see cref="long.MaxValue"/> while no end is known.</summary>
    public long ToNanos { get; init; } = long.MaxValue;

    /// <summary>The rates.</summary>
    public required TokenRates Rates { get; init; }

    /// <summary>Other rates for calls with a large context, the smallest context first.</summary>
    public IReadOnlyList<PriceTier> Tiers { get; init; } = [];

    /// <summary>Calls with more input than this are not covered, because what they cost is not known; null when all are.</summary>
    public long? MaxContextTokens { get; init; }

    /// <summary>Where the figures are from, and when they were looked at.</summary>
    public string Source { get; init; } = "";

    /// <summary>Whether a person wrote it for this server, rather than that it came with the program.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Whether it holds at an instant.</summary>
    public bool Holds(long atNanos) => atNanos >= FromNanos && atNanos < ToNanos;

    /// <summary>The rates for a call with this many input tokens, cached ones included; null when they are not known.</summary>
    public TokenRates? RatesFor(long contextTokens)
    {
        if (contextTokens > MaxContextTokens)
        {
            return null;
        }

        var rates = Rates;
        foreach (var tier in Tiers)
        {
            if (contextTokens > tier.AboveTokens)
            {
                rates = tier.Rates;
            }
        }

        return rates;
    }

    /// <summary>What one call costs, in pico-dollars; null when a rate that it needs is not known.</summary>
    public long? CostOf(TokenUsage tokens) => RatesFor(tokens.Input) is { } rates ? CallPrice.Of(tokens, rates) : null;
}
