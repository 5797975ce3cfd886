namespace Gander.Telemetry;

/// <summary>One link of a span to another.</summary>
/// <param name="TraceId">The other span's trace.</param>
/// <param name="SpanId">The other span.</param>
/// <param name="TraceState">W3C trace state.</param>
/// <param name="Attributes">Rows of <see cref="TelemetryBatch.Attributes"/>.</param>
/// <param name="DroppedAttributes">Attributes the emitter dropped.</param>
/// <param name="Flags">The <c>flags</c> field.</param>
public readonly record struct SpanLink(
    TraceId TraceId, SpanId SpanId, TextRef TraceState, RowRange Attributes, uint DroppedAttributes, uint Flags);
