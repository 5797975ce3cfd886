namespace Gander.Prices;

/// <summary>
/// What tokens cost, in pico-dollars each: a price of so many dollars a million tokens is so many millionths of a dollar a
/// million, so published figures are whole numbers here. A rate that is null is not known, and tokens of its kind cannot be priced.
/// </summary>
/// <param name="Input">Input tokens that had nothing to do with a cache.</param>
/// <param name="Output">Output tokens.</param>
public readonly record struct TokenRates(long Input, long Output)
{
    /// <summary>Input tokens read from a cache.</summary>
    public long? CacheRead { get; init; }

    /// <summary>Input tokens written to a cache: for the shorter time, where the provider sells several.</summary>
    public long? CacheWrite { get; init; }

    /// <summary>Input tokens written to a cache for an hour; null where there is no rate of its own, and <see cref="CacheWrite"/> holds.</summary>
    public long? CacheWriteOneHour { get; init; }

    /// <summary>Output tokens that were reasoning; null where they cost as much as others.</summary>
    public long? Reasoning { get; init; }
}
