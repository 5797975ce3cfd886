namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>Where samples of a translated series come from.</summary>
/// <param name="SeriesId">The series in the store.</param>
/// <param name="Part">Which figure.</param>
/// <param name="Flow">How its points become samples.</param>
/// <param name="Bound">The bucket's upper bound, or the quantile; else 0.</param>
internal readonly record struct SeriesOrigin(int SeriesId, SeriesPart Part, SampleFlow Flow, double Bound);
