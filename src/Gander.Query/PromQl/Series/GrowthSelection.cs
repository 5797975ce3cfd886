namespace Gander.Query.PromQl.Series;

/// <summary>What a selector found, for a question about growth.</summary>
/// <param name="Sampled">Series whose growth has to be worked out from their samples.</param>
/// <param name="Known">Further series, whose growth is known; null when there are none.</param>
public sealed record GrowthSelection(ISeriesSet Sampled, IGrowthSet? Known);
