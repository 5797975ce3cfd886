namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>Points of one series and one form, in order of time and start, encoded. Immutable and thread-safe.</summary>
/// <param name="Form">What the values are.</param>
/// <param name="HasExemplars">Whether some point has exemplars.</param>
/// <param name="Count">Points, 1 to <see cref="MaxPoints"/>.</param>
/// <param name="MinTime">Time of the first point.</param>
/// <param name="MaxTime">Time of the last point.</param>
/// <param name="Times">The times (<see cref="TimeColumn"/>); chunks with equal times share the array.</param>
/// <param name="Data">Starts, values, flags and exemplars.</param>
internal sealed record Chunk(PointForm Form, bool HasExemplars, int Count, long MinTime, long MaxTime, byte[] Times, byte[] Data)
{
    /// <summary>Points in a chunk at most: an hour of samples every 15 seconds.</summary>
    public const int MaxPoints = 240;
}
