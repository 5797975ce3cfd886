using Gander.Telemetry;

namespace Gander.Benchmarks.Metrics;

/// <summary>
/// Series in the four shapes of <c>ref/storage.md</c>: a gauge with two decimals, a counter that seldom moves, one that moves
/// each time, and one that hardly ever does; a point each every 15 seconds, one series in three a little late.
/// </summary>
internal sealed class MetricCorpus : IDisposable
{
    public const long TickNanos = 15_000_000_000;

    private const int SeriesPerExport = 1_000;

    private readonly double[] _values;
    private readonly Random _random = new(99);

    public MetricCorpus(int series)
    {
        _values = new double[series];
        for (var first = 0; first < series; first += SeriesPerExport)
        {
            Exports.Add(Export(first, Math.Min(SeriesPerExport, series - first)));
        }
    }

    public List<MetricBatch> Exports { get; } = [];

    /// <summary>Gives every point the time and value of a tick.</summary>
    public void Tick(long nanos)
    {
        var series = 0;
        foreach (var export in Exports)
        {
            foreach (ref var point in export.Points.Values)
            {
                point.TimeNanos = nanos + (series % 3 == 0 ? _random.Next(20) * 1_000_000L : 0);
                point.ValueBits = BitConverter.DoubleToInt64Bits(Next(series));
                series++;
            }
        }
    }

    public void Dispose() => Exports.ForEach(export => export.Dispose());

    private double Next(int series)
    {
        ref var value = ref _values[series];
        value = (series & 3) switch
        {
            0 => Math.Round(50 + ((value - 50) * 0.95) + (_random.Next(1_000) / 100.0) - 5, 2),
            1 => value + (_random.Next(8) == 0 ? _random.Next(50) : 0),
            2 => value + _random.Next(2_000),
            _ => value + (_random.Next(40) == 0 ? 1 : 0),
        };
        return value;
    }

    private static MetricBatch Export(int first, int count)
    {
        var batch = new MetricBatch();
        batch.Resources.Add(new Resource([new("service.name", AttributeValue.Of("agent")), new("host.name", AttributeValue.Of($"host-{first}"))]));
        batch.Scopes.Add(new InstrumentationScope("bench"));
        for (var kind = 0; kind < 4; kind++)
        {
            batch.Metrics.Add(new MetricDescriptor(
                batch.Text.Add($"agent.metric.{kind}"), default, default, kind == 0 ? MetricKind.Gauge : MetricKind.Sum, kind == 0 ? Temporality.Unspecified : Temporality.Cumulative, kind != 0, 0, 0));
        }

        for (var series = first; series < first + count; series++)
        {
            var start = batch.Attributes.Count;
            batch.Attributes.AddText(batch.Text.Add("user.id"), AttributeKind.String, batch.Text.Add($"user-{series % 200}"));
            batch.Attributes.AddText(batch.Text.Add("model"), AttributeKind.String, batch.Text.Add($"model-{series % 8}"));
            batch.Attributes.AddText(batch.Text.Add("tool_name"), AttributeKind.String, batch.Text.Add($"tool-{series % 12}"));
            batch.Attributes.AddScalar(batch.Text.Add("slot"), AttributeKind.Int, series);
            batch.Add(new PointRow
            {
                Metric = series & 3,
                StartNanos = 1_760_000_000_000_000_000,
                Attributes = new RowRange(start, batch.Attributes.Count),
                ValueKind = AttributeKind.Double,
                Distribution = -1,
            });
        }

        return batch;
    }
}
