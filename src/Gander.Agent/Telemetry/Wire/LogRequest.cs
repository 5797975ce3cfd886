namespace Gander.Agent.Telemetry.Wire;

/// <summary>Writes <c>ExportLogsServiceRequest</c> (OTLP 1.x).</summary>
internal static class LogRequest
{
    private static readonly RecordRequest Envelope = new(new(1, "resourceLogs"), new(2, "scopeLogs"), new(2, "logRecords"));
    private static readonly OtlpField Time = new(1, "timeUnixNano");
    private static readonly OtlpField SeverityNumber = new(2, "severityNumber");
    private static readonly OtlpField SeverityText = new(3, "severityText");
    private static readonly OtlpField Body = new(5, "body");
    private static readonly OtlpField Attributes = new(6, "attributes");
    private static readonly OtlpField Flags = new(8, "flags");
    private static readonly OtlpField TraceId = new(9, "traceId");
    private static readonly OtlpField SpanId = new(10, "spanId");
    private static readonly OtlpField ObservedTime = new(11, "observedTimeUnixNano");

    /// <summary>Writes records until <paramref name="next"/> has none or the message has about <paramref name="maxBytes"/>.</summary>
    public static byte[] Write(OtlpWriter writer, TelemetryResource resource, Func<LogEntry?> next, int maxBytes) => Envelope.Write(writer, resource, next, WriteRecord, maxBytes);

    private static void WriteRecord(OtlpWriter writer, LogEntry entry)
    {
        var time = UnixNanos.Of(entry.Time.UtcDateTime);
        writer.Fixed64(Time, time);
        writer.Fixed64(ObservedTime, time);
        writer.UInt32(SeverityNumber, (uint)entry.Severity);
        writer.String(SeverityText, entry.Severity.ToString().ToUpperInvariant());
        AttributeWriter.WriteText(writer, Body, entry.Body);
        AttributeWriter.Write(writer, Attributes, entry.Attributes);
        if (entry.Span.TraceId != default)
        {
            writer.Fixed32(Flags, (uint)entry.Span.TraceFlags);
            writer.Id(TraceId, entry.Span.TraceId.ToHexString());
            writer.Id(SpanId, entry.Span.SpanId.ToHexString());
        }
    }
}
