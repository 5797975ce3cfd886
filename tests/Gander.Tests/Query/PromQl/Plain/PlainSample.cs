using Gander.Query.PromQl.Series;

namespace Gander.Tests.Query.PromQl.Plain;

/// <summary>One sample of an instant vector, and whether its name goes at the end.</summary>
public readonly record struct PlainSample(Labels Labels, bool DropsName, double Value);
