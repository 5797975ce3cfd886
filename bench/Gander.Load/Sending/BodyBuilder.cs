using System.IO.Compression;
using Gander.Load.Generation;
using Gander.Load.Wire;

namespace Gander.Load.Sending;

/// <summary>Builds export requests of one signal, encoded and compressed. Not thread-safe: one a thread.</summary>
internal sealed class BodyBuilder : IDisposable
{
    private readonly LoadOptions _options;
    private readonly IOtlpEncoder _encoder;
    private readonly SpanSource _spans;
    private readonly LogSource _logs;
    private readonly MetricSource _metrics;
    private readonly ZstdSharp.Compressor _zstd = new(1);
    private readonly string _path;
    private readonly string _contentType;

    /// <param name="options">What to build.</param>
    /// <param name="corpus">Text to cut contents from; shared.</param>
    /// <param name="thread">Which of several builders this is: each makes telemetry of its own.</param>
    /// <param name="startNanos">When counters began, Unix nanoseconds.</param>
    public BodyBuilder(LoadOptions options, Corpus corpus, int thread, long startNanos)
    {
        _options = options;
        _encoder = options.Transport == Transport.Json ? new JsonEncoder() : new ProtobufEncoder();
        var random = new SplitMix(((ulong)options.Run << 48) ^ ((ulong)(uint)options.Seed << 16) ^ (ulong)thread);
        var population = new Population(random);
        _spans = new SpanSource(population, corpus, random, options.Run);
        _logs = new LogSource(population, corpus, random, options.Run);
        _metrics = new MetricSource(population, startNanos);
        _path = ExportPaths.Of(options.Signal, options.Transport == Transport.Grpc);
        _contentType = options.Transport switch
        {
            Transport.Json => "application/json",
            Transport.Grpc => "application/grpc",
            _ => "application/x-protobuf",
        };
    }

    /// <summary>Body number <paramref name="index"/>, whose records happen at about <paramref name="nowNanos"/> (Unix).</summary>
    public ExportBody Build(long index, long nowNanos)
    {
        var count = _options.BatchSize;
        var first = index * count;
        var plain = _options.Signal switch
        {
            LoadSignal.Traces => _encoder.Spans(_spans.Take(count, first, nowNanos)),
            LoadSignal.Logs => _encoder.Logs(_logs.Take(count, first, nowNanos)),
            _ => _encoder.Metrics(_metrics.Take(count, first, nowNanos)),
        };
        var (bytes, encoding) = Pack(plain);
        return new ExportBody(index, first, count, nowNanos, _path, _contentType, encoding, bytes, plain.Length);
    }

    public void Dispose() => _zstd.Dispose();

    private (byte[] Bytes, string? Encoding) Pack(ReadOnlySpan<byte> plain)
    {
        switch (_options.Compression)
        {
            case BodyCompression.Zstd:
                return (_zstd.Wrap(plain).ToArray(), "zstd");
            case BodyCompression.Gzip:
                var packed = new MemoryStream(plain.Length / 3);
                using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
                {
                    gzip.Write(plain);
                }

                return (packed.ToArray(), "gzip");
            default:
                return (plain.ToArray(), null);
        }
    }
}
