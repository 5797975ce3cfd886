using Gander.Storage.DuckDb.Metrics.Codec;

namespace Gander.Storage.DuckDb.Metrics.Files;

/// <summary>A chunk as a read found it.</summary>
/// <param name="Position">Which of the series asked for.</param>
/// <param name="Rank">When it was written, compared with others of the series; the higher, the later.</param>
/// <param name="Form">What the values are.</param>
/// <param name="Count">Points.</param>
/// <param name="MinTime">Time of the first point.</param>
/// <param name="MaxTime">Time of the last point.</param>
/// <param name="Times">The times.</param>
/// <param name="Data">The rest.</param>
internal readonly record struct StoredChunk(
    int Position, long Rank, PointForm Form, int Count, long MinTime, long MaxTime, ReadOnlyMemory<byte> Times, ReadOnlyMemory<byte> Data);
