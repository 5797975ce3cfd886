namespace Gander.Sessions.Usage;

/// <summary>What pricing sessions anew changed, or would change.</summary>
/// <param name="Table">The version of the table they were priced with.</param>
/// <param name="Sessions">Sessions with usage.</param>
/// <param name="Changed">Those of them that cost something else now.</param>
/// <param name="BeforeUsd">What all cost before, US dollars.</param>
/// <param name="AfterUsd">What all cost after.</param>
/// <param name="UnpricedBefore">Tokens without a known cost before.</param>
/// <param name="UnpricedAfter">Tokens without a known cost after.</param>
/// <param name="Models">The models whose price changed, the largest change first.</param>
public sealed record RepriceOutcome(
    string Table, long Sessions, long Changed, decimal BeforeUsd, decimal AfterUsd, long UnpricedBefore, long UnpricedAfter, IReadOnlyList<RepricedModel> Models);
