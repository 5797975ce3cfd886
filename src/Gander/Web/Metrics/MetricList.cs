using System.Text.RegularExpressions;
using Gander.Prometheus.Parameters;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

namespace Gander.Web.Metrics;

/// <summary>The part of the catalogue of metrics that a page shows.</summary>
/// <param name="Shown">The metrics shown, by name, each with a query to look at it and, where the list is short, its labels.</param>
/// <param name="Found">How many match.</param>
/// <param name="Total">How many there are.</param>
public sealed record MetricList(IReadOnlyList<(MetricFacts Metric, string Query, IReadOnlyList<string> Labels)> Shown, int Found, int Total)
{
    private const int MaxMetrics = 20_000;
    private const int MaxShown = 200;

    // Labels are looked up metric by metric.
    private const int MaxWithLabels = 30;
    private const int MaxLabels = 50;

    /// <summary>Nothing.</summary>
    public static MetricList Empty { get; } = new([], 0, 0);

    /// <summary>Reads the metrics with <paramref name="find"/> in their names or descriptions.</summary>
    public static async Task<MetricList> ReadAsync(ISeriesCatalogue catalogue, string find, CancellationToken cancellationToken)
    {
        var all = await catalogue.ListMetricsAsync(null, MaxMetrics, cancellationToken);
        var found = all.Where(metric => metric.Name.Contains(find, StringComparison.OrdinalIgnoreCase) || metric.Help.Contains(find, StringComparison.OrdinalIgnoreCase)).ToList();
        var shown = new List<(MetricFacts, string, IReadOnlyList<string>)>();
        foreach (var metric in found.Take(MaxShown))
        {
            var hasBuckets = metric.Type == "histogram" && await HasBucketsAsync(catalogue, metric.Name, cancellationToken);
            IReadOnlyList<string> labels = found.Count <= MaxWithLabels ? await LabelsAsync(catalogue, metric.Name, cancellationToken) : [];
            shown.Add((metric, FirstQuery.For(metric, hasBuckets), labels));
        }

        return new MetricList(shown, found.Count, all.Count);
    }

    private static async Task<bool> HasBucketsAsync(ISeriesCatalogue catalogue, string name, CancellationToken cancellationToken) =>
        (await catalogue.FindAsync([[new LabelMatcher(Labels.MetricName, MatchOperator.Equal, name + "_bucket")]], PrometheusTime.FirstMillis, PrometheusTime.LastMillis, 1, cancellationToken)).Count > 0;

    // Those of the parts too: buckets have le, and a summary's quantiles are under its own name.
    private static async Task<IReadOnlyList<string>> LabelsAsync(ISeriesCatalogue catalogue, string name, CancellationToken cancellationToken)
    {
        var escaped = Regex.Escape(name);
        var labels = await catalogue.ListLabelNamesAsync(
            [[new LabelMatcher(Labels.MetricName, MatchOperator.Matches, $"{escaped}|{escaped}_bucket")]], PrometheusTime.FirstMillis, PrometheusTime.LastMillis, MaxLabels, cancellationToken);
        return [.. labels.Where(label => label != Labels.MetricName)];
    }
}
