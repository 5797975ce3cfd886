using System.Text.Json;
using Gander.Otlp;
using Gander.Telemetry;

namespace Gander.Tests.Otlp;

/// <summary>Decodes bodies without a server.</summary>
internal static class Decoding
{
    public static readonly long Now = Some.Instant("2026-11-23T12:00Z");

    public static DecodeContext Context(DecodeLimits? limits = null, EmitterIdentity identity = default) =>
        new(limits ?? new DecodeLimits(), new ResourceCache(), identity, Now);

    public static SpanBatch Spans(ReadOnlySpan<byte> body, bool isJson = false, DecodeContext? context = null) =>
        Decode(new SpanBatch(), body, context, isJson ? OtlpJsonDecoder.Decode : OtlpProtobufDecoder.Decode);

    public static LogBatch Logs(ReadOnlySpan<byte> body, bool isJson = false, DecodeContext? context = null) =>
        Decode(new LogBatch(), body, context, isJson ? OtlpJsonDecoder.Decode : OtlpProtobufDecoder.Decode);

    public static MetricBatch Metrics(ReadOnlySpan<byte> body, bool isJson = false, DecodeContext? context = null) =>
        Decode(new MetricBatch(), body, context, isJson ? OtlpJsonDecoder.Decode : OtlpProtobufDecoder.Decode);

    public static byte[] Json(SpanBatch batch) => Json(writer => OtlpJsonWriter.Write(writer, batch));

    public static byte[] Json(LogBatch batch) => Json(writer => OtlpJsonWriter.Write(writer, batch));

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            write(writer);
        }

        return stream.ToArray();
    }

    private static TBatch Decode<TBatch>(TBatch batch, ReadOnlySpan<byte> body, DecodeContext? context, Action<TBatch, DecodeContext> decode)
        where TBatch : TelemetryBatch
    {
        batch.Text.Add(body);
        decode(batch, context ?? Context());
        return batch;
    }
}
