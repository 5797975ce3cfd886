using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Ingest.Derived.Logs;

/// <summary>
/// Adds up attributes of log records into the metrics their emitters would send, for emitters that do not. What was counted waits
/// for a while; where the same metric has come from the same emitter for the same time, it is dropped, else it is added to a
/// cumulative counter. So nothing that came as a metric counts twice.
/// </summary>
internal sealed partial class LogMetrics : IDerivation<LogBatch>
{
    /// <summary>The label that tells these series from those the emitter sent.</summary>
    public const string SourceKey = "gander.source";

    private const long RepeatNanos = 60_000_000_000;

    // The times of a record and of the point that has it are read from one clock, but not at one moment.
    private const long SlackNanos = 1_000_000_000;

    private readonly LogMetricsOptions _options;
    private readonly IMetricStore _metrics;
    private readonly ILogger _logger;
    private readonly LogCounters _counters;
    private readonly Queue<LogSlice> _waiting = [];
    private readonly Lock _lock = new();
    private LogSlice _open = new();
    private long _dropped;

    public LogMetrics(LogMetricsOptions options, IMetricStore metrics, ILogger logger)
    {
        (_options, _metrics, _logger) = (options, metrics, logger);
        _counters = new LogCounters([.. options.Rules.Select(Parse)], options.MaxSeries);
    }

    /// <inheritdoc/>
    public string ProgressName => "gander.log_metrics.progress";

    /// <inheritdoc/>
    public void Add(LogBatch batch)
    {
        lock (_lock)
        {
            for (var row = 0; row < batch.Count; row++)
            {
                _counters.Read(batch, row, _open);
            }
        }
    }

    /// <inheritdoc/>
    public void Close(MetricBatch points, DerivedMoment moment)
    {
        lock (_lock)
        {
            _open.Moment = moment;
            _waiting.Enqueue(_open);
            _open = new LogSlice();
            _counters.Remove(counter =>
                counter is { Waiting: 0, SeenNanos: > 0 } && moment.NowNanos - counter.SeenNanos > ((_options.IdleMinutes * 60L) + _options.HoldSeconds) * 1_000_000_000);
        }

        if (_counters.Dropped > _dropped)
        {
            Log.Dropped(_logger, _counters.Dropped - _dropped, _options.MaxSeries);
            _dropped = _counters.Dropped;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<long> DecideAsync(MetricBatch points, DerivedMoment moment, long through, CancellationToken cancellationToken)
    {
        while (_waiting.TryPeek(out var slice) && slice.Moment.NowNanos + (_options.HoldSeconds * 1_000_000_000L) <= moment.NowNanos)
        {
            var native = await FindNativeAsync(slice, cancellationToken);
            _waiting.Dequeue();
            lock (_lock)
            {
                Decide(slice, native);
                Write(points, slice.Moment);
            }

            through = slice.Moment.Sequence;
        }

        return through;
    }

    /// <inheritdoc/>
    public void Failed()
    {
        lock (_lock)
        {
            foreach (var counter in _counters.All)
            {
                counter.WrittenNanos = 0;
            }
        }
    }

    private static LogMetricRule Parse(string text) => LogMetricRule.TryParse(text, out var rule, out var problem) ? rule : throw new ArgumentException(problem);

    // When each emitter of the slice last sent each metric itself.
    private async Task<Dictionary<(string Name, ulong Resource), long>> FindNativeAsync(LogSlice slice, CancellationToken cancellationToken)
    {
        var native = new Dictionary<(string, ulong), long>();
        foreach (var name in slice.Counts.Keys.Select(counter => counter.Name).Distinct(StringComparer.Ordinal).ToList())
        {
            var earliest = slice.Counts.Where(entry => entry.Key.Name == name).Min(entry => entry.Value.EarliestNanos);
            var query = new SeriesQuery(
                new TimeRange(Math.Max(0, earliest - SlackNanos), long.MaxValue), [new SeriesMatcher.Equal(SeriesField.Name, AttributeValue.Of(name))]);
            var found = (await _metrics.FindSeriesAsync(query, cancellationToken)).Where(series => series.Scope.Id != DerivedProgress.Scope.Id).ToList();
            var activity = new SeriesActivity[found.Count];
            _metrics.ReadActivity(found.Select(series => series.Id).ToArray(), activity);
            for (var i = 0; i < found.Count; i++)
            {
                var key = (name, found[i].Resource.Id);
                native[key] = Math.Max(native.GetValueOrDefault(key), activity[i].LastNanos);
            }
        }

        return native;
    }

    private static void Decide(LogSlice slice, Dictionary<(string Name, ulong Resource), long> native)
    {
        foreach (var (counter, (sum, earliest)) in slice.Counts)
        {
            counter.Waiting--;
            counter.SeenNanos = slice.Moment.NowNanos;
            if (native.TryGetValue((counter.Name, counter.Resource.Id), out var last) && last >= earliest - SlackNanos)
            {
                continue;
            }

            counter.StartNanos = counter.StartNanos == 0 ? slice.Moment.PreviousNanos : counter.StartNanos;
            counter.Total += sum;
            counter.WrittenNanos = 0;
        }
    }

    private void Write(MetricBatch points, DerivedMoment moment)
    {
        LabelKeys? keys = null;
        var metrics = new Dictionary<(string Name, ulong Resource), int>();
        foreach (var counter in _counters.All)
        {
            if (counter.StartNanos == 0 || counter.StartNanos >= moment.NowNanos || (counter.WrittenNanos > 0 && moment.NowNanos - counter.WrittenNanos < RepeatNanos))
            {
                continue;
            }

            keys ??= new LabelKeys(points.Text);
            if (!metrics.TryGetValue((counter.Name, counter.Resource.Id), out var metric))
            {
                metric = AddMetric(points, counter, keys);
                metrics.Add((counter.Name, counter.Resource.Id), metric);
            }

            points.Add(new PointRow
            {
                Metric = metric,
                StartNanos = counter.StartNanos,
                TimeNanos = moment.NowNanos,
                Attributes = AddLabels(points, counter, keys),
                ValueKind = AttributeKind.Double,
                ValueBits = BitConverter.DoubleToInt64Bits(counter.Total),
                Distribution = -1,
            });
            counter.WrittenNanos = moment.NowNanos;
        }
    }

    private static int AddMetric(MetricBatch points, LogCounter counter, LabelKeys keys)
    {
        points.Resources.Add(counter.Resource);
        points.Scopes.Add(DerivedProgress.Scope);
        points.Metrics.Add(new MetricDescriptor(
            keys[counter.Name],
            default,
            keys["Added up by Gander from attributes of log records"],
            MetricKind.Sum,
            Temporality.Cumulative,
            IsMonotonic: true,
            points.Resources.Count - 1,
            points.Scopes.Count - 1));
        return points.Metrics.Count - 1;
    }

    private static RowRange AddLabels(MetricBatch points, LogCounter counter, LabelKeys keys)
    {
        var attributes = points.Attributes;
        var start = attributes.Count;
        attributes.AddText(keys[SourceKey], AttributeKind.String, keys["logs"]);
        foreach (var (key, value) in counter.Labels)
        {
            if (value.Kind is AttributeKind.String or AttributeKind.Bytes)
            {
                attributes.AddText(keys[key], value.Kind, keys[value.Text]);
            }
            else
            {
                attributes.AddScalar(keys[key], value.Kind, value.Bits);
            }
        }

        return new RowRange(start, attributes.Count);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Records} log records were not counted: there are {MaxSeries} counters already, the most there may be (logMetrics.maxSeries)")]
        public static partial void Dropped(ILogger logger, long records, int maxSeries);
    }
}
