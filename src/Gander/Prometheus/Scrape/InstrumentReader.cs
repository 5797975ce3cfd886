using System.Diagnostics.Metrics;
using Gander.Ingest;

namespace Gander.Prometheus.Scrape;

/// <summary>Adds up what this server's own meters measure, from its start on. Thread-safe.</summary>
internal sealed class InstrumentReader : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private readonly List<InstrumentCells> _instruments = [];

    /// <summary>Listens to the meters of this server; several servers may run in one process, so meters are told apart by identity.</summary>
    public InstrumentReader(IngestMeter ingest, RequestMeter requests)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter != ingest.Meter && instrument.Meter != requests.Meter)
            {
                return;
            }

            var cells = new InstrumentCells(instrument);
            lock (_lock)
            {
                _instruments.Add(cells);
            }

            listener.EnableMeasurementEvents(instrument, cells);
        };
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => ((InstrumentCells)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => ((InstrumentCells)state!).Record(value, tags));
        _listener.Start();
    }

    /// <summary>Writes a family for each instrument that has measured something.</summary>
    public void WriteTo(ExpositionWriter writer)
    {
        _listener.RecordObservableInstruments();
        lock (_lock)
        {
            foreach (var instrument in _instruments)
            {
                instrument.WriteTo(writer);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
