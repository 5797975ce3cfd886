using System.Diagnostics.CodeAnalysis;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Stores;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>
/// The series of a metric store under their Prometheus names, for the engine and for the catalogue. Keeps an index of its own
/// that follows the store. Thread-safe. <c>docs/metrics.md</c> says how OTLP becomes series.
/// </summary>
public sealed partial class OtlpSeriesSource : ISeriesSource, ISeriesCatalogue, IDisposable
{
    private const int ReadAtATime = 4_096;
    private const string TotalSuffix = "_total";
    private const long FarMillis = 9_000_000_000_000;

    private readonly IMetricStore _store;
    private readonly OtlpTranslationOptions _options;
    private readonly HashSet<string> _namesWithoutTotal;
    private readonly ReaderWriterLockSlim _lock = new();
    private readonly SemaphoreSlim _refreshing = new(1);
    private SeriesTable _table;
    private int _lastSeriesId;
    private long _lastLayout;
    private long _forgets;

    /// <summary>Makes a source; the index is read with the first question.</summary>
    public OtlpSeriesSource(IMetricStore store, OtlpTranslationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_store, _options) = (store, options);
        _namesWithoutTotal = new HashSet<string>(options.NamesWithoutTotal, StringComparer.Ordinal);
        _table = new SeriesTable(new SeriesTranslator(options));
    }

    /// <inheritdoc/>
    public async ValueTask<ISeriesSet> SelectAsync(
        IReadOnlyList<LabelMatcher> matchers, long firstMillis, long lastMillis, CancellationToken cancellationToken)
    {
        (firstMillis, lastMillis) = (Math.Max(firstMillis, -FarMillis), Math.Min(lastMillis, FarMillis));
        await RefreshAsync(cancellationToken).ConfigureAwait(false);
        var (rows, alias) = Select(matchers, firstMillis, lastMillis);
        var labels = new Labels[rows.Count];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = Renamed(rows[i].Row.Labels, alias);
        }

        return new StoredSeriesSet(_store, _options, [.. rows], labels, firstMillis, lastMillis);
    }

    /// <summary>Releases the locks.</summary>
    public void Dispose()
    {
        _lock.Dispose();
        _refreshing.Dispose();
    }

    private static Labels Renamed(Labels labels, string? alias) => alias is null ? labels : labels.With(Labels.MetricName, alias);

    // Rows with samples in the time, those of one stored series beside each other, and the name they were asked for by.
    private (List<SelectedRow> Rows, string? Alias) Select(IReadOnlyList<LabelMatcher> matchers, long firstMillis, long lastMillis)
    {
        _lock.EnterReadLock();
        try
        {
            if (lastMillis < firstMillis)
            {
                return ([], null);
            }

            var alias = TryResolveAlias(matchers, out var resolved) ? matchers.First(IsExactName).Value : null;
            var choice = new RowChoice(_store, _table, firstMillis, lastMillis);
            var rows = new List<SelectedRow>();
            foreach (var number in _table.Index.Find([.. (resolved ?? matchers).Select(matcher => new LabelTest(matcher))]))
            {
                if (choice.Choose(number) is { } row)
                {
                    rows.Add(row);
                }
            }

            rows.Sort(static (left, right) =>
            {
                var order = left.Row.First.SeriesId.CompareTo(right.Row.First.SeriesId);
                return order != 0 ? order : left.Number.CompareTo(right.Number);
            });
            return (rows, alias);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    private static bool IsExactName(LabelMatcher matcher) => matcher is { Label: Labels.MetricName, Operator: MatchOperator.Equal };

    private bool TryResolveAlias(IReadOnlyList<LabelMatcher> matchers, [NotNullWhen(true)] out IReadOnlyList<LabelMatcher>? resolved)
    {
        resolved = null;
        var named = matchers.FirstOrDefault(IsExactName);
        if (named is null || !_namesWithoutTotal.Contains(named.Value) || _table.Index.Has(Labels.MetricName, named.Value))
        {
            return false;
        }

        resolved = [.. matchers.Select(matcher => matcher == named ? matcher with { Value = named.Value + TotalSuffix } : matcher)];
        return true;
    }

    private bool IsCurrent(in MetricStoreState state) =>
        state.LastSeriesId == Volatile.Read(ref _lastSeriesId) && state.Forgets == Volatile.Read(ref _forgets) && state.LastLayout == Volatile.Read(ref _lastLayout);

    private async ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        if (IsCurrent(_store.ReadState()))
        {
            return;
        }

        await _refreshing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var state = _store.ReadState();
            if (state.Forgets != _forgets)
            {
                await RebuildAsync(state.Forgets, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await FollowAsync(_table, _lastSeriesId, _lastLayout, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _refreshing.Release();
        }
    }

    private async Task RebuildAsync(long forgets, CancellationToken cancellationToken)
    {
        var table = new SeriesTable(new SeriesTranslator(_options));
        await FollowAsync(table, 0, 0, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _forgets, forgets);
    }

    // Layouts are read before the series, so that the series of each of them is among those read.
    private async Task FollowAsync(SeriesTable table, int lastSeriesId, long lastLayout, CancellationToken cancellationToken)
    {
        var newest = _store.ReadState();
        var layouts = new List<SeriesLayout>();
        while (await _store.ReadLayoutsAfterAsync(lastLayout, ReadAtATime, cancellationToken).ConfigureAwait(false) is { Count: > 0 } read)
        {
            layouts.AddRange(read);
            lastLayout = read[^1].Sequence;
        }

        while (await _store.ReadSeriesAfterAsync(lastSeriesId, ReadAtATime, cancellationToken).ConfigureAwait(false) is { Count: > 0 } read)
        {
            Change(() => read.ToList().ForEach(table.Add));
            lastSeriesId = read[^1].Id;
        }

        Change(() =>
        {
            layouts.ForEach(table.Add);
            _table = table;
        });

        // The highest ids may belong to series that were forgotten or whose write failed: they will not come any more.
        Volatile.Write(ref _lastSeriesId, Math.Max(lastSeriesId, newest.LastSeriesId));
        Volatile.Write(ref _lastLayout, lastLayout);
    }

    private void Change(Action change)
    {
        _lock.EnterWriteLock();
        try
        {
            change();
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }
}
