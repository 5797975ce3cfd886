using Gander.Storage.DuckDb.Files;

namespace Gander.Storage.DuckDb.Queries;

/// <summary>
/// Divides a range of time into windows, newest first, of which the first holds about so many records as are searched in a
/// few milliseconds and each further one eight times as much. A search that fills its page early reads little, however many
/// records the range holds; one that finds little costs a handful of statements more.
/// </summary>
internal static class SearchWindows
{
    private const double FirstRecords = 200_000;
    private const int Growth = 8;

    /// <summary>Windows with both ends included that together cover whatever the files hold of the range.</summary>
    public static IEnumerable<(long First, long Last)> Of(long firstNanos, long lastNanos, IReadOnlyList<FileStats> files)
    {
        if (files.Count == 0)
        {
            yield break;
        }

        var first = Math.Max(firstNanos, files.Min(file => file.OldestNanos));
        var last = Math.Min(lastNanos, files.Max(file => file.NewestNanos));
        var records = files.Sum(file => Records(file, first, last));
        var width = Int128.Max(1, records <= FirstRecords ? Length(first, last) : Length(first, last) * (Int128)FirstRecords / (Int128)records);
        while (first <= last)
        {
            var start = (long)Int128.Max(first, (Int128)last - width + 1);
            yield return (start, last);
            if (start == first)
            {
                yield break;
            }

            last = start - 1;
            width *= Growth;
        }
    }

    // As if the records of a file were spread evenly over its time.
    private static double Records(FileStats file, long first, long last)
    {
        var overlap = Length(Math.Max(first, file.OldestNanos), Math.Min(last, file.NewestNanos));
        return overlap <= 0 ? 0 : file.Records * ((double)overlap / (double)Length(file.OldestNanos, file.NewestNanos));
    }

    private static Int128 Length(long first, long last) => (Int128)last - first + 1;
}
