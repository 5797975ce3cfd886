namespace Gander.Storage.DuckDb.Files;

/// <summary>What a file holds, as of its last commit.</summary>
/// <param name="Records">Records.</param>
/// <param name="OldestNanos">The earliest record's time; meaningless without records.</param>
/// <param name="NewestNanos">The latest record's time; meaningless without records.</param>
/// <param name="FirstSequence">The number its first export has, or would have had.</param>
/// <param name="LastSequence">The number of its last export; one less than the first when there is none.</param>
internal sealed record FileStats(long Records, long OldestNanos, long NewestNanos, long FirstSequence, long LastSequence)
{
    public static FileStats Empty(long firstSequence) => new(0, long.MaxValue, long.MinValue, firstSequence, firstSequence - 1);

    public FileStats With(long records, long oldestNanos, long newestNanos, long lastSequence) => new(
        Records + records, Math.Min(OldestNanos, oldestNanos), Math.Max(NewestNanos, newestNanos), FirstSequence, lastSequence);
}
