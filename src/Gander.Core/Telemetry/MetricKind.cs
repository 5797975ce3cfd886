namespace Gander.Telemetry;

/// <summary>The kinds of an OTLP metric (opentelemetry/proto/metrics/v1/metrics.proto).</summary>
public enum MetricKind : byte
{
    /// <summary>A value that is sampled.</summary>
    Gauge,

    /// <summary>A value that is added up.</summary>
    Sum,

    /// <summary>Counts in explicit buckets.</summary>
    Histogram,

    /// <summary>Counts in buckets of exponential width.</summary>
    ExponentialHistogram,

    /// <summary>Quantiles computed by the emitter.</summary>
    Summary,
}
