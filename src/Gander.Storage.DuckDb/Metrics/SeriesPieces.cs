using Gander.Storage.DuckDb.Metrics.Codec;
using Gander.Storage.DuckDb.Metrics.Files;
using Gander.Storage.DuckDb.Metrics.Series;

namespace Gander.Storage.DuckDb.Metrics;

/// <summary>What a read found of one series, null when the series is unknown: its chunks by time, and points that are not yet in one.</summary>
internal sealed class SeriesPieces(SeriesEntry? entry)
{
    /// <summary>The series.</summary>
    public SeriesEntry? Entry { get; } = entry;

    /// <summary>Chunks of files and of memory.</summary>
    public List<StoredChunk> Chunks { get; } = [];

    /// <summary>Points in memory, in the order they were written.</summary>
    public List<(long Rank, PointView Open)> Open { get; } = [];
}
