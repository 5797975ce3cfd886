using System.Diagnostics;
using Gander.Storage.DuckDb.Metrics.Codec;
using Gander.Storage.DuckDb.Metrics.Series;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Metrics.Log;

/// <summary>
/// Turns the batches of one write into one log record: definitions of what is new, then the points. What is new stays pending
/// until a record that defines it was written, so that a failed write leaves no point without a definition. Not thread-safe.
/// </summary>
internal sealed class WriteRecord(SeriesRegistry registry, Head head, SeriesAdmission admission, int maxBuckets)
{
    /// <summary>The first byte of the record.</summary>
    public const byte Tag = 2;

    private readonly ByteWriter _definitions = new();
    private readonly ByteWriter _points = new();
    private readonly ExportLog _log = new();
    private readonly List<Resource> _newResources = [];
    private readonly List<InstrumentationScope> _newScopes = [];
    private readonly List<SeriesEntry> _newSeries = [];
    private readonly HashSet<MetricInfo> _newDescriptions = [];
    private readonly List<(UInt128 Source, MetricInfo? Info, bool IsKnown)> _metrics = [];
    private readonly Dictionary<string, int> _refused = new(StringComparer.Ordinal);

    /// <summary>The definitions, after <see cref="Finish"/>.</summary>
    public ReadOnlyMemory<byte> Definitions => _definitions.WrittenMemory;

    /// <summary>The exports.</summary>
    public ReadOnlyMemory<byte> Exports => _points.WrittenMemory;

    /// <summary>Begins a record.</summary>
    public void Begin()
    {
        _definitions.Truncate(0);
        _definitions.WriteByte(Tag);
        _points.Truncate(0);
    }

    /// <summary>Adds a batch and returns what of it was refused.</summary>
    public IEnumerable<PointRefusal> Add(MetricBatch batch, int index, long sequence, long nowNanos)
    {
        _log.Begin(_points, batch.Fingerprint, nowNanos, sequence);
        _metrics.Clear();
        foreach (var _ in batch.Metrics.Values)
        {
            _metrics.Add(default);
        }

        foreach (ref readonly var point in batch.Points.Values)
        {
            if (CountBuckets(batch, point) > maxBuckets)
            {
                Refuse($"A point has more than {maxBuckets} buckets, the most one may have.");
            }
            else if (Find(batch, point, nowNanos) is { } entry)
            {
                head.Activate(entry);
                _log.Write(_points, entry.Series.Id, batch, point, FormOf(entry.Series.Kind, point));
            }
        }

        var refusals = _refused.Select(refused => new PointRefusal(index, refused.Value, refused.Key)).ToList();
        _refused.Clear();
        return refusals;
    }

    /// <summary>Writes the definitions of all that is new.</summary>
    public void Finish()
    {
        foreach (var resource in _newResources)
        {
            Series.Definitions.Write(_definitions, resource);
        }

        foreach (var scope in _newScopes)
        {
            Series.Definitions.Write(_definitions, scope);
        }

        foreach (var entry in _newSeries)
        {
            Series.Definitions.Write(_definitions, entry);
        }

        foreach (var metric in _newDescriptions)
        {
            Series.Definitions.Write(_definitions, metric.Metadata);
        }

        Series.Definitions.WriteEnd(_definitions);
    }

    /// <summary>Notes that the record is on disk.</summary>
    public void Written()
    {
        _newResources.Clear();
        _newScopes.Clear();
        _newSeries.Clear();
        _newDescriptions.Clear();
    }

    private static int CountBuckets(MetricBatch batch, in PointRow point) => point.Distribution < 0 ? 0 : batch.Metrics[point.Metric].Kind switch
    {
        MetricKind.Histogram => batch.Histograms[point.Distribution].Buckets.Count,
        MetricKind.ExponentialHistogram => batch.ExponentialHistograms[point.Distribution].Positive.Count + batch.ExponentialHistograms[point.Distribution].Negative.Count,
        MetricKind.Summary => batch.Summaries[point.Distribution].Quantiles.Count,
        _ => 0,
    };

    private void Refuse(string reason) => _refused[reason] = _refused.GetValueOrDefault(reason) + 1;

    private static PointForm FormOf(MetricKind kind, in PointRow point) => kind switch
    {
        MetricKind.Gauge or MetricKind.Sum => point.ValueKind switch
        {
            AttributeKind.Int => PointForm.Int,
            AttributeKind.Double => PointForm.Double,
            _ => PointForm.None,
        },
        _ when point.Distribution < 0 => PointForm.None,
        MetricKind.Histogram => PointForm.Histogram,
        MetricKind.ExponentialHistogram => PointForm.ExponentialHistogram,
        _ => PointForm.Summary,
    };

    private SeriesEntry? Find(MetricBatch batch, in PointRow point, long nowNanos)
    {
        var known = _metrics[point.Metric];
        if (!known.IsKnown)
        {
            known = Identify(batch, batch.Metrics[point.Metric]);
            _metrics[point.Metric] = known;
        }

        var identity = known.Source;
        for (var row = point.Attributes.Start; row < point.Attributes.End; row++)
        {
            identity += registry.Hash.OfAttribute(
                batch.Text[batch.Attributes.Keys[row]], batch.Attributes.Kinds[row], batch.Attributes.Bits[row], batch.Text[batch.Attributes.Texts[row]]);
        }

        if (!registry.TryFind(identity, out var entry))
        {
            entry = GetOrCreate(batch, point, known.Info, nowNanos);
        }

        if (entry is not null && known.Info is null)
        {
            _metrics[point.Metric] = known with { Info = entry.Metric };
            Describe(batch, batch.Metrics[point.Metric], entry.Metric);
        }

        return entry;
    }

    private (UInt128 Source, MetricInfo? Info, bool IsKnown) Identify(MetricBatch batch, in MetricDescriptor metric)
    {
        var identity = registry.Hash.OfMetric(batch.Text[metric.Name], batch.Text[metric.Unit], metric.Kind, metric.Temporality, metric.IsMonotonic);
        var source = SeriesHash.OfSource(identity, batch.Resources[metric.ResourceIndex].Id, batch.Scopes[metric.ScopeIndex].Id);
        var info = registry.FindMetric(identity);
        if (info is not null)
        {
            Describe(batch, metric, info);
        }

        return (source, info, true);
    }

    private void Describe(MetricBatch batch, in MetricDescriptor metric, MetricInfo info)
    {
        if (registry.Describe(info, batch.Text[metric.Description]))
        {
            _newDescriptions.Add(info);
        }
    }

    // The slow way, for points whose attributes are not written as those of a known series are: a new series, or a known one
    // with a key sent twice or with bytes that are no UTF-8.
    private SeriesEntry? GetOrCreate(MetricBatch batch, in PointRow point, MetricInfo? info, long nowNanos)
    {
        var metric = batch.Metrics[point.Metric];
        var name = registry.Texts.Intern(batch.Text[metric.Name]);
        var resource = batch.Resources[metric.ResourceIndex];
        var scope = batch.Scopes[metric.ScopeIndex];
        var series = new MetricSeries(
            registry.NextId,
            name,
            registry.Texts.Intern(batch.Text[metric.Unit]),
            metric.Kind,
            metric.Temporality,
            metric.IsMonotonic,
            registry.Resources.GetValueOrDefault(resource.Id, resource),
            registry.Scopes.GetValueOrDefault(scope.Id, scope),
            Attributes(batch, point.Attributes));
        if (registry.FindLike(series) is { } known)
        {
            return known;
        }

        if (admission.Refuse(info, name, nowNanos) is { } reason)
        {
            Refuse(reason);
            return null;
        }

        if (registry.Resources.TryAdd(resource.Id, resource))
        {
            _newResources.Add(resource);
        }

        if (registry.Scopes.TryAdd(scope.Id, scope))
        {
            _newScopes.Add(scope);
        }

        var entry = registry.Add(series) ?? throw new UnreachableException("a series was made twice");
        _newSeries.Add(entry);
        return entry;
    }

    private KeyValuePair<string, AttributeValue>[] Attributes(MetricBatch batch, RowRange rows)
    {
        var byKey = new SortedDictionary<string, AttributeValue>(StringComparer.Ordinal);
        for (var row = rows.Start; row < rows.End; row++)
        {
            byKey[registry.Texts.Intern(batch.Text[batch.Attributes.Keys[row]])] = new AttributeValue(
                batch.Attributes.Kinds[row], batch.Attributes.Bits[row], registry.Texts.Intern(batch.Text[batch.Attributes.Texts[row]]));
        }

        return [.. byKey];
    }
}
