using Gander.Telemetry;

namespace Gander.Tests.Stores.Metrics;

/// <summary>An exponential histogram as a plain object.</summary>
public sealed record ExponentialHistogramRecord(
    ulong Count, double? Sum, double? Min, double? Max, int Scale, ulong ZeroCount, double ZeroThreshold, int PositiveOffset, IReadOnlyList<ulong> Positive, int NegativeOffset, IReadOnlyList<ulong> Negative)
{
    public static ExponentialHistogramRecord Read(MetricBatch batch, int row)
    {
        var point = batch.ExponentialHistograms[row];
        return new ExponentialHistogramRecord(
            point.Count,
            point.Sum,
            point.Min,
            point.Max,
            point.Scale,
            point.ZeroCount,
            point.ZeroThreshold,
            point.PositiveOffset,
            PlainColumns.Read(batch.Counts, point.Positive),
            point.NegativeOffset,
            PlainColumns.Read(batch.Counts, point.Negative));
    }

    public int AddTo(MetricBatch batch)
    {
        batch.ExponentialHistograms.Add(new ExponentialHistogramRow(
            Count, Sum, Min, Max, Scale, ZeroCount, ZeroThreshold, PositiveOffset, PlainColumns.Add(batch.Counts, Positive), NegativeOffset, PlainColumns.Add(batch.Counts, Negative)));
        return batch.ExponentialHistograms.Count - 1;
    }

    public string Describe() =>
        $"exponential {Count} {PlainColumns.Describe(Sum)} {PlainColumns.Describe(Min)} {PlainColumns.Describe(Max)} scale {Scale} zero {ZeroCount} {PlainColumns.Describe(ZeroThreshold)} {PositiveOffset}({string.Join(',', Positive)}) {NegativeOffset}({string.Join(',', Negative)})";
}
