using Gander.Load.Generation;

namespace Gander.Load.Wire;

/// <summary>Turns records into one export request. What it returns is valid until its next call. Not thread-safe.</summary>
internal interface IOtlpEncoder
{
    /// <summary>An <c>ExportTraceServiceRequest</c>, with one resource a run of spans from the same emitter.</summary>
    ReadOnlySpan<byte> Spans(IReadOnlyList<SpanRecord> spans);

    /// <summary>An <c>ExportLogsServiceRequest</c>.</summary>
    ReadOnlySpan<byte> Logs(IReadOnlyList<LogRecord> logs);

    /// <summary>An <c>ExportMetricsServiceRequest</c>.</summary>
    ReadOnlySpan<byte> Metrics(IReadOnlyList<MetricPoint> points);
}
