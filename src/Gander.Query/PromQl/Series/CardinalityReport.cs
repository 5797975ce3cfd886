namespace Gander.Query.PromQl.Series;

/// <summary>How many series there are and what they consist of. Lists are ordered by falling count, then by name.</summary>
/// <param name="SeriesCount">Series in PromQL, parts of histograms included.</param>
/// <param name="LabelPairCount">Distinct pairs of a label and its value.</param>
/// <param name="ActiveSeriesCount">Series of the store that have points in memory: what the limits on active series count.</param>
/// <param name="MinTimeMillis">The time of the oldest sample in Unix milliseconds, or null when there is none.</param>
/// <param name="MaxTimeMillis">The time of the newest sample in Unix milliseconds, or null when there is none.</param>
/// <param name="SeriesByMetric">Series of each metric name.</param>
/// <param name="ValuesByLabel">Distinct values of each label.</param>
/// <param name="BytesByLabel">Bytes that the distinct values of each label take in UTF-8.</param>
/// <param name="SeriesByPair">Series of each <c>label=value</c>.</param>
public sealed record CardinalityReport(
    long SeriesCount,
    long LabelPairCount,
    long ActiveSeriesCount,
    long? MinTimeMillis,
    long? MaxTimeMillis,
    IReadOnlyList<NamedCount> SeriesByMetric,
    IReadOnlyList<NamedCount> ValuesByLabel,
    IReadOnlyList<NamedCount> BytesByLabel,
    IReadOnlyList<NamedCount> SeriesByPair);
