using System.Diagnostics.Metrics;

namespace Gander.Agent.Telemetry;

/// <summary>A counter and its name, which log records repeat.</summary>
internal sealed class CounterInstrument(Meter meter, string name)
{
    private readonly Counter<long> _counter = meter.CreateCounter<long>(name);

    public string Name => _counter.Name;

    public void Add(long value, params ReadOnlySpan<KeyValuePair<string, object?>> labels) => _counter.Add(value, labels);
}
