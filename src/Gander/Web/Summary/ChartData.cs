namespace Gander.Web.Summary;

/// <summary>A chart in columns.</summary>
/// <param name="Times">The starts of the buckets, Unix milliseconds.</param>
/// <param name="Series">The series, bottom of the stack first.</param>
public sealed record ChartData(IReadOnlyList<double> Times, IReadOnlyList<ChartSeries> Series);
