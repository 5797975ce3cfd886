using Gander.Stores;
using Gander.Telemetry;
using Gander.Tests.Stores.Metrics;

namespace Gander.Tests.Stores;

/// <summary>Points as plain objects in sorted lists: the oracle of every other metric store.</summary>
public sealed class InMemoryMetricStore(TimeProvider? time = null) : IMetricStore
{
    private static readonly TimeSpan RepeatWindow = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<(MetricSeries Series, SortedDictionary<(long Time, long Start), PointRecord> Points)> _series = [];
    private readonly List<SeriesLayout> _layouts = [];
    private readonly Dictionary<ExportFingerprint, DateTimeOffset> _seen = [];
    private readonly Dictionary<MetricMetadata, string> _metadata = [];
    private long _sequence;

    /// <summary>Points written, those that replaced others included.</summary>
    public long Points { get; private set; }

    /// <summary>Whether writes are refused for now.</summary>
    public bool Fails { get; set; }

    public Task<WriteOutcome> WriteAsync(IReadOnlyList<MetricBatch> batches, CancellationToken cancellationToken)
    {
        if (Fails)
        {
            throw new StoreUnavailableException("The store takes nothing for now.");
        }

        lock (_lock)
        {
            var now = _time.GetUtcNow();
            var stored = new List<bool>();
            foreach (var batch in batches)
            {
                var repeats = batch.Fingerprint != default && _seen.TryGetValue(batch.Fingerprint, out var at) && now - at <= RepeatWindow;
                stored.Add(!repeats);
                if (!repeats)
                {
                    _seen[batch.Fingerprint] = now;
                    _sequence++;
                    foreach (var point in PointRecord.ReadAll(batch))
                    {
                        Add(point);
                    }
                }
            }

            return Task.FromResult(new WriteOutcome(_sequence, stored));
        }
    }

    public Task<IReadOnlyList<MetricSeries>> FindSeriesAsync(SeriesQuery query, CancellationToken cancellationToken) => Task.FromResult(Find(query));

    public Task<IReadOnlyList<MetricSeries>> ReadSeriesAfterAsync(int seriesId, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<MetricSeries>>([.. _series.Select(entry => entry.Series).Where(series => series.Id > seriesId).Take(limit)]);
        }
    }

    public Task<IReadOnlyList<SeriesLayout>> ReadLayoutsAfterAsync(long sequence, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<SeriesLayout>>([.. _layouts.Skip((int)sequence).Take(limit)]);
        }
    }

    public void ReadActivity(ReadOnlySpan<int> seriesIds, Span<SeriesActivity> activity)
    {
        lock (_lock)
        {
            for (var i = 0; i < seriesIds.Length; i++)
            {
                var points = Read(seriesIds[i], TimeRange.All).ToList();
                activity[i] = points.Count == 0
                    ? new SeriesActivity(long.MaxValue, long.MinValue, false)
                    : new SeriesActivity(points[0].TimeNanos, points[^1].TimeNanos, points[0].Temporality == Temporality.Cumulative && HaveParallelStreams(points));
            }
        }
    }

    public MetricStoreState ReadState()
    {
        lock (_lock)
        {
            var times = _series.SelectMany(entry => entry.Points.Keys).Select(key => key.Time).ToList();
            return new MetricStoreState(
                _series.Count, _series.Count, _series.Count, _layouts.Count, 0, times.Count == 0 ? null : times.Min(), times.Count == 0 ? null : times.Max());
        }
    }

    public Task<IReadOnlyList<SeriesField>> ListFieldsAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<SeriesField>>(
            [
                .. _series.SelectMany(entry => entry.Series.Attributes.Select(attribute => SeriesField.OfPoint(attribute.Key))
                    .Concat(entry.Series.Resource.Attributes.Select(attribute => SeriesField.OfResource(attribute.Key)))
                    .Append(SeriesField.Name)
                    .Append(SeriesField.ScopeName)).Distinct(),
            ]);
        }
    }

    public Task<IReadOnlyList<AttributeValue>> ListValuesAsync(SeriesField field, SeriesQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AttributeValue>>([.. Find(query).Select(series => series[field]).Where(value => value != SeriesField.AbsentValue).Distinct()]);

    public Task<IReadOnlyList<MetricMetadata>> ListMetadataAsync(string? name, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<MetricMetadata>>(
                [.. _metadata.Where(entry => name is null || entry.Key.Name == name).Select(entry => entry.Key with { Description = entry.Value })]);
        }
    }

    public Task ReadSamplesAsync(ReadOnlyMemory<int> seriesIds, TimeRange range, SampleBuffer samples, CancellationToken cancellationToken)
    {
        ReadSamples(seriesIds.Span, range, samples);
        return Task.CompletedTask;
    }

    public Task<IEncodedSamples> OpenSamplesAsync(ReadOnlyMemory<int> seriesIds, TimeRange range, CancellationToken cancellationToken) =>
        Task.FromResult<IEncodedSamples>(new PlainSamples(this, seriesIds, range));

    private void ReadSamples(ReadOnlySpan<int> seriesIds, TimeRange range, SampleBuffer samples)
    {
        lock (_lock)
        {
            samples.Clear();
            foreach (var id in seriesIds)
            {
                foreach (var point in Read(id, range).Where(point => point.Kind is MetricKind.Gauge or MetricKind.Sum))
                {
                    samples.Reserve(1);
                    samples.Times[samples.Count] = point.TimeNanos;
                    samples.Starts[samples.Count] = point.StartNanos;
                    samples.Values[samples.Count] = BitConverter.Int64BitsToDouble(point.SampleBits);
                    samples.Advance(1);
                }

                samples.EndRun();
            }
        }
    }

    public Task ReadDistributionsAsync(ReadOnlyMemory<int> seriesIds, TimeRange range, DistributionBuffer distributions, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            distributions.Clear();
            foreach (var id in seriesIds.Span)
            {
                foreach (var point in Read(id, range).Where(point => point.Kind is MetricKind.Histogram or MetricKind.Summary))
                {
                    AddTo(distributions, point);
                }

                distributions.EndRun();
            }

            return Task.CompletedTask;
        }
    }

    public Task ReadPointsAsync(ReadOnlyMemory<int> seriesIds, TimeRange range, MetricBatch points, int limit, CancellationToken cancellationToken)
    {
        ReadPoints(seriesIds, range, points, limit, _ => true);
        return Task.CompletedTask;
    }

    public Task ReadExemplarsAsync(ReadOnlyMemory<int> seriesIds, TimeRange range, MetricBatch points, int limit, CancellationToken cancellationToken)
    {
        ReadPoints(seriesIds, range, points, limit, point => point.Exemplars.Count > 0);
        return Task.CompletedTask;
    }

    private void ReadPoints(ReadOnlyMemory<int> seriesIds, TimeRange range, MetricBatch points, int limit, Func<PointRecord, bool> isWanted)
    {
        lock (_lock)
        {
            points.Clear();
            foreach (var id in seriesIds.Span)
            {
                var metric = (Describe(id) with { Description = "" }).AddMetricTo(points);
                foreach (var point in Read(id, range).Where(isWanted))
                {
                    point.AddTo(points, metric);
                    if (points.Count > limit)
                    {
                        throw new SampleLimitException(limit);
                    }
                }
            }
        }
    }

    // Each point is a segment of its own, which a reader must take as well as any other.
    private static void AddTo(DistributionBuffer distributions, PointRecord point)
    {
        var hasValue = (point.Flags & 1) == 0;
        double[]? layout = !hasValue ? null : [.. point.Histogram?.Bounds ?? point.Summary?.Quantiles ?? []];
        double[] counts = !hasValue ? [] : point.Histogram is { } histogram
            ? [histogram.Count, .. histogram.Buckets.Select(count => (double)count)]
            : [point.Summary?.Count ?? 0];
        double[] doubles = !hasValue ? [] : point.Histogram is { } counted
            ? counted.Sum is { } sum ? [sum] : []
            : [point.Summary?.Sum ?? 0, .. point.Summary?.Values ?? []];
        distributions.Add(
            1, layout, counts.Length, doubles.Length > 0, doubles.Length, out var times, out var starts, out var countBlock, out var doubleBlock);
        (times[0], starts[0]) = (point.TimeNanos, point.StartNanos);
        counts.CopyTo(countBlock);
        doubles.CopyTo(doubleBlock);
    }

    private static bool HaveParallelStreams(IEnumerable<PointRecord> points)
    {
        var streams = points.Where(point => point.StartNanos != 0)
            .GroupBy(point => point.StartNanos)
            .Select(stream => (Start: stream.Key, Last: stream.Max(point => point.TimeNanos)))
            .OrderBy(stream => stream.Start)
            .ToList();
        return streams.Skip(1).Zip(streams, (next, previous) => next.Start < previous.Last).Any(overlaps => overlaps);
    }

    private IReadOnlyList<MetricSeries> Find(SeriesQuery query)
    {
        lock (_lock)
        {
            return
            [
                .. _series
                    .Where(entry => entry.Points.Keys.Any(key => query.Range.Contains(key.Time)))
                    .Select(entry => entry.Series)
                    .Where(series => query.Matchers.All(matcher => matcher.Accepts(series[matcher.Field])))
                    .Take(query.Limit),
            ];
        }
    }

    private PointRecord Describe(int id) => id > 0 && id <= _series.Count ? _series[id - 1].Points.Values.First() : new PointRecord();

    private IEnumerable<PointRecord> Read(int id, TimeRange range) =>
        id > 0 && id <= _series.Count ? _series[id - 1].Points.Values.Where(point => range.Contains(point.TimeNanos)) : [];

    private void Add(PointRecord point)
    {
        Points++;
        if (!_ids.TryGetValue(point.Series, out var id))
        {
            _ids.Add(point.Series, id = _series.Count + 1);
            var series = new MetricSeries(
                id, point.Name, point.Unit, point.Kind, point.Temporality, point.IsMonotonic, point.Resource, point.Scope, [.. point.Attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal)]);
            _series.Add((series, []));
        }

        _series[id - 1].Points[(point.TimeNanos, point.StartNanos)] = point;
        if ((point.Histogram?.Bounds ?? point.Summary?.Quantiles) is { } layout && !_layouts.Any(known => known.SeriesId == id && known.Values.SequenceEqual(layout)))
        {
            _layouts.Add(new SeriesLayout(_layouts.Count + 1, id, [.. layout]));
        }

        var metadata = new MetricMetadata(point.Name, point.Unit, point.Kind, point.Temporality, point.IsMonotonic, "");
        if (point.Description.Length > 0 || !_metadata.ContainsKey(metadata))
        {
            _metadata[metadata] = point.Description;
        }
    }

    private sealed class PlainSamples(InMemoryMetricStore store, ReadOnlyMemory<int> seriesIds, TimeRange range) : IEncodedSamples
    {
        public void Read(ReadOnlySpan<int> positions, SampleBuffer samples, CancellationToken cancellationToken)
        {
            var ids = new int[positions.Length];
            for (var i = 0; i < ids.Length; i++)
            {
                ids[i] = seriesIds.Span[positions[i]];
            }

            store.ReadSamples(ids, range, samples);
        }

        public int MostSamples(int position)
        {
            using var samples = new SampleBuffer(int.MaxValue);
            Read([position], samples, CancellationToken.None);
            return samples.Count;
        }

        public int TryRead(int position, Span<long> timesMillis, Span<double> values)
        {
            using var samples = new SampleBuffer(int.MaxValue);
            Read([position], samples, CancellationToken.None);
            for (var row = 0; row < samples.Count; row++)
            {
                timesMillis[row] = (long)Math.Floor(samples.Times[row] / 1_000_000m);
                if (row > 0 && timesMillis[row] <= timesMillis[row - 1])
                {
                    return -1;
                }
            }

            samples.Values.AsSpan(0, samples.Count).CopyTo(values);
            return samples.Count;
        }

        public void Dispose()
        {
        }
    }
}
