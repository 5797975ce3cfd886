namespace Gander.Query.PromQl.Evaluation;

/// <summary>A function of the cumulative buckets of one histogram at one step.</summary>
/// <param name="step">The step.</param>
/// <param name="bounds">Upper bounds, ascending; at least one.</param>
/// <param name="counts">Observations up to each bound, never falling.</param>
internal delegate double BucketFunction(int step, ReadOnlySpan<double> bounds, ReadOnlySpan<double> counts);
