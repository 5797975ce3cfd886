namespace Gander.Prometheus.Scrape;

/// <summary>The types of metric families that are exposed here.</summary>
internal enum MetricType
{
    /// <summary>Only grows; its samples are named with <c>_total</c>.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Buckets, sum and count.</summary>
    Histogram,

    /// <summary>Always 1, with what there is to say in its labels; its sample is named with <c>_info</c>.</summary>
    Info,
}
