namespace Gander.Storage.DuckDb.Metrics.Series;

/// <summary>Reads from the index while it cannot change.</summary>
internal delegate ReadOnlyMemory<int> IndexReader(Func<SeriesIndex, ReadOnlyMemory<int>> read);
