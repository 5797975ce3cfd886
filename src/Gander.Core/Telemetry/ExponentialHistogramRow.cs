namespace Gander.Telemetry;

/// <summary>The distribution of one exponential histogram point; bucket <c>i</c> ends at <c>2^((i+1)/2^Scale)</c>.</summary>
/// <param name="Count">Observations.</param>
/// <param name="Sum">Their sum, or null when it was not sent.</param>
/// <param name="Min">The least, or null.</param>
/// <param name="Max">The largest, or null.</param>
/// <param name="Scale">The resolution.</param>
/// <param name="ZeroCount">Observations in the zero bucket.</param>
/// <param name="ZeroThreshold">Half the width of the zero bucket.</param>
/// <param name="PositiveOffset">Index of the first positive bucket.</param>
/// <param name="Positive">Rows of <see cref="MetricBatch.Counts"/>.</param>
/// <param name="NegativeOffset">Index of the first negative bucket.</param>
/// <param name="Negative">Rows of <see cref="MetricBatch.Counts"/>.</param>
public readonly record struct ExponentialHistogramRow(
    ulong Count,
    double? Sum,
    double? Min,
    double? Max,
    int Scale,
    ulong ZeroCount,
    double ZeroThreshold,
    int PositiveOffset,
    RowRange Positive,
    int NegativeOffset,
    RowRange Negative);
