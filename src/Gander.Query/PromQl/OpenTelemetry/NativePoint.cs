using Gander.Query.PromQl.Histograms;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>A point that is a native histogram, or says that no value was recorded.</summary>
/// <param name="TimeNanos">When.</param>
/// <param name="StartNanos">The start of its stream or interval, or 0.</param>
/// <param name="Origin">Which stored series it is of.</param>
/// <param name="IsDelta">Whether it counts from its start only.</param>
/// <param name="Histogram">The value, or null for none.</param>
internal readonly record struct NativePoint(long TimeNanos, long StartNanos, int Origin, bool IsDelta, FloatHistogram? Histogram);
