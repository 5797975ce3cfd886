namespace Gander.Telemetry;

/// <summary>One metric of an export: what its points share.</summary>
/// <param name="Name">The OTLP name, as sent.</param>
/// <param name="Unit">The UCUM unit, or empty.</param>
/// <param name="Description">The description, or empty.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Temporality">The temporality of a sum or histogram.</param>
/// <param name="IsMonotonic">Whether a sum only grows.</param>
/// <param name="ResourceIndex">Index into <see cref="TelemetryBatch.Resources"/>.</param>
/// <param name="ScopeIndex">Index into <see cref="TelemetryBatch.Scopes"/>.</param>
public readonly record struct MetricDescriptor(
    TextRef Name,
    TextRef Unit,
    TextRef Description,
    MetricKind Kind,
    Temporality Temporality,
    bool IsMonotonic,
    int ResourceIndex,
    int ScopeIndex);
