namespace Gander.Storage.DuckDb.Metrics.Files;

/// <summary>One day of chunks, by the day they were cut. Immutable; replaced when a cut adds to it.</summary>
/// <param name="Name">The name it is attached by.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="EndNanos">The end of its day.</param>
/// <param name="Format">The version of its tables.</param>
/// <param name="LastCut">The number of the last cut in it, or 0.</param>
/// <param name="Points">Points in it.</param>
/// <param name="MinTime">Time of its earliest point, or <see cref="long.MaxValue"/>.</param>
/// <param name="MaxTime">Time of its latest point, or <see cref="long.MinValue"/>.</param>
/// <param name="IsDamaged">Whether reading it failed; it is left out of queries.</param>
internal sealed record MetricFile(string Name, string Path, long EndNanos, int Format, long LastCut, long Points, long MinTime, long MaxTime, bool IsDamaged = false)
{
    /// <summary>From this version on a chunk says of which metric it is, and those of one lie together.</summary>
    public const int WithMetrics = 2;

    private const long ClockTolerance = 86_400_000_000_000;

    /// <summary>The time of its latest point as far as it can be: a point cannot be newer than its arrival, whatever its sender's clock says.</summary>
    public long NewestNanos => Math.Min(MaxTime, EndNanos + ClockTolerance);

    /// <summary>Bytes on disk, the engine's log included.</summary>
    public long Bytes => Length(Path) + Length(LogPath);

    /// <summary>Where the engine keeps the file's log.</summary>
    public string LogPath => Path + ".wal";

    private static long Length(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }
}
