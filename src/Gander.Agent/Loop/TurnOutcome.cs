using Gander.Agent.Providers;

namespace Gander.Agent.Loop;

/// <summary>How a turn ended and what it took.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Message">A sentence for the person where it did not end with an answer.</param>
/// <param name="Error">What the provider said, where that ended it.</param>
/// <param name="Usage">The sum over the turn's model calls, titles and summaries included.</param>
/// <param name="CostUsd">The price of that, or null where a model's price is not known.</param>
/// <param name="Duration">From the person's message to the end.</param>
public sealed record TurnOutcome(TurnStatus Status, string? Message, ProviderException? Error, ModelUsage Usage, decimal? CostUsd, TimeSpan Duration);
