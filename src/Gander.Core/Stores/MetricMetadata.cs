using Gander.Telemetry;

namespace Gander.Stores;

/// <summary>What a metric is, apart from its series.</summary>
/// <param name="Name">The OTLP name.</param>
/// <param name="Unit">The unit, or empty.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Temporality">The temporality.</param>
/// <param name="IsMonotonic">Whether a sum only grows.</param>
/// <param name="Description">The description that was sent last and was not empty, or empty.</param>
public sealed record MetricMetadata(
    string Name, string Unit, MetricKind Kind, Temporality Temporality, bool IsMonotonic, string Description);
