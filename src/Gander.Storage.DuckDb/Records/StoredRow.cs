namespace Gander.Storage.DuckDb.Records;

/// <summary>One stored record and what orders it. Within an instant records stand in order of arrival: by export, then by row.</summary>
internal readonly record struct StoredRow(StoredChunk Chunk, int Row)
{
    public long TimeNanos => Chunk[SharedColumns.Time].Int64(Row);

    public long Sequence => Chunk[SharedColumns.Sequence].Int64(Row);

    public long RowId => Chunk.RowIds.Int64(Row);

    public static int CompareByTime(StoredRow left, StoredRow right) =>
        (left.TimeNanos, left.Sequence, left.RowId).CompareTo((right.TimeNanos, right.Sequence, right.RowId));

    public static int CompareByArrival(StoredRow left, StoredRow right) => (left.Sequence, left.RowId).CompareTo((right.Sequence, right.RowId));

    public static int CompareNewestFirst(StoredRow left, StoredRow right) => CompareByTime(right, left);
}
