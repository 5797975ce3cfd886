using Gander.Otlp;
using Gander.Telemetry;

namespace Gander.Commands.Imports;

/// <summary>
/// Counts the records of a body, by decoding it as the server will: an answer tells only how many were refused. Not thread-safe.
/// </summary>
internal sealed class RecordCounter(TimeProvider time) : IDisposable
{
    private static readonly DecodeLimits Limits = new();

    private readonly ResourceCache _resources = new();
    private readonly SpanBatch _spans = new();
    private readonly LogBatch _logs = new();
    private readonly MetricBatch _metrics = new();

    /// <summary>Records the server will find and not refuse.</summary>
    /// <exception cref="OtlpDecodeException">It is no OTLP request; the server would refuse it.</exception>
    public int Count(ImportBody body) => body.Signal switch
    {
        Signal.Traces => Count(_spans, body, OtlpProtobufDecoder.Decode, OtlpJsonDecoder.Decode),
        Signal.Metrics => Count(_metrics, body, OtlpProtobufDecoder.Decode, OtlpJsonDecoder.Decode),
        _ => Count(_logs, body, OtlpProtobufDecoder.Decode, OtlpJsonDecoder.Decode),
    };

    public void Dispose()
    {
        _spans.Dispose();
        _logs.Dispose();
        _metrics.Dispose();
    }

    private int Count<TBatch>(TBatch batch, ImportBody body, Action<TBatch, DecodeContext> protobuf, Action<TBatch, DecodeContext> json)
        where TBatch : TelemetryBatch
    {
        batch.Clear();
        batch.Text.Add(body.Bytes.Span);
        var nowNanos = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        (body.IsJson ? json : protobuf)(batch, new DecodeContext(Limits, _resources, new EmitterIdentity(null, null), nowNanos));
        return batch.Count;
    }
}
