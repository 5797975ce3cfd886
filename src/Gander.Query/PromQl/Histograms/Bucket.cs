namespace Gander.Query.PromQl.Histograms;

/// <summary>One bucket with its bounds; a regular positive bucket does not contain its lower bound.</summary>
/// <param name="Lower">The lower bound.</param>
/// <param name="Upper">The upper bound.</param>
/// <param name="Count">Observations.</param>
/// <param name="Index">Its index among the buckets of its sign; 0 for the zero bucket.</param>
public readonly record struct Bucket(double Lower, double Upper, double Count, int Index);
