using System.IO.Hashing;
using System.Security.Cryptography;
using Gander.Telemetry;

namespace Gander.Ingest.Derived.Spans;

/// <summary>
/// Counts spans and their durations by service, name, kind, status and some attributes, as the span metrics connector of the
/// OpenTelemetry collector does: a cumulative sum and a cumulative histogram for each label set.
/// </summary>
internal sealed class SpanMetrics : IDerivation<SpanBatch>
{
    // An unchanged series is repeated well within Prometheus' look-back of five minutes.
    private const long RepeatNanos = 60_000_000_000;

    private readonly SpanMetricsOptions _options;
    private readonly SpanLabels _labels;
    private readonly double[] _bounds;
    private readonly double _nanosPerUnit;
    private readonly Dictionary<UInt128, SpanSeries> _series = [];
    private readonly SpanSeries _overflow;

    // Seeded, so that nobody can choose labels that collide with another's.
    private readonly long _seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));

    public SpanMetrics(SpanMetricsOptions options)
    {
        _options = options;
        _labels = new SpanLabels(options.Dimensions);
        _bounds = options.Bounds();
        _nanosPerUnit = options.Unit == SpanMetricsUnit.Seconds ? 1e9 : 1e6;
        _overflow = new SpanSeries(null, _bounds.Length + 1);
    }

    /// <inheritdoc/>
    public string ProgressName => "gander.span_metrics.progress";

    /// <summary>Label sets counted at the moment.</summary>
    public int Count => _series.Count;

    /// <inheritdoc/>
    public void Add(SpanBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            var series = SeriesOf(_labels.Read(batch, row));
            var (start, end) = (batch.StartNanos[row], batch.EndNanos[row]);
            var duration = end > start ? (end - start) / _nanosPerUnit : 0;
            var bucket = BucketOf(duration);
            series.Add(bucket, duration);
            if (_options.Exemplars)
            {
                series.Remember(bucket, end, duration, batch.TraceIds[row], batch.SpanIds[row]);
            }
        }
    }

    /// <inheritdoc/>
    public void Close(MetricBatch points, DerivedMoment moment)
    {
        Writer? writer = null;
        foreach (var (key, series) in _series)
        {
            if (!series.IsChanged && moment.NowNanos - series.ChangedNanos > _options.IdleMinutes * 60_000_000_000L)
            {
                _series.Remove(key);
            }
            else
            {
                Write(series, ref writer, points, moment);
            }
        }

        if (_overflow.Calls > 0)
        {
            Write(_overflow, ref writer, points, moment);
        }
    }

    /// <inheritdoc/>
    public ValueTask<long> DecideAsync(MetricBatch points, DerivedMoment moment, long through, CancellationToken cancellationToken) => new(moment.Sequence);

    /// <inheritdoc/>
    public void Failed()
    {
        foreach (var series in _series.Values)
        {
            series.WrittenNanos = 0;
        }

        _overflow.WrittenNanos = 0;
    }

    private SpanSeries SeriesOf(ReadOnlySpan<byte> labels)
    {
        var key = XxHash128.HashToUInt128(labels, _seed);
        if (_series.TryGetValue(key, out var series))
        {
            return series;
        }

        if (_series.Count >= _options.MaxSeries)
        {
            return _overflow;
        }

        series = new SpanSeries(labels.ToArray(), _bounds.Length + 1);
        _series.Add(key, series);
        return series;
    }

    private int BucketOf(double duration)
    {
        var bounds = _bounds;
        var bucket = 0;
        while (bucket < bounds.Length && duration > bounds[bucket])
        {
            bucket++;
        }

        return bucket;
    }

    private void Write(SpanSeries series, ref Writer? writer, MetricBatch points, DerivedMoment moment)
    {
        if (series.IsChanged)
        {
            series.StartNanos = series.StartNanos == 0 ? moment.PreviousNanos : series.StartNanos;
            series.ChangedNanos = moment.NowNanos;
        }
        else if (moment.NowNanos - series.WrittenNanos < RepeatNanos)
        {
            return;
        }

        writer ??= new Writer(points, _options.Unit, _bounds, moment.NowNanos);
        writer.Write(series, _labels);
        series.IsChanged = false;
        series.WrittenNanos = moment.NowNanos;
    }

    // What the points of one round share.
    private sealed class Writer
    {
        private readonly MetricBatch _points;
        private readonly LabelKeys _keys;
        private readonly RowRange _bounds;
        private readonly long _nowNanos;
        private readonly int _calls;

        public Writer(MetricBatch points, SpanMetricsUnit unit, double[] bounds, long nowNanos)
        {
            (_points, _nowNanos) = (points, nowNanos);
            _keys = new LabelKeys(points.Text);
            points.Resources.Add(Resource.Empty);
            points.Scopes.Add(DerivedProgress.Scope);
            _calls = points.Metrics.Count;
            points.Metrics.Add(new MetricDescriptor(
                _keys["traces.span.metrics.calls"], default, _keys["Spans, counted by Gander"], MetricKind.Sum, Temporality.Cumulative, IsMonotonic: true, 0, 0));
            points.Metrics.Add(new MetricDescriptor(
                _keys["traces.span.metrics.duration"],
                _keys[unit == SpanMetricsUnit.Seconds ? "s" : "ms"],
                _keys["Durations of spans, counted by Gander"],
                MetricKind.Histogram,
                Temporality.Cumulative,
                IsMonotonic: false,
                0,
                0));
            _bounds = new RowRange(points.Doubles.Count, points.Doubles.Count + bounds.Length);
            foreach (var bound in bounds)
            {
                points.Doubles.Add(bound);
            }
        }

        public void Write(SpanSeries series, SpanLabels labels)
        {
            var attributes = series.Labels is { } values ? labels.AddTo(_points, values, _keys) : AddOverflow();
            var buckets = new RowRange(_points.Counts.Count, _points.Counts.Count + series.Buckets.Length);
            foreach (var count in series.Buckets)
            {
                _points.Counts.Add((ulong)count);
            }

            _points.Histograms.Add(new HistogramRow((ulong)series.Calls, series.Sum, null, null, _bounds, buckets));
            var point = new PointRow
            {
                Metric = _calls,
                StartNanos = series.StartNanos,
                TimeNanos = _nowNanos,
                Attributes = attributes,
                ValueKind = AttributeKind.Int,
                ValueBits = series.Calls,
                Distribution = -1,
            };
            _points.Add(point);
            _points.Add(point with
            {
                Metric = _calls + 1,
                ValueKind = AttributeKind.Empty,
                ValueBits = 0,
                Distribution = _points.Histograms.Count - 1,
                Exemplars = series.TakeExemplars(_points.Exemplars),
            });
        }

        // OpenTelemetry metrics SDK, "Overflow attribute".
        private RowRange AddOverflow()
        {
            var start = _points.Attributes.Count;
            _points.Attributes.AddScalar(_keys["otel.metric.overflow"], AttributeKind.Bool, 1);
            return new RowRange(start, _points.Attributes.Count);
        }
    }
}
