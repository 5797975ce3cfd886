using BenchmarkDotNet.Attributes;
using Gander.Load.RemoteWrite;
using Gander.Prometheus.RemoteWrite;
using Gander.Telemetry;
using Microsoft.Extensions.Options;
using Snappier;

namespace Gander.Benchmarks.Prometheus;

/// <summary>From the bytes of a remote write request to columns; the figures are those of one sample.</summary>
[InProcess]
[MemoryDiagnoser]
public class RemoteWriteBenchmarks : IDisposable
{
    private const int Samples = 2_000;
    private const long Now = 1_795_000_000_000_000_000;

    private readonly MetricBatch _batch = new();
    private readonly WriteScratch _scratch = new();
    private readonly RemoteWriteMetadata _metadata = new(Options.Create(new Gander.Prometheus.RemoteWrite.RemoteWriteOptions()));
    private readonly byte[] _one = Body(1);
    private readonly byte[] _two = Body(2);

    public void Dispose()
    {
        _batch.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = Samples, Baseline = true)]
    public int VersionOne() => Decode(_one, RemoteWriteVersion.One);

    [Benchmark(OperationsPerInvoke = Samples)]
    public int VersionTwo() => Decode(_two, RemoteWriteVersion.Two);

    private static byte[] Body(int version) =>
        Snappy.DecompressToArray(new RemoteWriteEncoder(SampleSeries.Make(Samples), version).Encode(0, Samples, 1, Now / 1_000_000).Body);

    private int Decode(byte[] body, RemoteWriteVersion version)
    {
        _batch.Clear();
        _scratch.Clear();
        _batch.Text.Add(body);
        RemoteWriteDecoder.Decode(version, new WriteContext(_batch, _scratch, _metadata, 128, Now));
        return _batch.Count == Samples ? Samples : throw new InvalidOperationException($"{_batch.Count} samples");
    }
}
