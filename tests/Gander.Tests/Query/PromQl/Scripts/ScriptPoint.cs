using Gander.Query.PromQl.Histograms;

namespace Gander.Tests.Query.PromQl.Scripts;

/// <summary>One place of a series line; the default value is "no sample here".</summary>
public readonly record struct ScriptPoint(double Value, FloatHistogram? Histogram, bool IsPresent);
