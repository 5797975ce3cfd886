using System.Text.RegularExpressions;
using Gander.Query.PromQl.OpenTelemetry;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Sessions;

/// <summary>
/// Stored metrics and the metrics made of sessions as one. Names of the latter are theirs alone: stored series of such a name
/// are not seen. What cannot be meant for sessions does not read them. Thread-safe.
/// </summary>
public sealed class JoinedSeriesSource(OtlpSeriesSource stored, SessionSeriesSource sessions) : ISeriesSource, ISeriesCatalogue
{
    private static readonly LabelMatcher IsStored =
        new(Labels.MetricName, MatchOperator.NotMatches, string.Join('|', SessionMetrics.SeriesNames.Order(StringComparer.Ordinal).Select(Regex.Escape)));

    /// <inheritdoc/>
    public async ValueTask<ISeriesSet> SelectAsync(
        IReadOnlyList<LabelMatcher> matchers, long firstMillis, long lastMillis, CancellationToken cancellationToken)
    {
        if (!SessionSeriesSource.MayMatch(matchers))
        {
            return await stored.SelectAsync(matchers, firstMillis, lastMillis, cancellationToken).ConfigureAwait(false);
        }

        var made = await sessions.SelectAsync(matchers, firstMillis, lastMillis, cancellationToken).ConfigureAwait(false);
        var found = await stored.SelectAsync([.. matchers, IsStored], firstMillis, lastMillis, cancellationToken).ConfigureAwait(false);
        return found.Series.Count == 0 ? made : made.Series.Count == 0 ? found : new JoinedSeriesSet(found, made);
    }

    /// <inheritdoc/>
    public async ValueTask<GrowthSelection> SelectGrowthAsync(
        IReadOnlyList<LabelMatcher> matchers, long firstMillis, long lastMillis, IReadOnlyCollection<string>? summedBy, CancellationToken cancellationToken)
    {
        if (!SessionSeriesSource.MayMatch(matchers))
        {
            return new GrowthSelection(await stored.SelectAsync(matchers, firstMillis, lastMillis, cancellationToken).ConfigureAwait(false), null);
        }

        var known = await sessions.SelectGrowthAsync(matchers, firstMillis, lastMillis, summedBy, cancellationToken).ConfigureAwait(false);
        return new GrowthSelection(await stored.SelectAsync([.. matchers, IsStored], firstMillis, lastMillis, cancellationToken).ConfigureAwait(false), known);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Labels>> FindAsync(
        IReadOnlyList<IReadOnlyList<LabelMatcher>> selectors, long firstMillis, long lastMillis, int limit, CancellationToken cancellationToken)
    {
        var found = await stored.FindAsync(selectors, firstMillis, lastMillis, limit, cancellationToken).ConfigureAwait(false);
        if (MadeOfSessions(selectors) is not { Count: > 0 } asked)
        {
            return found;
        }

        var all = found.Where(labels => !SessionMetrics.SeriesNames.Contains(labels[Labels.MetricName])).ToHashSet();
        foreach (var matchers in asked)
        {
            all.UnionWith(await sessions.FindAsync(matchers, firstMillis, lastMillis, limit, cancellationToken).ConfigureAwait(false));
        }

        return [.. all.Order().Take(limit)];
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> ListLabelNamesAsync(
        IReadOnlyList<IReadOnlyList<LabelMatcher>> selectors, long firstMillis, long lastMillis, int limit, CancellationToken cancellationToken) => Joined(
        await stored.ListLabelNamesAsync(selectors, firstMillis, lastMillis, limit, cancellationToken).ConfigureAwait(false),
        MadeOfSessions(selectors).SelectMany(SessionSeriesSource.ListLabelNames),
        limit);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> ListLabelValuesAsync(
        string label, IReadOnlyList<IReadOnlyList<LabelMatcher>> selectors, long firstMillis, long lastMillis, int limit, CancellationToken cancellationToken)
    {
        var found = await stored.ListLabelValuesAsync(label, selectors, firstMillis, lastMillis, limit, cancellationToken).ConfigureAwait(false);
        var made = new List<string>();
        foreach (var matchers in MadeOfSessions(selectors))
        {
            made.AddRange(await sessions.ListLabelValuesAsync(label, matchers, firstMillis, lastMillis, cancellationToken).ConfigureAwait(false));
        }

        return Joined(found, made, limit);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MetricFacts>> ListMetricsAsync(string? name, int limit, CancellationToken cancellationToken)
    {
        var made = await sessions.ListMetricsAsync(name, cancellationToken).ConfigureAwait(false);
        var found = await stored.ListMetricsAsync(name, limit, cancellationToken).ConfigureAwait(false);
        var names = made.Select(metric => metric.Name).ToHashSet(StringComparer.Ordinal);
        return [.. found.Where(metric => !names.Contains(metric.Name)).Concat(made)
            .OrderBy(metric => metric.Name, StringComparer.Ordinal).ThenBy(metric => metric.Type, StringComparer.Ordinal).Take(limit)];
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SeriesExemplars>> ReadExemplarsAsync(
        IReadOnlyList<IReadOnlyList<LabelMatcher>> selectors, long firstMillis, long lastMillis, int limit, CancellationToken cancellationToken) =>
        stored.ReadExemplarsAsync(selectors, firstMillis, lastMillis, limit, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Metrics made of sessions take no room and are not counted.</remarks>
    public ValueTask<CardinalityReport> ReadCardinalityAsync(int top, CancellationToken cancellationToken) => stored.ReadCardinalityAsync(top, cancellationToken);

    private static List<IReadOnlyList<LabelMatcher>> MadeOfSessions(IReadOnlyList<IReadOnlyList<LabelMatcher>> selectors) =>
        selectors.Count == 0 ? [[]] : [.. selectors.Where(SessionSeriesSource.MayMatch)];

    private static string[] Joined(IEnumerable<string> found, IEnumerable<string> made, int limit) =>
        [.. found.Concat(made).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(limit)];
}
