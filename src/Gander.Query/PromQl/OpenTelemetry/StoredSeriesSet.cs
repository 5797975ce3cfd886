using System.Collections.Concurrent;
using Gander.Query.PromQl.Series;
using Gander.Query.Shared;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>Series selected from a store; rows that share stored series lie next to each other.</summary>
internal sealed class StoredSeriesSet : ISeriesSet
{
    private const long WindowMillis = 6 * 3_600_000;
    private const int MaxWindowRows = 4_096;
    private const int MinWindowRows = 64;
    private const int FiguresAPoint = 20;

    private readonly IMetricStore _store;
    private readonly OtlpTranslationOptions _options;
    private readonly SelectedRow[] _rows;
    private readonly int _windowRows;
    private readonly ConcurrentDictionary<(RowMode Mode, int Window), SampleWindow> _windows = [];
    private readonly long _firstMillis;
    private readonly long _lastMillis;
    private readonly long _staleMillis;

    /// <summary>Makes a set; <paramref name="labels"/> are those of <paramref name="rows"/>, under the name they were asked for.</summary>
    public StoredSeriesSet(
        IMetricStore store, OtlpTranslationOptions options, SelectedRow[] rows, IReadOnlyList<Labels> labels, long firstMillis, long lastMillis)
    {
        (_store, _options, _rows, Series) = (store, options, rows, labels);
        (_firstMillis, _lastMillis) = (firstMillis, lastMillis);
        _staleMillis = (long)options.StaleAfter.TotalMilliseconds;

        // Found samples are a few bytes each: so many rows of so long a time make some megabytes.
        _windowRows = (int)Math.Clamp(MaxWindowRows * WindowMillis / Math.Max(1, lastMillis - firstMillis), MinWindowRows, MaxWindowRows);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Labels> Series { get; }

    /// <inheritdoc/>
    public async ValueTask ReadAsync(int first, ReadOnlyMemory<Samples> buffers, long maxSamples, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(buffers.Length, _rows.Length - first);
        foreach (var samples in buffers.Span)
        {
            samples.Clear();
        }

        try
        {
            // Rows of one kind lie next to each other, nearly always.
            for (int from = first, to; from < first + buffers.Length; from = to)
            {
                var (mode, source, place) = KindOf(from);
                for (to = from + 1; to < first + buffers.Length && KindOf(to) == (mode, source, place); to++)
                {
                }

                var work = new (SelectedRow Row, Samples Samples)[to - from];
                for (var i = 0; i < work.Length; i++)
                {
                    work[i] = (_rows[from + i], buffers.Span[from + i - first]);
                }

                if (source == PartSource.Numbers)
                {
                    var window = _windows.GetOrAdd((mode, place), NewWindow);
                    await ReadNumbersAsync(window, work, ReachOf(mode), maxSamples, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await ReadAsync(mode, source, work, maxSamples, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (SampleLimitException)
        {
            throw TooMany(maxSamples);
        }

        long count = 0;
        foreach (var samples in buffers.Span)
        {
            count += samples.Count;
        }

        if (count > maxSamples)
        {
            throw TooMany(maxSamples);
        }
    }

    private (RowMode Mode, PartSource Source, int Window) KindOf(int row) => (_rows[row].Mode, SourceOf(_rows[row].Part), row / _windowRows);

    private static PartSource SourceOf(SeriesPart part) => part switch
    {
        SeriesPart.Value => PartSource.Numbers,
        SeriesPart.Native => PartSource.Points,
        SeriesPart.Target => PartSource.Nothing,
        _ => PartSource.Distributions,
    };

    private static QueryException TooMany(long maxSamples) => new(
        QueryErrorKind.LimitExceeded,
        $"the query reads more than the {maxSamples} samples it may still hold; ask for a shorter time, fewer series, or raise the limit");

    private static int[] IdsOf(ReadOnlySpan<(SelectedRow Row, Samples Samples)> work, out Dictionary<int, int> runs)
    {
        runs = [];
        var ids = new List<int>(work.Length);
        foreach (var (row, _) in work)
        {
            foreach (var origin in row.Origins)
            {
                if (runs.TryAdd(origin.SeriesId, ids.Count))
                {
                    ids.Add(origin.SeriesId);
                }
            }
        }

        return [.. ids];
    }

    // What is read beyond the samples that come out of it: the day so far, and points whose stream began in the time asked for.
    private (long FromMillis, long ToMillis) ReachOf(RowMode mode) => mode switch
    {
        RowMode.Finished or RowMode.Level => (_firstMillis, _lastMillis),
        RowMode.Follow => (_firstMillis, _lastMillis + FlowRules.MaxLeadMillis),
        RowMode.AddUp => (FlowRules.DayOf(_firstMillis) - FlowRules.MaxUnheardMillis, _lastMillis + FlowRules.MaxLeadMillis),
        _ => (long.MinValue / 2, _lastMillis + FlowRules.MaxLeadMillis),
    };

    private static TimeRange RangeOf((long FromMillis, long ToMillis) reach) =>
        new(FlowRules.Nanos(reach.FromMillis), FlowRules.Nanos(Math.Max(reach.FromMillis, reach.ToMillis) + 1));

    private async Task ReadAsync(RowMode mode, PartSource source, (SelectedRow Row, Samples Samples)[] work, long maxSamples, CancellationToken cancellationToken)
    {
        switch (source)
        {
            case PartSource.Nothing:
                foreach (var (row, samples) in work)
                {
                    AddTarget(row, samples);
                }

                break;
            case PartSource.Points:
                await ReadNativeAsync(mode, work, maxSamples, cancellationToken).ConfigureAwait(false);
                break;
            default:
                await ReadDistributionsAsync(mode, work, ReachOf(mode), cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    private SampleWindow NewWindow((RowMode Mode, int Window) key) => new(
        new ArraySegment<SelectedRow>(_rows, key.Window * _windowRows, Math.Min(_windowRows, _rows.Length - (key.Window * _windowRows)))
            .Where(row => row.Mode == key.Mode && SourceOf(row.Part) == PartSource.Numbers));

    private async Task ReadNumbersAsync(
        SampleWindow window, (SelectedRow Row, Samples Samples)[] work, (long FromMillis, long ToMillis) reach, long maxSamples, CancellationToken cancellationToken)
    {
        List<(SelectedRow Row, Samples Samples)> again = [];
        IEncodedSamples? encoded = null;
        try
        {
            encoded = await window.Enter(_store, RangeOf(reach), cancellationToken).ConfigureAwait(false);
            var rest = work[0].Row.Mode <= RowMode.Level ? ReadPlain(encoded, window, work, maxSamples, cancellationToken) : work;
            if (rest.Length > 0)
            {
                Join(encoded, window, rest, reach, maxSamples, again, cancellationToken);
            }
        }
        finally
        {
            window.Leave(encoded, work.Length);
        }

        if (again.Count > 0)
        {
            await ReadNumbersAsync(new SampleWindow(again.Select(entry => entry.Row)), [.. again], Wider(reach), maxSamples, cancellationToken).ConfigureAwait(false);
        }
    }

    // Rows whose samples stand as they were sent; what is returned needs more care.
    private (SelectedRow Row, Samples Samples)[] ReadPlain(
        IEncodedSamples encoded, SampleWindow window, (SelectedRow Row, Samples Samples)[] work, long maxSamples, CancellationToken cancellationToken)
    {
        List<(SelectedRow Row, Samples Samples)> rest = [];
        foreach (var (row, samples) in work)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (row.Origins.Length != 1 || !SampleWriter.TryRead(encoded, window.PositionOf(row.Origins[0].SeriesId), maxSamples, _lastMillis, StaleOf(row), samples))
            {
                rest.Add((row, samples));
            }

            maxSamples -= samples.Count;
        }

        return [.. rest];
    }

    private void Join(
        IEncodedSamples encoded,
        SampleWindow window,
        (SelectedRow Row, Samples Samples)[] work,
        (long FromMillis, long ToMillis) reach,
        long maxSamples,
        List<(SelectedRow Row, Samples Samples)> again,
        CancellationToken cancellationToken)
    {
        var mode = work[0].Row.Mode;
        using var buffer = new SampleBuffer((int)Math.Min(mode <= RowMode.Level ? maxSamples : Math.Max(maxSamples, _options.MaxDistributionPoints), Array.MaxLength));
        encoded.Read(PositionsOf(window, work), buffer, cancellationToken);
        var joiner = new RowJoiner(_firstMillis, _lastMillis);
        var next = 0;
        foreach (var (row, samples) in work)
        {
            cancellationToken.ThrowIfCancellationRequested();
            joiner.Begin(row.Mode, StaleOf(row), FlowRules.Nanos(reach.FromMillis));
            for (var origin = 0; origin < row.Origins.Length; origin++)
            {
                var run = buffer.Run(next++);
                joiner.Add(
                    origin,
                    row.Origins[origin].Flow,
                    buffer.Times.AsMemory(run.Start, run.Count),
                    buffer.Starts.AsMemory(run.Start, run.Count),
                    buffer.Values.AsMemory(run.Start, run.Count));
            }

            if (!joiner.TryFinish(samples))
            {
                again.Add((row, samples));
            }
        }
    }

    private static int[] PositionsOf(SampleWindow window, (SelectedRow Row, Samples Samples)[] work)
    {
        var positions = new List<int>(work.Length);
        foreach (var (row, _) in work)
        {
            foreach (var origin in row.Origins)
            {
                positions.Add(window.PositionOf(origin.SeriesId));
            }
        }

        return [.. positions];
    }

    private async Task ReadDistributionsAsync(
        RowMode mode, (SelectedRow Row, Samples Samples)[] work, (long FromMillis, long ToMillis) reach, CancellationToken cancellationToken)
    {
        var ids = IdsOf(work, out var runs);
        using var buffer = new DistributionBuffer(_options.MaxDistributionPoints * (long)FiguresAPoint);
        await _store.ReadDistributionsAsync(ids, RangeOf(reach), buffer, cancellationToken).ConfigureAwait(false);
        DistributionParts.AddUpBuckets(buffer);
        using var points = new PointScratch();
        var places = new List<(int Origin, int From, int Count)>();
        var again = new List<(SelectedRow Row, Samples Samples)>();
        var joiner = new RowJoiner(_firstMillis, _lastMillis);
        foreach (var (row, samples) in work)
        {
            cancellationToken.ThrowIfCancellationRequested();
            joiner.Begin(row.Mode, StaleOf(row), FlowRules.Nanos(reach.FromMillis));
            points.Clear();
            for (var origin = 0; origin < row.Origins.Length; origin++)
            {
                var from = points.Count;
                DistributionParts.Add(buffer, runs[row.Origins[origin].SeriesId], row.Origins[origin], points);
                places.Add((origin, from, points.Count - from));
            }

            foreach (var (origin, from, count) in places)
            {
                joiner.Add(origin, row.Origins[origin].Flow, points.Times.Slice(from, count), points.Starts.Slice(from, count), points.Values.Slice(from, count));
            }

            places.Clear();

            if (!joiner.TryFinish(samples))
            {
                again.Add((row, samples));
            }
        }

        if (again.Count > 0)
        {
            await ReadDistributionsAsync(mode, [.. again], Wider(reach), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadNativeAsync(RowMode mode, (SelectedRow Row, Samples Samples)[] work, long maxSamples, CancellationToken cancellationToken)
    {
        var reach = mode == RowMode.Follow ? Wider(ReachOf(mode)) : ReachOf(mode);
        var ids = IdsOf(work, out var runs);
        using var batch = new MetricBatch();
        var limit = (int)Math.Min(Math.Max(maxSamples, _options.MaxDistributionPoints), Array.MaxLength);
        await _store.ReadPointsAsync(ids, RangeOf(reach), batch, limit, cancellationToken).ConfigureAwait(false);
        var read = new List<NativePoint>[ids.Length];
        for (var run = 0; run < read.Length; run++)
        {
            read[run] = [];
        }

        foreach (ref readonly var point in batch.Points.Values)
        {
            ref readonly var metric = ref batch.Metrics.Values[point.Metric];
            read[point.Metric].Add(new NativePoint(
                point.TimeNanos, point.StartNanos, point.Metric, metric.Temporality == Temporality.Delta, NativeFlow.Read(batch, metric, point)));
        }

        var writer = new SampleWriter(_firstMillis, _lastMillis);
        foreach (var (row, samples) in work)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var points = row.Origins.Length == 1
                ? read[runs[row.Origins[0].SeriesId]]
                : [.. row.Origins.SelectMany(origin => read[runs[origin.SeriesId]]).OrderBy(point => point.TimeNanos).ThenBy(point => point.StartNanos)];
            writer.Begin(samples, StaleOf(row), isNative: true);
            switch (mode)
            {
                case RowMode.AddUp:
                    NativeFlow.AddUp(points, writer);
                    break;
                case RowMode.Follow:
                    NativeFlow.Follow(points, FlowRules.Nanos(reach.FromMillis), writer);
                    break;
                default:
                    NativeFlow.Level(points, writer);
                    break;
            }

            writer.End();
        }
    }

    private static (long FromMillis, long ToMillis) Wider((long FromMillis, long ToMillis) reach) =>
        reach with { FromMillis = reach.FromMillis - FlowRules.MaxUnheardMillis };

    // Prometheus says itself when a series ends.
    private long StaleOf(SelectedRow row) => row.Mode == RowMode.Finished ? 0 : _staleMillis;

    private void AddTarget(SelectedRow row, Samples samples)
    {
        var step = Math.Max(1, (long)_options.Lookback.TotalMilliseconds / 2);
        var writer = new SampleWriter(_firstMillis, _lastMillis);
        writer.Begin(samples, _staleMillis);
        foreach (var (first, last) in row.Spans!)
        {
            var from = Math.Max(first, _firstMillis);
            for (var time = from == first ? first : first + ((from - first + step - 1) / step * step); time <= Math.Min(last, _lastMillis); time += step)
            {
                writer.Add(time, 1);
            }

            if (last >= _firstMillis && last <= _lastMillis)
            {
                writer.Add(last, 1);
            }
        }

        writer.End();
    }

    private enum PartSource
    {
        Nothing,
        Numbers,
        Distributions,
        Points,
    }
}
