namespace Gander.Agent.Providers;

/// <summary>What is known of a model.</summary>
/// <param name="ContextLimit">How many tokens a request and its answer may have together.</param>
/// <param name="Prices">What tokens cost, or null where that is not known.</param>
/// <param name="MaxOutputTokens">The longest answer to ask for; null leaves it to the provider.</param>
public sealed record ModelFacts(int ContextLimit, ModelPrices? Prices = null, int? MaxOutputTokens = null);
