namespace Gander.Agent.Providers;

/// <summary>Prices in US dollars for a million tokens.</summary>
/// <param name="Input">Tokens of the prompt that no cache had.</param>
/// <param name="Output">Tokens of the answer, reasoning included.</param>
/// <param name="CacheRead">Tokens of the prompt read from the provider's cache; null means the price of <paramref name="Input"/>.</param>
/// <param name="CacheWrite">Tokens of the prompt written to it; null means the price of <paramref name="Input"/>.</param>
public sealed record ModelPrices(decimal Input, decimal Output, decimal? CacheRead = null, decimal? CacheWrite = null)
{
    private const decimal Million = 1_000_000m;

    /// <summary>What a call with these tokens costs.</summary>
    public decimal Of(ModelUsage usage)
    {
        var plain = Math.Max(0, usage.InputTokens - usage.CacheReadTokens - usage.CacheWriteTokens);
        return ((plain * Input) + (usage.CacheReadTokens * (CacheRead ?? Input)) + (usage.CacheWriteTokens * (CacheWrite ?? Input)) + (usage.OutputTokens * Output)) / Million;
    }
}
