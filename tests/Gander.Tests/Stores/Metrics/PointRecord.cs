using System.Globalization;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Stores.Metrics;

/// <summary>A data point as a plain object.</summary>
public sealed record PointRecord
{
    public string Name { get; init; } = "goose.tool_calls";

    public string Unit { get; init; } = "";

    public string Description { get; init; } = "";

    public MetricKind Kind { get; init; } = MetricKind.Sum;

    public Temporality Temporality { get; init; } = Temporality.Cumulative;

    public bool IsMonotonic { get; init; } = true;

    public Resource Resource { get; init; } = Some.GooseResource;

    public InstrumentationScope Scope { get; init; } = Some.Scope;

    public IReadOnlyList<KeyValuePair<string, AttributeValue>> Attributes { get; init; } = [];

    public long StartNanos { get; init; }

    public long TimeNanos { get; init; } = Some.Instant("2026-03-10T12:00Z");

    public uint Flags { get; init; }

    /// <summary>The number of a gauge or sum; empty for none.</summary>
    public AttributeValue Value { get; init; } = AttributeValue.Of(1L);

    public HistogramRecord? Histogram { get; init; }

    public ExponentialHistogramRecord? Exponential { get; init; }

    public SummaryRecord? Summary { get; init; }

    public IReadOnlyList<ExemplarRecord> Exemplars { get; init; } = [];

    /// <summary>What the store makes a series of.</summary>
    public string Series => $"{Name}|{Unit}|{Kind}|{Temporality}|{IsMonotonic}|{Resource.Id:x}|{Scope.Id:x}|{PlainAttributes.Describe(Attributes)}";

    /// <summary>The value as <see cref="SampleBuffer"/> holds it, as bits.</summary>
    public long SampleBits => (Flags & 1) == 0 && Value.Kind == AttributeKind.Double ? Value.Bits
        : (Flags & 1) == 0 && Value.Kind == AttributeKind.Int ? BitConverter.DoubleToInt64Bits(Value.Bits)
        : SampleBuffer.StaleBits;

    public static MetricBatch Batch(IEnumerable<PointRecord> points, ulong fingerprint = 0)
    {
        var batch = new MetricBatch();
        foreach (var point in points)
        {
            point.AddTo(batch);
        }

        batch.Fingerprint = fingerprint == 0 ? default : new ExportFingerprint(1, fingerprint);
        return batch;
    }

    public static IReadOnlyList<PointRecord> ReadAll(MetricBatch batch)
    {
        var records = new List<PointRecord>();
        foreach (var point in batch.Points.Values)
        {
            var metric = batch.Metrics[point.Metric];
            records.Add(new PointRecord
            {
                Name = batch.Text.ToString(metric.Name),
                Unit = batch.Text.ToString(metric.Unit),
                Description = batch.Text.ToString(metric.Description),
                Kind = metric.Kind,
                Temporality = metric.Temporality,
                IsMonotonic = metric.IsMonotonic,
                Resource = batch.Resources[metric.ResourceIndex],
                Scope = batch.Scopes[metric.ScopeIndex],
                Attributes = PlainAttributes.Read(batch, point.Attributes),
                StartNanos = point.StartNanos,
                TimeNanos = point.TimeNanos,
                Flags = point.Flags,
                Value = new AttributeValue(point.ValueKind, point.ValueBits, ""),
                Histogram = metric.Kind == MetricKind.Histogram && point.Distribution >= 0 ? HistogramRecord.Read(batch, point.Distribution) : null,
                Exponential = metric.Kind == MetricKind.ExponentialHistogram && point.Distribution >= 0 ? ExponentialHistogramRecord.Read(batch, point.Distribution) : null,
                Summary = metric.Kind == MetricKind.Summary && point.Distribution >= 0 ? SummaryRecord.Read(batch, point.Distribution) : null,
                Exemplars = ExemplarRecord.Read(batch, point.Exemplars),
            });
        }

        return records;
    }

    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Series} {StartNanos}..{TimeNanos} flags {Flags} {Value.Kind}:{Value.Bits:x} {Histogram?.Describe()}{Exponential?.Describe()}{Summary?.Describe()} [{string.Join(';', Exemplars.Select(exemplar => exemplar.Describe()))}]");

    /// <summary>Adds the point with a metric of its own.</summary>
    public void AddTo(MetricBatch batch) => AddTo(batch, AddMetricTo(batch));

    /// <summary>Adds the metric alone and returns its index.</summary>
    public int AddMetricTo(MetricBatch batch)
    {
        batch.Metrics.Add(new MetricDescriptor(
            batch.Text.Add(Name),
            batch.Text.Add(Unit),
            batch.Text.Add(Description),
            Kind,
            Temporality,
            IsMonotonic,
            PlainAttributes.IndexOf(batch.Resources, Resource, resource => resource.Id),
            PlainAttributes.IndexOf(batch.Scopes, Scope, scope => scope.Id)));
        return batch.Metrics.Count - 1;
    }

    /// <summary>Adds the point to a metric that was added before.</summary>
    public void AddTo(MetricBatch batch, int metric)
    {
        batch.Add(new PointRow
        {
            Metric = metric,
            StartNanos = StartNanos,
            TimeNanos = TimeNanos,
            Flags = Flags,
            Attributes = PlainAttributes.Add(batch, Attributes),
            Exemplars = ExemplarRecord.Add(batch, Exemplars),
            ValueKind = Kind is MetricKind.Gauge or MetricKind.Sum ? Value.Kind : AttributeKind.Empty,
            ValueBits = Kind is MetricKind.Gauge or MetricKind.Sum ? Value.Bits : 0,
            Distribution = Histogram?.AddTo(batch) ?? Exponential?.AddTo(batch) ?? Summary?.AddTo(batch) ?? -1,
        });
    }
}
