namespace Gander.Telemetry;

/// <summary>
/// Marks series that arrived in Prometheus' own form, by remote write. Under this scope a metric's name is a Prometheus
/// metric name and the points' attributes are Prometheus labels, all of them text: readers must not translate them again.
/// Such points have <see cref="Resource.Empty"/> as their resource, and their series have no scope labels.
/// <list type="bullet">
/// <item>Float series are <see cref="MetricKind.Gauge"/>, counters included; the real type is in the description
/// (<see cref="PrometheusMetadata"/>). A staleness marker is a double with Prometheus' own bits.</item>
/// <item>Native histograms are <see cref="MetricKind.ExponentialHistogram"/>, those with custom bounds
/// <see cref="MetricKind.Histogram"/>; neither is ever shown as <c>_bucket</c> series. Their temporality is cumulative, or not
/// said for a gauge histogram. A staleness marker is a point that says no value was recorded.</item>
/// <item><see cref="MetricKind.Summary"/> series have points without a distribution: they carry exemplars of the float or
/// histogram series with the same name and labels, and are no series of their own.</item>
/// </list>
/// A start time of such points is what Prometheus calls the start or created timestamp; 0 when it was not sent.
/// </summary>
public static class PrometheusScope
{
    /// <summary>The name of the scope.</summary>
    public const string Name = "gander/prometheus";
}
