using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Ingest.Derived;

/// <summary>
/// Keeps the metrics that are derived from one signal: counts what was stored, and every so often writes the counters together
/// with the number of the last export in them, in one write. What a crash left uncounted is read again from the store, into
/// counters that begin anew. So each stored export is counted once; neither a crash nor an export sent again changes that.
/// Thread-safe.
/// </summary>
internal sealed partial class Derivation<TBatch> : IAsyncDisposable
    where TBatch : TelemetryBatch
{
    private const long MinStepNanos = 1_000_000;

    private readonly IDerivation<TBatch> _derived;
    private readonly Func<ExportRange, CancellationToken, IAsyncEnumerable<StoredExports<TBatch>>> _readExports;
    private readonly IMetricStore _metrics;
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _gate = new(1);
    private readonly MetricBatch _points = new();
    private readonly TaskCompletionSource _caughtUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private long _sequence;
    private long _through;
    private long _written = -1;
    private long _lastNanos;
    private bool _isRefused;
    private bool _isDisposed;

    /// <summary>Makes one; nothing is read before <see cref="StartAsync"/>.</summary>
    /// <param name="derived">What to count.</param>
    /// <param name="readExports">Reads stored exports again.</param>
    /// <param name="metrics">Takes the points.</param>
    /// <param name="time">The clock.</param>
    /// <param name="interval">Between two rounds.</param>
    /// <param name="logger">Is told of rounds that failed.</param>
    public Derivation(
        IDerivation<TBatch> derived,
        Func<ExportRange, CancellationToken, IAsyncEnumerable<StoredExports<TBatch>>> readExports,
        IMetricStore metrics,
        TimeProvider time,
        TimeSpan interval,
        ILogger logger)
    {
        (_derived, _readExports, _metrics) = (derived, readExports, metrics);
        (_time, _interval, _logger) = (time, interval, logger);
    }

    private long NowNanos => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;

    /// <summary>
    /// Finds out what has been counted, and begins to count in the background, first what was stored since. A store of which
    /// nothing was ever counted is counted from here on. Call it once, before exports come.
    /// </summary>
    /// <param name="lastSequence">The number of the last export stored.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public async Task StartAsync(long lastSequence, CancellationToken cancellationToken)
    {
        (_lastNanos, _sequence, _through) = (NowNanos, lastSequence, lastSequence);
        if (await DerivedProgress.ReadAsync(_metrics, _derived.ProgressName, _lastNanos, cancellationToken) is { } counted)
        {
            _written = counted;
            _through = Math.Min(counted, lastSequence);
            _running = RunAsync(new ExportRange(_through, lastSequence));
        }
        else
        {
            // From now on a crash must not look as if nothing had ever been counted.
            _running = RunAsync(new ExportRange(lastSequence, lastSequence));
            await TryWriteAsync(cancellationToken);
        }
    }

    /// <summary>Tells of an export that was stored, in the order of their numbers. Done with the batch when it returns.</summary>
    public void Observe(TBatch batch, long sequence)
    {
        lock (_lock)
        {
            _derived.Add(batch);
            _sequence = Math.Max(_sequence, sequence);
        }
    }

    /// <summary>Writes what is due, once what a crash left has been read.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _caughtUp.Task.WaitAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    /// <summary>Writes the last points. Further calls do nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        await _stop.CancelAsync();
        await _running;
        _points.Dispose();
        _gate.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(ExportRange missed)
    {
        await Task.Yield();
        try
        {
            await CatchUpAsync(missed, _stop.Token);
            _caughtUp.SetResult();
            using var timer = new PeriodicTimer(_interval, _time);
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await TryWriteAsync(_stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // What was not caught up with keeps its place in the progress, and is counted after the next start.
            if (!_caughtUp.TrySetCanceled(_stop.Token))
            {
                await TryWriteAsync(CancellationToken.None);
            }
        }
    }

    private async Task CatchUpAsync(ExportRange missed, CancellationToken cancellationToken)
    {
        while (missed.After < missed.Through)
        {
            try
            {
                await foreach (var exports in _readExports(missed, cancellationToken))
                {
                    using (exports.Batch)
                    {
                        lock (_lock)
                        {
                            _derived.Add(exports.Batch);
                        }
                    }

                    missed = missed with { After = exports.LastSequence };
                }

                return;
            }
            catch (Exception e) when (e is StoreUnavailableException or IOException)
            {
                Log.CatchUpFailed(_logger, _derived.ProgressName, e.Message);
                await Task.Delay(_interval, _time, cancellationToken);
            }
        }
    }

    private async Task TryWriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The loop must go on: what was not written is due again in the next round.
            Log.WriteFailed(_logger, _derived.ProgressName, e.Message);
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _points.Clear();
            DerivedMoment moment;
            lock (_lock)
            {
                moment = new DerivedMoment(_sequence, _lastNanos, Math.Max(NowNanos, _lastNanos + MinStepNanos));
                _derived.Close(_points, moment);
            }

            _lastNanos = moment.NowNanos;
            _through = await _derived.DecideAsync(_points, moment, _through, cancellationToken);
            if (_through != _written)
            {
                DerivedProgress.Add(_points, _derived.ProgressName, _through, moment.NowNanos);
            }

            if (_points.Count > 0)
            {
                Warn(await _metrics.WriteAsync([_points], cancellationToken));
                _written = _through;
            }
        }
        catch
        {
            lock (_lock)
            {
                _derived.Failed();
            }

            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    private void Warn(WriteOutcome outcome)
    {
        if (outcome.Refusals.Count > 0 && !_isRefused)
        {
            Log.Refused(_logger, _derived.ProgressName, outcome.Refusals.Sum(refusal => refusal.Count), outcome.Refusals[0].Reason);
        }

        _isRefused = outcome.Refusals.Count > 0;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Derived metrics ({Name}) could not be written and are tried again: {Reason}")]
        public static partial void WriteFailed(ILogger logger, string name, string reason);

        [LoggerMessage(LogLevel.Warning, "Derived metrics ({Name}) could not take up what was stored before the last stop, and try again: {Reason}")]
        public static partial void CatchUpFailed(ILogger logger, string name, string reason);

        [LoggerMessage(LogLevel.Warning, "The store refused {Points} points of derived metrics ({Name}): {Reason}")]
        public static partial void Refused(ILogger logger, string name, int points, string reason);
    }
}
