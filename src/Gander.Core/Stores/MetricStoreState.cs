namespace Gander.Stores;

/// <summary>What a metric store holds, from memory.</summary>
/// <param name="Series">Series remembered.</param>
/// <param name="ActiveSeries">Series with points in memory: what the limit on active series counts.</param>
/// <param name="LastSeriesId">The highest id given out so far, or 0.</param>
/// <param name="LastLayout">The sequence of the newest layout, or 0.</param>
/// <param name="Forgets">Changes whenever series were forgotten: whoever keeps an index of its own builds it anew.</param>
/// <param name="OldestNanos">Time of the earliest point, or null when there is none.</param>
/// <param name="NewestNanos">Time of the latest point, or null when there is none.</param>
public readonly record struct MetricStoreState(
    int Series, int ActiveSeries, int LastSeriesId, long LastLayout, long Forgets, long? OldestNanos, long? NewestNanos);
