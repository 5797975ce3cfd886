using Gander.Agent.Telemetry.Metrics;
using Gander.Agent.Telemetry.Wire;

namespace Gander.Agent.Telemetry.Export;

/// <summary>The counters as one request; taken twice in a row, there is nothing new.</summary>
internal sealed class MetricSource(MetricCollector collector, TelemetryResource resource) : IExportSource
{
    /// <inheritdoc/>
    public bool HasPending => collector.HasNews;

    /// <inheritdoc/>
    public byte[]? TakeRequest(Func<OtlpWriter> writer) => HasPending ? collector.Write(writer, resource) : null;
}
