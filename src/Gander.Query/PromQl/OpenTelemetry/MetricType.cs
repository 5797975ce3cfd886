namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>What a metric is as far as its name depends on it.</summary>
internal enum MetricType
{
    /// <summary>A sum that only grows.</summary>
    Counter,

    /// <summary>A value that is sampled.</summary>
    Gauge,

    /// <summary>A sum that goes up and down; it counts as a gauge, but is no ratio.</summary>
    UpDownCounter,

    /// <summary>A histogram of either kind.</summary>
    Histogram,

    /// <summary>Quantiles.</summary>
    Summary,

    /// <summary>Not known.</summary>
    Unknown,
}
