using System.Text;
using Gander.Storage.DuckDb.Metrics.Codec;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Metrics.Series;

/// <summary>
/// All series a store knows, by identity, by id and by field. One writer changes it; readers may come from any thread.
/// </summary>
internal sealed class SeriesRegistry
{
    private const int MaxLayouts = 32;

    private readonly Lock _lock = new();
    private readonly SeriesHash _hash = new();
    private readonly Dictionary<UInt128, SeriesEntry> _byIdentity = [];
    private readonly Dictionary<UInt128, MetricInfo> _metrics = [];
    private readonly List<SeriesEntry?> _byId = [null];
    private readonly Dictionary<string, byte[]> _shapes = new(StringComparer.Ordinal);
    private List<(int SeriesId, byte[] Shape)> _layouts = [];
    private SeriesIndex _index = new();
    private long _forgets;

    /// <summary>Resources by id, so that equal ones are one object.</summary>
    public Dictionary<ulong, Resource> Resources { get; } = [];

    /// <summary>Scopes by id, so that equal ones are one object.</summary>
    public Dictionary<ulong, InstrumentationScope> Scopes { get; } = [];

    /// <summary>Equal texts of series as one string.</summary>
    public TextPool Texts { get; } = new();

    /// <summary>Hashes identities; belongs to the writer.</summary>
    public SeriesHash Hash => _hash;

    /// <summary>Series known.</summary>
    public int Count => _byIdentity.Count;

    /// <summary>The id the next series gets.</summary>
    public int NextId => _byId.Count;

    /// <summary>All series, by id; for the writer.</summary>
    public IEnumerable<SeriesEntry> Entries => _byId.OfType<SeriesEntry>();

    /// <summary>All metrics; for the writer.</summary>
    public IEnumerable<MetricInfo> Metrics => _metrics.Values;

    /// <summary>The series with this identity; for the writer.</summary>
    public bool TryFind(UInt128 identity, out SeriesEntry entry) => _byIdentity.TryGetValue(identity, out entry!);

    /// <summary>The series with this id; for the writer.</summary>
    public SeriesEntry? ById(int id) => id > 0 && id < _byId.Count ? _byId[id] : null;

    /// <summary>The series with these ids, null where there is none.</summary>
    public SeriesEntry?[] Resolve(ReadOnlySpan<int> ids)
    {
        var entries = new SeriesEntry?[ids.Length];
        lock (_lock)
        {
            for (var i = 0; i < ids.Length; i++)
            {
                entries[i] = ById(ids[i]);
            }
        }

        return entries;
    }

    /// <summary>The metric, or null when none of its series is known; for the writer.</summary>
    public MetricInfo? FindMetric(UInt128 metric) => _metrics.GetValueOrDefault(metric);

    /// <summary>Adds a series made by the writer or read from disk; null when its identity or id is taken.</summary>
    public SeriesEntry? Add(MetricSeries series)
    {
        var metric = MetricIdentity(series.Name, series.Unit, series.Kind, series.Temporality, series.IsMonotonic);
        var identity = _hash.OfSeries(series, metric);
        if (_byIdentity.ContainsKey(identity) || ById(series.Id) is not null || series.Id < 1)
        {
            return null;
        }

        lock (_lock)
        {
            var entry = new SeriesEntry(series, GetOrAddMetric(metric, series), identity);
            _byIdentity.Add(identity, entry);
            ReserveIds(series.Id + 1);
            _byId[series.Id] = entry;
            _index.Add(series);
            return entry;
        }
    }

    /// <summary>The series that is what <paramref name="series"/> is, but for its id; for the writer.</summary>
    public SeriesEntry? FindLike(MetricSeries series) =>
        _byIdentity.GetValueOrDefault(_hash.OfSeries(series, MetricIdentity(series.Name, series.Unit, series.Kind, series.Temporality, series.IsMonotonic)));

    /// <summary>Never gives out an id below <paramref name="nextId"/> from now on.</summary>
    public void ReserveIds(int nextId)
    {
        while (_byId.Count < nextId)
        {
            _byId.Add(null);
        }
    }

    /// <summary>Notes a description; returns whether it is a new one.</summary>
    public bool Describe(MetricInfo metric, ReadOnlySpan<byte> description)
    {
        var hash = ContentHash.Of(description);
        if (description.IsEmpty || metric.DescriptionHash == hash)
        {
            return false;
        }

        lock (_lock)
        {
            metric.Metadata = metric.Metadata with { Description = Encoding.UTF8.GetString(description) };
            metric.DescriptionHash = hash;
            metric.IsPersisted = false;
        }

        return true;
    }

    /// <summary>Notes a description read from disk; ignored when no series of the metric is known.</summary>
    public void Describe(MetricMetadata metadata, bool isPersisted)
    {
        if (FindMetric(MetricIdentity(metadata.Name, metadata.Unit, metadata.Kind, metadata.Temporality, metadata.IsMonotonic)) is { } metric)
        {
            Describe(metric, Encoding.UTF8.GetBytes(metadata.Description));
            metric.IsPersisted = isPersisted;
        }
    }

    /// <summary>Forgets series.</summary>
    public void Remove(IReadOnlyCollection<SeriesEntry> entries)
    {
        lock (_lock)
        {
            foreach (var entry in entries)
            {
                _byIdentity.Remove(entry.Identity);
                _byId[entry.Series.Id] = null;
            }

            _forgets++;
            _layouts = [.. _layouts.Where(layout => ById(layout.SeriesId) is not null)];
            _index = new SeriesIndex();
            var metrics = new HashSet<MetricInfo>();
            foreach (var entry in Entries)
            {
                _index.Add(entry.Series);
                metrics.Add(entry.Metric);
            }

            foreach (var (identity, metric) in _metrics.ToList())
            {
                if (!metrics.Contains(metric))
                {
                    _metrics.Remove(identity);
                }
            }

            Keep(Resources, Entries.Select(entry => entry.Series.Resource.Id));
            Keep(Scopes, Entries.Select(entry => entry.Series.Scope.Id));
        }
    }

    /// <summary>Notes the shape of a distribution; for the writer. Of a series with very many shapes the later ones are not noted.</summary>
    public void NoteLayout(SeriesEntry entry, ReadOnlySpan<byte> shape)
    {
        foreach (var known in entry.Layouts)
        {
            if (shape.SequenceEqual(known))
            {
                return;
            }
        }

        if (entry.Layouts.Length == MaxLayouts)
        {
            return;
        }

        var key = Convert.ToBase64String(shape);
        if (!_shapes.TryGetValue(key, out var shared))
        {
            _shapes.Add(key, shared = shape.ToArray());
        }

        entry.Layouts = [.. entry.Layouts, shared];
        entry.HasNewTraits = true;
        lock (_lock)
        {
            _layouts.Add((entry.Series.Id, shared));
        }
    }

    /// <summary>Layouts after a sequence; see <see cref="IMetricStore.ReadLayoutsAfterAsync"/>.</summary>
    public List<SeriesLayout> LayoutsAfter(long sequence, int limit)
    {
        lock (_lock)
        {
            var found = new List<SeriesLayout>();
            for (var index = (int)Math.Clamp(sequence, 0, _layouts.Count); index < _layouts.Count && found.Count < limit; index++)
            {
                found.Add(new SeriesLayout(index + 1, _layouts[index].SeriesId, DistributionBytes.ValuesOf(_layouts[index].Shape)));
            }

            return found;
        }
    }

    /// <summary>When series have points; see <see cref="IMetricStore.ReadActivity"/>.</summary>
    public void ReadActivity(ReadOnlySpan<int> ids, Span<SeriesActivity> activity)
    {
        lock (_lock)
        {
            for (var i = 0; i < ids.Length; i++)
            {
                activity[i] = ById(ids[i]) is { } entry
                    ? new SeriesActivity(entry.FirstNanos, entry.LastNanos, entry.HasParallelStreams)
                    : new SeriesActivity(long.MaxValue, long.MinValue, false);
            }
        }
    }

    /// <summary>Series known, the highest id, the newest layout, and how often series were forgotten.</summary>
    public (int Count, int LastId, long LastLayout, long Forgets) ReadState()
    {
        lock (_lock)
        {
            return (_byIdentity.Count, _byId.Count - 1, _layouts.Count, _forgets);
        }
    }

    /// <summary>Finds series; see <see cref="IMetricStore.FindSeriesAsync"/>.</summary>
    public List<MetricSeries> Find(SeriesQuery query, CancellationToken cancellationToken)
    {
        var found = new List<MetricSeries>();
        var ids = SeriesSearch.Find(query.Matchers, Read, id => Resolve([id])[0]?.Series, cancellationToken);
        foreach (var entry in Resolve(ids))
        {
            if (found.Count == query.Limit)
            {
                break;
            }

            if (entry is not null && entry.FirstNanos < query.Range.EndNanos && entry.LastNanos >= query.Range.StartNanos)
            {
                found.Add(entry.Series);
            }
        }

        return found;
    }

    /// <summary>Series above an id.</summary>
    public List<MetricSeries> After(int id, int limit)
    {
        lock (_lock)
        {
            var found = new List<MetricSeries>();
            for (var next = Math.Max(id, 0) + 1; next < _byId.Count && found.Count < limit; next++)
            {
                if (_byId[next] is { } entry)
                {
                    found.Add(entry.Series);
                }
            }

            return found;
        }
    }

    /// <summary>All fields.</summary>
    public IReadOnlyList<SeriesField> Fields()
    {
        lock (_lock)
        {
            return [.. _index.Fields];
        }
    }

    /// <summary>All metrics of a name, or all.</summary>
    public IReadOnlyList<MetricMetadata> ListMetadata(string? name)
    {
        lock (_lock)
        {
            return [.. _metrics.Values.Select(metric => metric.Metadata).Where(metadata => name is null || string.Equals(metadata.Name, name, StringComparison.Ordinal))];
        }
    }

    private static void Keep<T>(Dictionary<ulong, T> byId, IEnumerable<ulong> used)
    {
        var kept = used.ToHashSet();
        foreach (var id in byId.Keys.Where(id => !kept.Contains(id)).ToList())
        {
            byId.Remove(id);
        }
    }

    private ReadOnlyMemory<int> Read(Func<SeriesIndex, ReadOnlyMemory<int>> read)
    {
        lock (_lock)
        {
            return read(_index);
        }
    }

    private UInt128 MetricIdentity(string name, string unit, MetricKind kind, Temporality temporality, bool isMonotonic) =>
        _hash.OfMetric(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(unit), kind, temporality, isMonotonic);

    private MetricInfo GetOrAddMetric(UInt128 identity, MetricSeries series)
    {
        if (!_metrics.TryGetValue(identity, out var metric))
        {
            metric = new MetricInfo(new MetricMetadata(series.Name, series.Unit, series.Kind, series.Temporality, series.IsMonotonic, ""));
            _metrics.Add(identity, metric);
        }

        return metric;
    }
}
