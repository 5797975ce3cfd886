using System.Globalization;
using Gander.Telemetry;

namespace Gander.Benchmarks.Metrics;

/// <summary>
/// Series as remote write brings them: 46 an instance of a coding agent, with Prometheus labels, a sample each tick, in
/// requests of at most 2,000 samples. Values move as counters of such agents do.
/// </summary>
internal sealed class RemoteSeries : IDisposable
{
    private const int SamplesARequest = 2_000;
    private const int SeriesAnInstance = 46;

    private static readonly string[] Bounds = ["2", "4", "6", "8", "10", "50", "100", "200", "400", "800", "1000", "1400", "2000", "5000", "10000", "15000", "+Inf"];

    private readonly double[] _values;
    private readonly Random _random = new(7);

    public RemoteSeries(int series)
    {
        _values = new double[series];
        for (var first = 0; first < series; first += SamplesARequest)
        {
            Requests.Add(Request(first, Math.Min(SamplesARequest, series - first)));
        }
    }

    public List<MetricBatch> Requests { get; } = [];

    /// <summary>Gives every sample the time and value of a tick.</summary>
    public void Tick(long nanos)
    {
        var series = 0;
        foreach (var request in Requests)
        {
            foreach (ref var point in request.Points.Values)
            {
                // Each instance is scraped at a moment of its own.
                point.TimeNanos = nanos + (series / SeriesAnInstance % 60 * 1_000_000_000L) + 123_000_000;
                point.ValueBits = BitConverter.DoubleToInt64Bits(Next(series));
                series++;
            }
        }
    }

    public void Dispose() => Requests.ForEach(request => request.Dispose());

    private double Next(int series)
    {
        ref var value = ref _values[series];
        var part = series % SeriesAnInstance;
        value = part switch
        {
            < 34 => value + (_random.Next(4) == 0 ? _random.Next(6) : 0),
            < 38 => Math.Round(value + (_random.Next(10_000) / 1_000.0), 3),
            < 42 => value + _random.Next(4_000),
            < 44 => Math.Round(_random.Next(10_000) / 100.0, 2),
            _ => value + (_random.Next(20) == 0 ? 1 : 0),
        };
        return value;
    }

    private static MetricBatch Request(int first, int count)
    {
        var batch = new MetricBatch();
        batch.Resources.Add(Resource.Empty);
        batch.Scopes.Add(new InstrumentationScope(PrometheusScope.Name));
        var metrics = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var series = first; series < first + count; series++)
        {
            var (name, labels) = LabelsOf(series);
            if (!metrics.TryGetValue(name, out var metric))
            {
                metrics.Add(name, metric = batch.Metrics.Count);
                batch.Metrics.Add(new MetricDescriptor(batch.Text.Add(name), default, default, MetricKind.Gauge, Temporality.Unspecified, false, 0, 0));
            }

            var start = batch.Attributes.Count;
            foreach (var (key, value) in labels)
            {
                batch.Attributes.AddText(batch.Text.Add(key), AttributeKind.String, batch.Text.Add(value));
            }

            batch.Add(new PointRow { Metric = metric, Attributes = new RowRange(start, batch.Attributes.Count), ValueKind = AttributeKind.Double, Distribution = -1 });
        }

        return batch;
    }

    private static (string Name, List<(string Key, string Value)> Labels) LabelsOf(int series)
    {
        var (instance, part) = (series / SeriesAnInstance, series % SeriesAnInstance);
        var text = string.Create(CultureInfo.InvariantCulture, $"host-{instance:0000}");
        var labels = new List<(string, string)>
        {
            ("ServiceName", "goose"), ("gen_ai_request_model", $"model-{instance % 8}"), ("instance", text), ("job", "agents"), ("team", $"team-{instance % 12}"), ("user_name", $"user-{instance % 300}"),
        };
        if (part < 34)
        {
            labels.Add(("SpanName", part < 17 ? "stream_response_from_provider" : "dispatch_tool_call"));
            labels.Add(("le", Bounds[part % 17]));
            return ("traces_span_metrics_duration_milliseconds_bucket", labels);
        }

        labels.Add(("kind", $"k{part}"));
        return (part < 38 ? "agent_cost_usd_total" : part < 42 ? "agent_tokens_total" : part < 44 ? "agent_load" : "agent_sessions_total", labels);
    }
}
