namespace Gander.Web.Summary;

/// <summary>A chart in columns.</summary>
/// <param name="Times">The starts of the buckets, Unix milliseconds.</param>
/// <param name="Series">The series, bottom of the stack first.</param>
/// <param name="Kind"><c>bars</c>, stacked, for what adds up; <c>lines</c> for what does not.</param>
/// <param name="Unit">What the values are: <c>count</c>, <c>ms</c> or <c>usd</c>.</param>
public sealed record ChartData(IReadOnlyList<double> Times, IReadOnlyList<ChartSeries> Series, string Kind = "bars", string Unit = "count")
{
    /// <summary>Series of a chart that can be told apart; what is beyond belongs together or is left out.</summary>
    public const int MaxSeries = 10;

    private static readonly System.Text.Json.JsonSerializerOptions Web = new(System.Text.Json.JsonSerializerDefaults.Web);

    /// <summary>The chart as the attribute of an island.</summary>
    public string ToJson() => System.Text.Json.JsonSerializer.Serialize(this, Web);
}
