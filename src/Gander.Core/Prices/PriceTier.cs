namespace Gander.Prices;

/// <summary>Rates that hold for the whole of a call whose context is large.</summary>
/// <param name="AboveTokens">They hold when the call's input, cached tokens included, is more than this.</param>
/// <param name="Rates">The rates.</param>
public sealed record PriceTier(long AboveTokens, TokenRates Rates);
