using System.Globalization;
using Gander.Telemetry;

namespace Gander.Tests.Stores.Metrics;

/// <summary>An exemplar as a plain object.</summary>
public sealed record ExemplarRecord(long TimeNanos, AttributeValue Value, TraceId TraceId, SpanId SpanId, IReadOnlyList<KeyValuePair<string, AttributeValue>> Attributes)
{
    public static IReadOnlyList<ExemplarRecord> Read(MetricBatch batch, RowRange rows)
    {
        var records = new List<ExemplarRecord>();
        foreach (var exemplar in batch.Exemplars.Values[rows.Start..rows.End])
        {
            records.Add(new ExemplarRecord(
                exemplar.TimeNanos, new AttributeValue(exemplar.ValueKind, exemplar.ValueBits, ""), exemplar.TraceId, exemplar.SpanId, PlainAttributes.Read(batch, exemplar.Attributes)));
        }

        return records;
    }

    public static RowRange Add(MetricBatch batch, IReadOnlyList<ExemplarRecord> exemplars)
    {
        var start = batch.Exemplars.Count;
        foreach (var exemplar in exemplars)
        {
            batch.Exemplars.Add(new Exemplar(
                exemplar.TimeNanos, exemplar.Value.Kind, exemplar.Value.Bits, exemplar.TraceId, exemplar.SpanId, PlainAttributes.Add(batch, exemplar.Attributes)));
        }

        return new RowRange(start, batch.Exemplars.Count);
    }

    public string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"{TimeNanos} {Value.Kind}:{Value.Bits:x} {TraceId} {SpanId} {PlainAttributes.Describe(Attributes)}");
}
