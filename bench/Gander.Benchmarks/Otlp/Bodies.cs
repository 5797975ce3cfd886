using System.IO.Compression;
using Gander.Load.Generation;
using Gander.Load.Wire;

namespace Gander.Benchmarks.Otlp;

/// <summary>Export requests of 512 records, as the load generator sends them.</summary>
internal static class Bodies
{
    public const int Records = 512;
    public const int Count = 20;
    private const long Now = 1_795_000_000_000_000_000;

    public static byte[][] Spans(IOtlpEncoder encoder)
    {
        var source = new SpanSource(new Population(new SplitMix(1)), Corpus.Load(null), new SplitMix(2), 1);
        return [.. Enumerable.Range(0, Count).Select(index => encoder.Spans(source.Take(Records, index * Records, Now)).ToArray())];
    }

    public static byte[][] Logs(IOtlpEncoder encoder)
    {
        var source = new LogSource(new Population(new SplitMix(1)), Corpus.Load(null), new SplitMix(2), 1);
        return [.. Enumerable.Range(0, Count).Select(index => encoder.Logs(source.Take(Records, index * Records, Now)).ToArray())];
    }

    public static byte[] Gzip(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(body);
        }

        return packed.ToArray();
    }
}
