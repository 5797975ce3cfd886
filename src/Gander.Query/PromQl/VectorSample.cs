using Gander.Query.PromQl.Histograms;
using Gander.Query.PromQl.Series;

namespace Gander.Query.PromQl;

/// <summary>One sample of an instant vector.</summary>
/// <param name="Labels">The series.</param>
/// <param name="TimeMillis">The evaluation time, Unix milliseconds.</param>
/// <param name="Value">The float, when <paramref name="Histogram"/> is null.</param>
/// <param name="Histogram">The native histogram, or null.</param>
public sealed record VectorSample(Labels Labels, long TimeMillis, double Value, FloatHistogram? Histogram);
