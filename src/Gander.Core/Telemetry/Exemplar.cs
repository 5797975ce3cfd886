namespace Gander.Telemetry;

/// <summary>One measurement that was kept with its trace.</summary>
/// <param name="TimeNanos">When, Unix nanoseconds.</param>
/// <param name="ValueKind">Int or Double.</param>
/// <param name="ValueBits">The integer, or the IEEE 754 bits of the double.</param>
/// <param name="TraceId">The trace, or empty.</param>
/// <param name="SpanId">The span, or empty.</param>
/// <param name="Attributes">Rows of <see cref="TelemetryBatch.Attributes"/>: what aggregation dropped.</param>
public readonly record struct Exemplar(
    long TimeNanos, AttributeKind ValueKind, long ValueBits, TraceId TraceId, SpanId SpanId, RowRange Attributes);
