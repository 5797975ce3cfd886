namespace Gander.Telemetry;

/// <summary>
/// Marks series that arrived in Prometheus' own form, by remote write. Under this scope a metric's name is a Prometheus
/// metric name and the points' attributes are Prometheus labels, all of them text: readers must not translate them again.
/// Such points have <see cref="Resource.Empty"/> as their resource, no unit as part of the name and no scope labels.
/// </summary>
public static class PrometheusScope
{
    /// <summary>The name of the scope.</summary>
    public const string Name = "gander/prometheus";
}
