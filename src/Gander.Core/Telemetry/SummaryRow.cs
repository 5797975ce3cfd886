namespace Gander.Telemetry;

/// <summary>The distribution of one summary point.</summary>
/// <param name="Count">Observations.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Quantiles">Rows of <see cref="MetricBatch.Doubles"/>: quantiles, 0 to 1.</param>
/// <param name="Values">Rows of <see cref="MetricBatch.Doubles"/>: the value at each quantile.</param>
public readonly record struct SummaryRow(ulong Count, double Sum, RowRange Quantiles, RowRange Values);
