using System.Diagnostics.Metrics;
using Gander.Agent.Telemetry.Settings;
using Gander.Agent.Telemetry.Wire;

namespace Gander.Agent.Telemetry.Metrics;

/// <summary>Listens to the agent's meter, adds up, and writes the sums as an export. Thread-safe.</summary>
internal sealed class MetricCollector : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private readonly List<InstrumentSeries> _instruments = [];
    private readonly MetricTemporality _temporality;
    private readonly TimeProvider _time;
    private DateTimeOffset _start;
    private bool _hasNews;

    public MetricCollector(Meter meter, MetricTemporality temporality, TimeProvider time)
    {
        (_temporality, _time, _start) = (temporality, time, time.GetUtcNow());
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter))
            {
                var series = new InstrumentSeries(instrument);
                lock (_lock)
                {
                    _instruments.Add(series);
                }

                listener.EnableMeasurementEvents(instrument, series);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, labels, state) => Record(state, labels, series => series.Add(value)));
        _listener.SetMeasurementEventCallback<double>((_, value, labels, state) => Record(state, labels, series => series.Record(value)));
        _listener.Start();
    }

    /// <summary>Whether something was measured since the last export.</summary>
    public bool HasNews
    {
        get
        {
            lock (_lock)
            {
                return _hasNews;
            }
        }
    }

    /// <summary>Writes all series, those of a delta only when they changed; null when there is none to write.</summary>
    public byte[]? Write(Func<OtlpWriter> writer, TelemetryResource resource)
    {
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            var changed = _instruments.FindAll(instrument => instrument.Series.Any(series => series.Count > 0));
            if (changed.Count == 0)
            {
                return null;
            }

            using var target = writer();
            var body = MetricRequest.Write(target, resource, changed, _temporality, _start, now);
            _hasNews = false;
            if (_temporality == MetricTemporality.Delta)
            {
                _start = now;
                foreach (var series in changed.SelectMany(instrument => instrument.Series))
                {
                    series.Reset();
                }
            }

            return body;
        }
    }

    /// <summary>What was measured as lines for a person.</summary>
    public IReadOnlyList<string> Describe()
    {
        lock (_lock)
        {
            return
            [
                .. from instrument in _instruments
                   from series in instrument.Series
                   where series.Count > 0
                   let labels = string.Join(' ', series.Labels.Select(label => $"{label.Key}={label.Value}"))
                   select instrument.Bounds is null
                       ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"metric {instrument.Name} {series.Total} {labels}")
                       : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"metric {instrument.Name} count={series.Count} sum={series.Sum:0.###}{instrument.Unit} {labels}"),
            ];
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Record(object? state, ReadOnlySpan<KeyValuePair<string, object?>> labels, Action<MetricSeries> record)
    {
        lock (_lock)
        {
            record(((InstrumentSeries)state!).Of(labels));
            _hasNews = true;
        }
    }
}
