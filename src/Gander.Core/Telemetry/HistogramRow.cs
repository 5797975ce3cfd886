namespace Gander.Telemetry;

/// <summary>The distribution of one histogram point.</summary>
/// <param name="Count">Observations.</param>
/// <param name="Sum">Their sum, or null when it was not sent.</param>
/// <param name="Min">The least, or null.</param>
/// <param name="Max">The largest, or null.</param>
/// <param name="Bounds">Rows of <see cref="MetricBatch.Doubles"/>: upper bounds, ascending, without infinity.</param>
/// <param name="Buckets">Rows of <see cref="MetricBatch.Counts"/>: one more than bounds, or none at all.</param>
public readonly record struct HistogramRow(
    ulong Count, double? Sum, double? Min, double? Max, RowRange Bounds, RowRange Buckets);
