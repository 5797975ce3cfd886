namespace Gander.Sessions;

/// <summary>How a session used one model of one provider.</summary>
/// <param name="Name">The model as the agent names it; <c>unknown</c> where it does not.</param>
/// <param name="Provider">The provider, or null.</param>
/// <param name="Calls">Calls, failed ones included.</param>
/// <param name="Errors">Calls that failed.</param>
/// <param name="Tokens">Tokens of all calls.</param>
/// <param name="ReportedCostUsd">What the agent says they cost, US dollars, or null when it says nothing.</param>
public sealed record ModelUse(string Name, string? Provider, int Calls, int Errors, TokenUsage Tokens, decimal? ReportedCostUsd)
{
    /// <summary>What the table of prices makes of their tokens, US dollars, also of those whose cost the agent reported; null when it knows none of them.</summary>
    public decimal? PricedCostUsd { get; init; }

    /// <summary>What they cost, US dollars: as reported, and as priced where nothing was; null when unpriced.</summary>
    public decimal? CostUsd { get; init; }
}
