using Gander.Storage.DuckDb.Files;

namespace Gander.Storage.DuckDb.Queries;

/// <summary>Between which row numbers and times of a file the rows lie that a query wants, both ends included, and how many they are.</summary>
internal readonly record struct FoundRows(SignalFile File, (long First, long Last) RowIds, (long First, long Last) Times, long Count);
