using System.Text.Json;
using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>
/// Reads OTLP/JSON (OTLP specification, "JSON Protobuf Encoding") from the batch's own text buffer into its columns, with the
/// same rules as <see cref="OtlpProtobufDecoder"/>: ids are hexadecimal, 64-bit integers strings or numbers, enums integers,
/// unknown names are passed over at every level, null is the default. Thread-safe, as it keeps nothing.
/// </summary>
public static class OtlpJsonDecoder
{
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = DecodeLimits.MaxJsonDepth };

    private delegate void Reading<TBatch>(ref Utf8JsonReader reader, in JsonSource source, TBatch batch, DecodeContext context);

    /// <summary>Decodes spans.</summary>
    /// <exception cref="OtlpDecodeException">The body is no such message or over a limit; clear the batch.</exception>
    public static void Decode(SpanBatch batch, DecodeContext context) => Decode(batch, context, JsonSpans.Read);

    /// <summary>Decodes log records.</summary>
    /// <exception cref="OtlpDecodeException">The body is no such message or over a limit; clear the batch.</exception>
    public static void Decode(LogBatch batch, DecodeContext context) => Decode(batch, context, JsonLogs.Read);

    /// <summary>Decodes data points.</summary>
    /// <exception cref="OtlpDecodeException">The body is no such message or over a limit; clear the batch.</exception>
    public static void Decode(MetricBatch batch, DecodeContext context) => Decode(batch, context, JsonMetrics.Read);

    private static void Decode<TBatch>(TBatch batch, DecodeContext context, Reading<TBatch> read)
        where TBatch : TelemetryBatch
    {
        using var added = new AddedText(batch.Text.Length, context.Limits.MaxAddedTextBytes);
        var body = batch.Text.Written;
        var reader = new Utf8JsonReader(body, ReaderOptions);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                JsonFields.Throw(reader, "an object is expected");
            }

            read(ref reader, new JsonSource(new TextSource(body, added), 0), batch, context);
            reader.Read();
        }
        catch (JsonException e)
        {
            throw new OtlpDecodeException($"not valid JSON, or nested too deeply, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }

        added.AppendTo(batch.Text);
    }
}
