namespace Gander.Stores;

/// <summary>Bounds that points of a histogram have, or quantiles that points of a summary have.</summary>
/// <param name="Sequence">Counts up from 1 in the order in which layouts were first seen; starts anew with the process and when series are forgotten.</param>
/// <param name="SeriesId">The series; it may have several layouts, each once.</param>
/// <param name="Values">Upper bounds without infinity, or quantiles; may be empty.</param>
public sealed record SeriesLayout(long Sequence, int SeriesId, IReadOnlyList<double> Values);
