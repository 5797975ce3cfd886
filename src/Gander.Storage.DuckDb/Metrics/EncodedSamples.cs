using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Gander.Storage.DuckDb.Metrics.Files;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Metrics;

/// <summary>Series as a read found them, decoded when they are asked for, by whoever asks.</summary>
internal sealed class EncodedSamples(SeriesPieces[] pieces, TimeRange range, ByteSlabs slabs) : IEncodedSamples
{
    private readonly ConcurrentBag<SampleDecoder> _decoders = [];

    /// <inheritdoc/>
    public int MostSamples(int position)
    {
        var most = 0L;
        foreach (var chunk in CollectionsMarshal.AsSpan(pieces[position].Chunks))
        {
            most += chunk.Count;
        }

        foreach (var (_, open) in pieces[position].Open)
        {
            most += open.Count;
        }

        return (int)Math.Min(most, Array.MaxLength);
    }

    /// <inheritdoc/>
    public int TryRead(int position, Span<long> timesMillis, Span<double> values)
    {
        var decoder = Take();
        var count = decoder.TryRead(pieces[position], timesMillis, values);
        _decoders.Add(decoder);
        return count;
    }

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> positions, SampleBuffer samples, CancellationToken cancellationToken)
    {
        samples.Clear();
        var decoder = Take();
        foreach (var position in positions)
        {
            cancellationToken.ThrowIfCancellationRequested();
            decoder.Read(pieces[position], samples);
        }

        _decoders.Add(decoder);
    }

    /// <inheritdoc/>
    public void Dispose() => slabs.Dispose();

    private SampleDecoder Take() => _decoders.TryTake(out var decoder) ? decoder : new SampleDecoder(range);
}
