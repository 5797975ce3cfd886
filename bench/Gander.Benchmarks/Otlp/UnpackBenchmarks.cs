using BenchmarkDotNet.Attributes;
using Gander.Load.Wire;
using Gander.Otlp;
using Gander.Telemetry;

namespace Gander.Benchmarks.Otlp;

/// <summary>From a packed body to the bytes of the message; the figures are those of one span.</summary>
[InProcess]
[MemoryDiagnoser]
public class UnpackBenchmarks : IDisposable
{
    private readonly TextBuffer _target = new();
    private TextBuffer[] _gzip = [];
    private TextBuffer[] _zstd = [];

    [GlobalSetup]
    public void Setup()
    {
        var bodies = Bodies.Spans(new ProtobufEncoder());
        using var zstd = new ZstdSharp.Compressor(3);
        _gzip = [.. bodies.Select(body => Held(Bodies.Gzip(body)))];
        _zstd = [.. bodies.Select(body => Held(zstd.Wrap(body).ToArray()))];
        Console.WriteLine($"// bytes a span: gzip {Average(_gzip)}, zstd {Average(_zstd)}");
    }

    public void Dispose()
    {
        _target.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = Bodies.Count * Bodies.Records, Baseline = true)]
    public void Gzip() => Each(_gzip, ContentCoding.Gzip);

    [Benchmark(OperationsPerInvoke = Bodies.Count * Bodies.Records)]
    public void Zstd() => Each(_zstd, ContentCoding.Zstd);

    private static TextBuffer Held(byte[] bytes)
    {
        var buffer = new TextBuffer();
        buffer.Add(bytes);
        return buffer;
    }

    private static int Average(TextBuffer[] bodies) => bodies.Sum(body => body.Length) / (Bodies.Count * Bodies.Records);

    private void Each(TextBuffer[] bodies, ContentCoding coding)
    {
        foreach (var body in bodies)
        {
            _target.Clear();
            if (BodyUnpacker.Unpack(coding, body, _target, 64 << 20, static _ => true) != UnpackResult.Done)
            {
                throw new InvalidOperationException("broken body");
            }
        }
    }
}
