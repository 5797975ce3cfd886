using Gander.Telemetry;

namespace Gander.Tests.Stores.Metrics;

/// <summary>A summary as a plain object.</summary>
public sealed record SummaryRecord(ulong Count, double Sum, IReadOnlyList<double> Quantiles, IReadOnlyList<double> Values)
{
    public static SummaryRecord Read(MetricBatch batch, int row)
    {
        var summary = batch.Summaries[row];
        return new SummaryRecord(summary.Count, summary.Sum, PlainColumns.Read(batch.Doubles, summary.Quantiles), PlainColumns.Read(batch.Doubles, summary.Values));
    }

    public int AddTo(MetricBatch batch)
    {
        batch.Summaries.Add(new SummaryRow(Count, Sum, PlainColumns.Add(batch.Doubles, Quantiles), PlainColumns.Add(batch.Doubles, Values)));
        return batch.Summaries.Count - 1;
    }

    public string Describe() => $"summary {Count} {PlainColumns.Describe(Sum)} ({PlainColumns.Describe(Quantiles)}) ({PlainColumns.Describe(Values)})";
}
