using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

namespace Gander.Web.Metrics;

/// <summary>The query to look at a metric with that is seen for the first time.</summary>
public static class FirstQuery
{
    private const string Range = "5m";

    /// <summary>A rate for what only grows, a percentile for a distribution, else the metric itself.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="hasBuckets">Whether a histogram has classic buckets, series of their own with a bound each.</param>
    public static string For(MetricFacts metric, bool hasBuckets) => metric.Type switch
    {
        "counter" => $"sum(rate({Selector(metric.Name)}[{Range}]))",
        "histogram" when hasBuckets => $"histogram_quantile(0.95, sum by (le) (rate({Selector(metric.Name + "_bucket")}[{Range}])))",
        "histogram" => $"histogram_quantile(0.95, sum(rate({Selector(metric.Name)}[{Range}])))",
        _ => Selector(metric.Name),
    };

    private static string Selector(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or ':') ? name : $"{{{Literals.Quote(name)}}}";
}
