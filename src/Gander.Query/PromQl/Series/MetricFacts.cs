namespace Gander.Query.PromQl.Series;

/// <summary>What a metric is.</summary>
/// <param name="Name">The family's name as PromQL sees it, without the <c>_bucket</c>, <c>_sum</c> and <c>_count</c> of a histogram's parts.</param>
/// <param name="Type">As Prometheus calls it: <c>counter</c>, <c>gauge</c>, <c>histogram</c>, <c>summary</c> or <c>unknown</c>.</param>
/// <param name="Help">The description, or empty.</param>
/// <param name="Unit">The unit in words (<c>seconds</c>), or empty.</param>
/// <param name="SeriesCount">How many series it has in PromQL, parts of a histogram included.</param>
public sealed record MetricFacts(string Name, string Type, string Help, string Unit, int SeriesCount);
