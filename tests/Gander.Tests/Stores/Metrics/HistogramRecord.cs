using Gander.Telemetry;

namespace Gander.Tests.Stores.Metrics;

/// <summary>A histogram as a plain object.</summary>
public sealed record HistogramRecord(ulong Count, double? Sum, double? Min, double? Max, IReadOnlyList<double> Bounds, IReadOnlyList<ulong> Buckets)
{
    public static HistogramRecord Read(MetricBatch batch, int row)
    {
        var histogram = batch.Histograms[row];
        return new HistogramRecord(
            histogram.Count, histogram.Sum, histogram.Min, histogram.Max, PlainColumns.Read(batch.Doubles, histogram.Bounds), PlainColumns.Read(batch.Counts, histogram.Buckets));
    }

    public int AddTo(MetricBatch batch)
    {
        batch.Histograms.Add(new HistogramRow(Count, Sum, Min, Max, PlainColumns.Add(batch.Doubles, Bounds), PlainColumns.Add(batch.Counts, Buckets)));
        return batch.Histograms.Count - 1;
    }

    public string Describe() =>
        $"histogram {Count} {PlainColumns.Describe(Sum)} {PlainColumns.Describe(Min)} {PlainColumns.Describe(Max)} ({PlainColumns.Describe(Bounds)}) ({string.Join(',', Buckets)})";
}
