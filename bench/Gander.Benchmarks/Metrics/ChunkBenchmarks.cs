using BenchmarkDotNet.Attributes;
using Gander.Storage.DuckDb.Metrics.Codec;

namespace Gander.Benchmarks.Metrics;

/// <summary>Encoding and decoding of chunks; an operation is one point.</summary>
[MemoryDiagnoser]
public class ChunkBenchmarks
{
    private const int SeriesCount = 1_000;

    private readonly List<PointColumns> _points = [];
    private readonly List<Chunk> _chunks = [];
    private readonly ChunkEncoder _encoder = new();
    private readonly ChunkDecoder _decoder = new();
    private readonly long[] _times = new long[Chunk.MaxPoints];
    private readonly long[] _starts = new long[Chunk.MaxPoints];
    private readonly double[] _values = new double[Chunk.MaxPoints];

    [GlobalSetup]
    public void Prepare()
    {
        using var corpus = new MetricCorpus(SeriesCount);
        for (var series = 0; series < SeriesCount; series++)
        {
            _points.Add(new PointColumns(Chunk.MaxPoints));
        }

        for (var tick = 0; tick < Chunk.MaxPoints; tick++)
        {
            corpus.Tick(1_773_100_800_000_000_000 + (tick * MetricCorpus.TickNanos));
            var points = corpus.Exports[0].Points.Values;
            for (var series = 0; series < SeriesCount; series++)
            {
                _points[series].Add(points[series].TimeNanos, points[series].StartNanos, PointForm.Double, points[series].ValueBits);
            }
        }

        Encode();
        var bytes = _chunks.Sum(chunk => chunk.Data.Length) + _chunks.Select(chunk => chunk.Times).Distinct().Sum(times => times.Length);
        Console.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"// {bytes / (double)(SeriesCount * Chunk.MaxPoints):f2} bytes a point"));
    }

    [Benchmark(OperationsPerInvoke = SeriesCount * Chunk.MaxPoints)]
    public void Encode()
    {
        _chunks.Clear();
        foreach (var points in _points)
        {
            _encoder.Encode(points.View, _chunks);
        }
    }

    [Benchmark(OperationsPerInvoke = SeriesCount * Chunk.MaxPoints)]
    public double Decode()
    {
        var sum = 0.0;
        foreach (var chunk in _chunks)
        {
            _decoder.DecodeSamples(chunk.Form, chunk.Times, chunk.Data, _times.AsSpan(0, chunk.Count), _starts.AsSpan(0, chunk.Count), _values.AsSpan(0, chunk.Count));
            sum += _values[chunk.Count - 1];
        }

        return sum;
    }

}
