using Gander.Telemetry;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>One way in which a metric was sent, and what it is called in PromQL.</summary>
/// <param name="Name">The family's name.</param>
/// <param name="Type">What it is.</param>
/// <param name="UnitWord">The unit in words, or empty.</param>
/// <param name="IsFinished">Whether it came from Prometheus, as series with names of their own.</param>
/// <param name="StoredName">The name in the store.</param>
/// <param name="StoredUnit">The unit in the store.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Temporality">The temporality.</param>
/// <param name="IsMonotonic">Whether a sum only grows.</param>
internal sealed record MetricFamily(
    string Name, MetricType Type, string UnitWord, bool IsFinished, string StoredName, string StoredUnit, MetricKind Kind, Temporality Temporality, bool IsMonotonic);
