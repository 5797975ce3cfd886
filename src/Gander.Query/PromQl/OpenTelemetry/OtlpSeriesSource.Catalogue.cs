using System.Text;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>What there is, for people and editors.</summary>
public sealed partial class OtlpSeriesSource
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Labels>> FindAsync(
        IReadOnlyList<IReadOnlyList<LabelMatcher>> selectors, long firstMillis, long lastMillis, int limit, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken).ConfigureAwait(false);
        var found = new HashSet<Labels>();
        Ask(selectors, firstMillis, lastMillis, (labels, alias) => found.Add(Renamed(labels, alias)), cancellationToken);
        return [.. found.Order().Take(limit)];
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> ListLabelNamesAsync(
        IReadOnlyList<IReadOnlyList<LabelMatcher>> selectors, long firstMillis, long lastMillis, int limit, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken).ConfigureAwait(false);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        Ask(
            selectors,
            firstMillis,
            lastMillis,
            (labels, _) =>
            {
                // Sets of names are shared between rows: each is looked at once.
                if (seen.Add(labels.NameSet))
                {
                    names.UnionWith(labels.NameSet);
                }
            },
            cancellationToken);
        return [.. names.Order(StringComparer.Ordinal).Take(limit)];
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> ListLabelValuesAsync(
        string label, IReadOnlyList<IReadOnlyList<LabelMatcher>> selectors, long firstMillis, long lastMillis, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(selectors);
        await RefreshAsync(cancellationToken).ConfigureAwait(false);
        var values = new HashSet<string>(StringComparer.Ordinal);
        if (selectors.Count == 0)
        {
            ListAllValues(label, values, firstMillis, lastMillis, cancellationToken);
        }
        else
        {
            Ask(
                selectors,
                firstMillis,
                lastMillis,
                (labels, alias) => values.Add(alias is not null && label == Labels.MetricName ? alias : labels[label]),
                cancellationToken);
        }

        values.Remove("");
        return [.. values.Order(StringComparer.Ordinal).Take(limit)];
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MetricFacts>> ListMetricsAsync(string? name, int limit, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken).ConfigureAwait(false);
        var metadata = await _store.ListMetadataAsync(null, cancellationToken).ConfigureAwait(false);
        var descriptions = metadata
            .GroupBy(entry => (entry.Name, entry.Unit, entry.Kind, entry.Temporality, entry.IsMonotonic))
            .ToDictionary(group => group.Key, group => group.First().Description);
        _lock.EnterReadLock();
        try
        {
            var facts = _table.Families
                .Select(family => FactsOf(
                    family, descriptions.GetValueOrDefault((family.StoredName, family.StoredUnit, family.Kind, family.Temporality, family.IsMonotonic), "")))
                .Append(new MetricFacts(SeriesTranslator.TargetInfo, "gauge", "Target metadata", "", CountOf(SeriesTranslator.TargetInfo)))
                .Where(entry => entry.SeriesCount > 0 && (name is null || entry.Name == name));
            return [.. facts.Distinct().OrderBy(entry => entry.Name, StringComparer.Ordinal).ThenBy(entry => entry.Type, StringComparer.Ordinal).Take(limit)];
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SeriesExemplars>> ReadExemplarsAsync(
        IReadOnlyList<IReadOnlyList<LabelMatcher>> selectors, long firstMillis, long lastMillis, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(selectors);
        (firstMillis, lastMillis) = (Math.Max(firstMillis, -FarMillis), Math.Min(lastMillis, FarMillis));
        await RefreshAsync(cancellationToken).ConfigureAwait(false);
        var collector = new ExemplarCollector(firstMillis, lastMillis);
        foreach (var selector in selectors.Count == 0 ? [[]] : selectors)
        {
            var (rows, alias) = Select(selector, firstMillis, lastMillis);
            foreach (var row in rows)
            {
                collector.Add(row, Renamed(row.Row.Labels, alias), ExemplarSeriesOf(row.Row.Labels));
            }
        }

        foreach (var ids in collector.SeriesIds.Chunk(ReadAtATime))
        {
            using var batch = new MetricBatch();
            try
            {
                await _store.ReadExemplarsAsync(
                    ids, new TimeRange(FlowRules.Nanos(firstMillis), FlowRules.Nanos(Math.Max(firstMillis, lastMillis) + 1)), batch, _options.MaxDistributionPoints, cancellationToken).ConfigureAwait(false);
            }
            catch (SampleLimitException)
            {
                throw new Shared.QueryException(
                    Shared.QueryErrorKind.LimitExceeded,
                    $"more than {_options.MaxDistributionPoints} points have exemplars; ask for a shorter time or fewer series");
            }

            collector.Read(batch, ids);
        }

        return collector.Finish(limit);
    }

    /// <inheritdoc/>
    public async ValueTask<CardinalityReport> ReadCardinalityAsync(int top, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken).ConfigureAwait(false);
        var state = _store.ReadState();
        _lock.EnterReadLock();
        try
        {
            var index = _table.Index;
            var labels = index.Names.Select(label => (Name: label, Values: index.Values(label))).ToList();
            return new CardinalityReport(
                index.Rows.Count,
                labels.Sum(label => (long)label.Values.Count),
                state.ActiveSeries,
                Millis(state.OldestNanos),
                Millis(state.NewestNanos),
                Top(index.Values(Labels.MetricName).Select(value => new NamedCount(value.Value, value.Rows.Length)), top),
                Top(labels.Select(label => new NamedCount(label.Name, label.Values.Count)), top),
                Top(labels.Select(label => new NamedCount(label.Name, label.Values.Sum(value => (long)Encoding.UTF8.GetByteCount(value.Value)))), top),
                Top(labels.SelectMany(label => label.Values.Select(value => (label.Name, value))), top));
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    private static long? Millis(long? nanos) => nanos is { } known ? FlowRules.Millis(known) : null;

    private static NamedCount[] Top(IEnumerable<NamedCount> counts, int top) =>
        [.. counts.OrderByDescending(count => count.Count).ThenBy(count => count.Name, StringComparer.Ordinal).Take(top)];

    // The text of a pair is only made for those that are shown.
    private static NamedCount[] Top(IEnumerable<(string Label, Postings Value)> pairs, int top) =>
    [
        .. pairs.OrderByDescending(pair => pair.Value.Rows.Length)
            .ThenBy(pair => pair.Label, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value.Value, StringComparer.Ordinal)
            .Take(top)
            .Select(pair => new NamedCount($"{pair.Label}={pair.Value.Value}", pair.Value.Rows.Length)),
    ];

    private static string TypeName(MetricType type) => type switch
    {
        MetricType.Counter => "counter",
        MetricType.Gauge or MetricType.UpDownCounter => "gauge",
        MetricType.Histogram => "histogram",
        MetricType.Summary => "summary",
        _ => "unknown",
    };

    private MetricFacts FactsOf(MetricFamily family, string description)
    {
        if (!family.IsFinished)
        {
            return new MetricFacts(family.Name, TypeName(family.Type), description, family.UnitWord, CountOf(family.Name));
        }

        _ = PrometheusMetadata.TryParse(description, out var told);
        var name = told.FamilyOf(family.Name);
        return new MetricFacts(name, told.Type, told.Help, told.Unit, CountOf(name));
    }

    private int CountOf(string family)
    {
        var index = _table.Index;
        return index.RowsOf(Labels.MetricName, family).Length
            + index.RowsOf(Labels.MetricName, family + "_bucket").Length
            + index.RowsOf(Labels.MetricName, family + "_sum").Length
            + index.RowsOf(Labels.MetricName, family + "_count").Length;
    }

    private int? ExemplarSeriesOf(Labels labels)
    {
        _lock.EnterReadLock();
        try
        {
            return _table.ExemplarSeriesOf(labels);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    private void ListAllValues(string label, HashSet<string> values, long firstMillis, long lastMillis, CancellationToken cancellationToken)
    {
        _lock.EnterReadLock();
        try
        {
            var choice = new RowChoice(_store, _table, firstMillis, lastMillis);
            foreach (var value in _table.Index.Values(label))
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var row in value.Rows)
                {
                    if (choice.IsActive(row))
                    {
                        values.Add(value.Value);
                        break;
                    }
                }
            }
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    private void Ask(
        IReadOnlyList<IReadOnlyList<LabelMatcher>> selectors, long firstMillis, long lastMillis, Action<Labels, string?> found, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(selectors);
        _lock.EnterReadLock();
        try
        {
            var choice = new RowChoice(_store, _table, firstMillis, lastMillis);
            foreach (var matchers in selectors.Count == 0 ? [[]] : selectors)
            {
                var alias = TryResolveAlias(matchers, out var resolved) ? matchers.First(IsExactName).Value : null;
                foreach (var number in _table.Index.Find([.. (resolved ?? matchers).Select(matcher => new LabelTest(matcher))]))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (choice.IsActive(number))
                    {
                        found(_table.Index.Rows[number].Labels, alias);
                    }
                }
            }
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }
}
