using System.Buffers.Binary;
using System.IO.Compression;
using Gander.Tests.Otlp;
using Gander.Tests.Stores;

namespace Gander.Tests.Agent.Telemetry;

/// <summary>One request as it came over the wire.</summary>
/// <param name="Protocol"><c>HTTP/1.1</c> or <c>HTTP/2</c>.</param>
/// <param name="Path">The path.</param>
/// <param name="Headers">The headers, names in lower case.</param>
/// <param name="Bytes">The body as sent.</param>
internal sealed record ReceivedExport(string Protocol, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Bytes)
{
    public bool IsGrpc => Header("content-type").StartsWith("application/grpc", StringComparison.Ordinal);

    public bool IsJson => Header("content-type") == "application/json";

    public bool IsTraces => Is("trace");

    public bool IsMetrics => Is("metrics");

    public bool IsLogs => Is("logs");

    /// <summary>The message, out of its frame and its compression.</summary>
    public byte[] Message
    {
        get
        {
            if (!IsGrpc)
            {
                return Header("content-encoding") == "gzip" ? Unpack(Bytes) : Bytes;
            }

            Assert.Equal(Bytes.Length - 5, (int)BinaryPrimitives.ReadUInt32BigEndian(Bytes.AsSpan(1)));
            return Bytes[0] == 1 ? Unpack(Bytes[5..]) : Bytes[5..];
        }
    }

    public IReadOnlyList<SpanRecord> Spans => SpanRecord.ReadAll(Decoding.Spans(Message, IsJson, Live()));

    public IReadOnlyList<LogRecord> Logs => LogRecord.ReadAll(Decoding.Logs(Message, IsJson, Live()));

    public IReadOnlyList<ReceivedPoint> Points => ReceivedPoint.ReadAll(Decoding.Metrics(Message, IsJson, Live()));

    public string Header(string name) => Headers.GetValueOrDefault(name, "");

    private bool Is(string signal) => Path.Contains(signal, StringComparison.OrdinalIgnoreCase);

    private static Gander.Otlp.DecodeContext Live() =>
        new(new Gander.Otlp.DecodeLimits(), new Gander.Otlp.ResourceCache(), default, (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100);

    private static byte[] Unpack(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
