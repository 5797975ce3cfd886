namespace Gander.Sessions.Usage;

/// <summary>A model whose usage has another price.</summary>
/// <param name="Name">The model; empty where none is known.</param>
/// <param name="Provider">Its provider, or empty.</param>
/// <param name="Tokens">Its tokens in the sessions whose price changed.</param>
/// <param name="BeforeUsd">Their price before, US dollars; tokens without a price count nothing.</param>
/// <param name="AfterUsd">Their price after.</param>
public sealed record RepricedModel(string Name, string Provider, long Tokens, decimal BeforeUsd, decimal AfterUsd);
