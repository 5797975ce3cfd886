using Gander.Storage.DuckDb.Files;

namespace Gander.Storage.DuckDb.Queries;

/// <summary>A row that was found and not yet read.</summary>
internal readonly record struct LocatedRow(SignalFile File, long TimeNanos, long Sequence, long RowId)
{
    public static int CompareNewestFirst(LocatedRow left, LocatedRow right) =>
        (right.TimeNanos, right.Sequence, right.RowId).CompareTo((left.TimeNanos, left.Sequence, left.RowId));
}
