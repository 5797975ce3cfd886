using Gander.Telemetry;

namespace Gander.Stores;

/// <summary>Asks for series: all conditions must hold.</summary>
/// <param name="Range">The series may have points inside.</param>
/// <param name="Matchers">Conditions that must all hold; may be empty.</param>
/// <param name="Limit">At most this many, lowest ids first; ask for one more than allowed to notice that there are more.</param>
public sealed record SeriesQuery(TimeRange Range, IReadOnlyList<SeriesMatcher> Matchers, int Limit = int.MaxValue);
