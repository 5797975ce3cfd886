using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

namespace Gander.Tests.Prometheus;

/// <summary>A catalogue that asks a source for everything and looks from end to end.</summary>
internal sealed class ScriptCatalogue(ISeriesSource source) : ISeriesCatalogue
{
    public async ValueTask<IReadOnlyList<Labels>> FindAsync(
        IReadOnlyList<IReadOnlyList<LabelMatcher>> selectors, long firstMillis, long lastMillis, int limit, CancellationToken cancellationToken)
    {
        var found = new SortedSet<Labels>();
        foreach (var selector in selectors.DefaultIfEmpty([]))
        {
            var series = await source.SelectAsync(selector, firstMillis, lastMillis, cancellationToken);
            found.UnionWith(series.Series);
        }

        return [.. found.Take(limit)];
    }

    public async ValueTask<IReadOnlyList<string>> ListLabelNamesAsync(
        IReadOnlyList<IReadOnlyList<LabelMatcher>> selectors, long firstMillis, long lastMillis, int limit, CancellationToken cancellationToken) =>
        Distinct((await FindAsync(selectors, firstMillis, lastMillis, int.MaxValue, cancellationToken)).SelectMany(labels => labels.Names.ToArray()), limit);

    public async ValueTask<IReadOnlyList<string>> ListLabelValuesAsync(
        string label, IReadOnlyList<IReadOnlyList<LabelMatcher>> selectors, long firstMillis, long lastMillis, int limit, CancellationToken cancellationToken) =>
        Distinct((await FindAsync(selectors, firstMillis, lastMillis, int.MaxValue, cancellationToken)).Select(labels => labels[label]).Where(value => value.Length > 0), limit);

    public async ValueTask<IReadOnlyList<MetricFacts>> ListMetricsAsync(string? name, int limit, CancellationToken cancellationToken)
    {
        var all = await FindAsync([], 0, long.MaxValue, int.MaxValue, cancellationToken);
        return [.. all.GroupBy(labels => labels[Labels.MetricName]).Where(group => name is null || group.Key == name)
            .Select(group => new MetricFacts(group.Key, group.Key.EndsWith("_total", StringComparison.Ordinal) ? "counter" : "gauge", $"Help of {group.Key}.", "", group.Count())).Take(limit)];
    }

    public async ValueTask<IReadOnlyList<SeriesExemplars>> ReadExemplarsAsync(
        IReadOnlyList<IReadOnlyList<LabelMatcher>> selectors, long firstMillis, long lastMillis, int limit, CancellationToken cancellationToken) =>
        [.. (await FindAsync(selectors, firstMillis, lastMillis, limit, cancellationToken))
            .Select(labels => new SeriesExemplars(labels, [new LabelledExemplar(Labels.Of([new("trace_id", "0102030405060708090a0b0c0d0e0f10")]), 6, 1_600_096_945_479)]))];

    public async ValueTask<CardinalityReport> ReadCardinalityAsync(int top, CancellationToken cancellationToken)
    {
        var all = await FindAsync([], 0, long.MaxValue, int.MaxValue, cancellationToken);
        return new CardinalityReport(all.Count, all.SelectMany(labels => labels.Pairs()).Distinct().Count(), all.Count, 0, 60_000, [.. all.GroupBy(labels => labels[Labels.MetricName]).Select(group => new NamedCount(group.Key, group.Count())).Take(top)], [], [], []);
    }

    private static string[] Distinct(IEnumerable<string> texts, int limit) => [.. texts.Distinct().Order(StringComparer.Ordinal).Take(limit)];
}
