using System.Globalization;

namespace Gander.Storage.DuckDb.Metrics.Series;

/// <summary>Decides whether a new series fits the limits, and says which attribute grew when it does not.</summary>
internal sealed class SeriesAdmission(SeriesRegistry registry, Head head, MetricStoreOptions options)
{
    private const long ReasonLifeNanos = 60_000_000_000;

    private (string Reason, long AtNanos) _lastRefusal = ("", 0);

    /// <summary>Null when a new series of <paramref name="metric"/> may be made, else why not.</summary>
    /// <param name="metric">The metric, or null when this would be its first series.</param>
    /// <param name="name">The metric's name.</param>
    /// <param name="nowNanos">The present.</param>
    public string? Refuse(MetricInfo? metric, string name, long nowNanos)
    {
        if (metric is not null && metric.ActiveSeries >= options.MaxActiveSeriesPerMetric)
        {
            if (IsStale(metric.LastRefusal, nowNanos))
            {
                metric.LastRefusal = (Explain($"the metric {name} has {options.MaxActiveSeriesPerMetric} active series, the most one metric may have", head.Active.Where(entry => entry.Metric == metric)), nowNanos);
            }

            return metric.LastRefusal.Reason;
        }

        var limit = registry.Count >= options.MaxSeries ? $"{options.MaxSeries} series are stored, the most there may be"
            : head.Active.Count >= options.MaxActiveSeries ? $"{options.MaxActiveSeries} series are active, the most there may be"
            : null;
        if (limit is null)
        {
            return null;
        }

        if (IsStale(_lastRefusal, nowNanos))
        {
            _lastRefusal = (Explain(limit, head.Active), nowNanos);
        }

        return _lastRefusal.Reason;
    }

    private static bool IsStale((string Reason, long AtNanos) refusal, long nowNanos) =>
        refusal.Reason is null or "" || nowNanos - refusal.AtNanos >= ReasonLifeNanos;

    // What the points of one metric differ in most, in their own attributes or in those of who sent them.
    private static string Explain(string limit, IEnumerable<SeriesEntry> entries)
    {
        var values = new Dictionary<(string Metric, string Key, bool IsResource), HashSet<Telemetry.AttributeValue>>();
        foreach (var entry in entries)
        {
            Note(values, entry.Series.Name, entry.Series.Attributes, isResource: false);
            Note(values, entry.Series.Name, entry.Series.Resource.Attributes, isResource: true);
        }

        var (most, held) = values.OrderByDescending(entry => entry.Value.Count).ThenBy(entry => entry.Key.IsResource).FirstOrDefault();
        return held is null
            ? $"New series are refused: {limit}."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"New series are refused: {limit}; the {(most.IsResource ? "resource " : "")}attribute {most.Key} of {most.Metric} grew most, to {held.Count} values. Drop it at the source, or raise the limit.");
    }

    private static void Note(
        Dictionary<(string Metric, string Key, bool IsResource), HashSet<Telemetry.AttributeValue>> values,
        string metric,
        IReadOnlyList<KeyValuePair<string, Telemetry.AttributeValue>> attributes,
        bool isResource)
    {
        foreach (var (key, value) in attributes)
        {
            if (!values.TryGetValue((metric, key, isResource), out var distinct))
            {
                values.Add((metric, key, isResource), distinct = []);
            }

            distinct.Add(value);
        }
    }
}
