namespace Gander.Agent.Providers;

/// <summary>One answered model call, as the ledger keeps it.</summary>
/// <param name="Purpose">What it was made for.</param>
/// <param name="Provider">The provider's name, such as <c>openai</c>.</param>
/// <param name="RequestedModel">The model asked for.</param>
/// <param name="ResponseModel">The model that answered, where the provider says.</param>
/// <param name="ResponseId">The provider's id of the answer.</param>
/// <param name="FinishReason">Why the answer ended, such as <c>stop</c> or <c>tool_calls</c>.</param>
/// <param name="Usage">Its tokens, or null where the provider told none.</param>
/// <param name="CostUsd">Its price, or null where the model's price or its tokens are not known.</param>
/// <param name="Started">When the request was sent.</param>
/// <param name="TimeToFirstToken">From the request to the first piece of the answer; null for calls that do not stream.</param>
/// <param name="Duration">From the request to the end of the answer, without earlier failed attempts.</param>
public sealed record ModelCall(
    ModelCallPurpose Purpose,
    string Provider,
    string RequestedModel,
    string? ResponseModel,
    string? ResponseId,
    string? FinishReason,
    ModelUsage? Usage,
    decimal? CostUsd,
    DateTimeOffset Started,
    TimeSpan? TimeToFirstToken,
    TimeSpan Duration);
