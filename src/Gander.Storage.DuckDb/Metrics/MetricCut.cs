using Gander.Storage.DuckDb.Metrics.Series;

namespace Gander.Storage.DuckDb.Metrics;

/// <summary>Points on their way from memory into a file; kept until that succeeded.</summary>
/// <param name="Segment">The last log segment with such points: the number of the cut.</param>
/// <param name="Series">The series that have some, by id.</param>
/// <param name="NewSeries">Series the registry file does not have.</param>
/// <param name="ChangedSeries">Other series of which the registry file lacks something that points have shown.</param>
/// <param name="NewMetrics">Metrics whose description the registry file does not have.</param>
internal sealed record MetricCut(
    long Segment,
    IReadOnlyList<SeriesEntry> Series,
    IReadOnlyList<SeriesEntry> NewSeries,
    IReadOnlyList<SeriesEntry> ChangedSeries,
    IReadOnlyList<MetricInfo> NewMetrics);
