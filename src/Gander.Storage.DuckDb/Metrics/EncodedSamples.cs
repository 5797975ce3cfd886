using Gander.Storage.DuckDb.Metrics.Files;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Metrics;

/// <summary>Series as a read found them, decoded when they are asked for, by whoever asks.</summary>
internal sealed class EncodedSamples(SeriesPieces[] pieces, TimeRange range, ByteSlabs slabs) : IEncodedSamples
{
    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> positions, SampleBuffer samples, CancellationToken cancellationToken)
    {
        samples.Clear();
        var decoder = new SampleDecoder(range);
        foreach (var position in positions)
        {
            cancellationToken.ThrowIfCancellationRequested();
            decoder.Read(pieces[position], samples);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => slabs.Dispose();
}
