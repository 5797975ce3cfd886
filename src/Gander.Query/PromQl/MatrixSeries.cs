using Gander.Query.PromQl.Series;

namespace Gander.Query.PromQl;

/// <summary>One series of a range vector.</summary>
/// <param name="Labels">The series.</param>
/// <param name="Samples">Its samples; at least one.</param>
public sealed record MatrixSeries(Labels Labels, Samples Samples);
