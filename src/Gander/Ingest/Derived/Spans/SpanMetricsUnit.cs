namespace Gander.Ingest.Derived.Spans;

/// <summary>The unit of span durations, which is part of the metric's name.</summary>
public enum SpanMetricsUnit
{
    /// <summary><c>traces_span_metrics_duration_milliseconds</c>, as the span metrics connector has it by default.</summary>
    Milliseconds,

    /// <summary><c>traces_span_metrics_duration_seconds</c>.</summary>
    Seconds,
}
