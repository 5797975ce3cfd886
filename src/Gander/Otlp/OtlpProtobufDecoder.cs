using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>
/// Reads <c>Export…ServiceRequest</c> messages (OTLP 1.x, protobuf) from the batch's own text buffer into its columns. Text
/// stays where it arrived; no memory is allocated for a record. Records that break a rule are left out and counted in the
/// context, unknown fields are passed over. Thread-safe, as it keeps nothing.
/// </summary>
public static class OtlpProtobufDecoder
{
    /// <summary>Decodes spans (<c>ExportTraceServiceRequest</c>).</summary>
    /// <exception cref="OtlpDecodeException">The body is no such message or over a limit; clear the batch.</exception>
    public static void Decode(SpanBatch batch, DecodeContext context)
    {
        using var added = new AddedText(batch.Text.Length, context.Limits.MaxAddedTextBytes);
        ProtobufSpans.Read(new TextSource(batch.Text.Written, added), batch, context);
        added.AppendTo(batch.Text);
    }

    /// <summary>Decodes log records (<c>ExportLogsServiceRequest</c>).</summary>
    /// <exception cref="OtlpDecodeException">The body is no such message or over a limit; clear the batch.</exception>
    public static void Decode(LogBatch batch, DecodeContext context)
    {
        using var added = new AddedText(batch.Text.Length, context.Limits.MaxAddedTextBytes);
        ProtobufLogs.Read(new TextSource(batch.Text.Written, added), batch, context);
        added.AppendTo(batch.Text);
    }

    /// <summary>Decodes data points (<c>ExportMetricsServiceRequest</c>).</summary>
    /// <exception cref="OtlpDecodeException">The body is no such message or over a limit; clear the batch.</exception>
    public static void Decode(MetricBatch batch, DecodeContext context)
    {
        using var added = new AddedText(batch.Text.Length, context.Limits.MaxAddedTextBytes);
        ProtobufMetrics.Read(new TextSource(batch.Text.Written, added), batch, context);
        added.AppendTo(batch.Text);
    }
}
