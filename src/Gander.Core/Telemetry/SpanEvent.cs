namespace Gander.Telemetry;

/// <summary>One event of a span.</summary>
/// <param name="TimeNanos">When, Unix nanoseconds.</param>
/// <param name="Name">The name.</param>
/// <param name="Attributes">Rows of <see cref="TelemetryBatch.Attributes"/>.</param>
/// <param name="DroppedAttributes">Attributes the emitter dropped.</param>
public readonly record struct SpanEvent(long TimeNanos, TextRef Name, RowRange Attributes, uint DroppedAttributes);
