using Gander.Storage.DuckDb.Files;

namespace Gander.Storage.DuckDb.Queries;

/// <summary>Rows of one file that a query looks at, by row number and, since the engine skips by it for nothing, by the number of their export.</summary>
/// <param name="File">The file, leased.</param>
/// <param name="FirstRow">The first row.</param>
/// <param name="LastRow">The last row.</param>
/// <param name="FirstSequence">No row has a lower one.</param>
/// <param name="LastSequence">No row has a higher one.</param>
internal readonly record struct RowPlace(SignalFile File, long FirstRow, long LastRow, long FirstSequence, long LastSequence)
{
    /// <summary>Everything in a file.</summary>
    public static RowPlace All(SignalFile file) => new(file, 0, long.MaxValue, 0, long.MaxValue);

    /// <summary>Whether it is all of the file.</summary>
    public bool IsAll => FirstRow == 0 && LastRow == long.MaxValue;

    /// <summary>One place that holds both.</summary>
    public RowPlace With(RowPlace other) => new(
        File,
        Math.Min(FirstRow, other.FirstRow),
        Math.Max(LastRow, other.LastRow),
        Math.Min(FirstSequence, other.FirstSequence),
        Math.Max(LastSequence, other.LastSequence));
}
