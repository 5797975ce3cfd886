using System.Diagnostics;

namespace Gander.Agent.Telemetry.Wire;

/// <summary>Writes <c>ExportTraceServiceRequest</c> (OTLP 1.x).</summary>
internal static class SpanRequest
{
    // Bit 8 says that bit 9 means something: the parent is never remote here.
    private const uint HasRemoteFlag = 0x100;

    private static readonly RecordRequest Envelope = new(new(1, "resourceSpans"), new(2, "scopeSpans"), new(2, "spans"));
    private static readonly OtlpField TraceId = new(1, "traceId");
    private static readonly OtlpField SpanId = new(2, "spanId");
    private static readonly OtlpField ParentSpanId = new(4, "parentSpanId");
    private static readonly OtlpField Name = new(5, "name");
    private static readonly OtlpField Kind = new(6, "kind");
    private static readonly OtlpField StartTime = new(7, "startTimeUnixNano");
    private static readonly OtlpField EndTime = new(8, "endTimeUnixNano");
    private static readonly OtlpField Attributes = new(9, "attributes");
    private static readonly OtlpField Events = new(11, "events");
    private static readonly OtlpField Status = new(15, "status");
    private static readonly OtlpField Flags = new(16, "flags");
    private static readonly OtlpField EventTime = new(1, "timeUnixNano");
    private static readonly OtlpField EventName = new(2, "name");
    private static readonly OtlpField StatusMessage = new(2, "message");
    private static readonly OtlpField StatusCode = new(3, "code");

    /// <summary>Writes spans until <paramref name="next"/> has none or the message has about <paramref name="maxBytes"/>.</summary>
    public static byte[] Write(OtlpWriter writer, TelemetryResource resource, Func<Activity?> next, int maxBytes) => Envelope.Write(writer, resource, next, WriteSpan, maxBytes);

    private static void WriteSpan(OtlpWriter writer, Activity span)
    {
        writer.Id(TraceId, span.TraceId.ToHexString());
        writer.Id(SpanId, span.SpanId.ToHexString());
        if (span.ParentSpanId != default)
        {
            writer.Id(ParentSpanId, span.ParentSpanId.ToHexString());
        }

        writer.Fixed32(Flags, (uint)span.ActivityTraceFlags | HasRemoteFlag);
        writer.String(Name, span.DisplayName);
        writer.UInt32(Kind, 1);
        var start = UnixNanos.Of(span.StartTimeUtc);
        writer.Fixed64(StartTime, start);
        writer.Fixed64(EndTime, start + ((ulong)span.Duration.Ticks * 100));
        AttributeWriter.Write(writer, Attributes, span.TagObjects);
        WriteEvents(writer, span);
        if (span.Status == ActivityStatusCode.Error)
        {
            writer.BeginMessage(Status);
            if (span.StatusDescription is { Length: > 0 } description)
            {
                writer.String(StatusMessage, SecretMask.Apply(description));
            }

            writer.UInt32(StatusCode, 2);
            writer.EndMessage();
        }
    }

    private static void WriteEvents(OtlpWriter writer, Activity span)
    {
        writer.BeginList(Events);
        foreach (ref readonly var happened in span.EnumerateEvents())
        {
            writer.BeginItem(Events);
            writer.Fixed64(EventTime, UnixNanos.Of(happened.Timestamp.UtcDateTime));
            writer.String(EventName, happened.Name);
            writer.EndMessage();
        }

        writer.EndList();
    }
}
