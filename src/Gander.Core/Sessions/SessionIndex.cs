using Gander.Prices;
using Gander.Sessions.Agents;
using Gander.Sessions.Calls;
using Gander.Sessions.Facts;
using Gander.Sessions.Indexing;
using Gander.Sessions.Usage;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Sessions;

/// <summary>
/// Keeps the list of sessions up to date while telemetry comes in, and reads single sessions with their texts. Ingest tells
/// it of each stored batch; folding happens behind it, about every second. What it saves can always be rebuilt from the
/// telemetry, and after a crash it takes up from the last exports it had folded. Thread-safe.
/// </summary>
public sealed class SessionIndex : IAsyncDisposable
{
    // Far above what folding takes on an idle machine, and what a person notices when a page is late.
    private static readonly TimeSpan MaxReadWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MaxLastFold = TimeSpan.FromSeconds(5);

    private readonly ISpanStore _spans;
    private readonly ILogStore _logs;
    private readonly ISessionStore _sessions;
    private readonly TimeProvider _time;
    private readonly SessionIndexOptions _options;
    private readonly PriceBook _prices;
    private readonly PendingFacts _pending;
    private readonly SessionReader _reader;
    private readonly SessionFolder _folder;
    private readonly SessionCatchUp _catchUp;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _flushLock = new();
    private Task<bool>? _nextFlush;

    // When the round of folding began that runs now, by the clock's timestamps; 0 while none runs.
    private long _foldingSince;
    private long _faults;
    private Task? _loop;
    private bool _isDisposed;

    /// <summary>Makes an index over stores. Nothing is read before <see cref="StartAsync"/>.</summary>
    public SessionIndex(ISpanStore spans, ILogStore logs, IMetricStore metrics, ISessionStore sessions, TimeProvider time, SessionIndexOptions options, PriceBook? prices = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_spans, _logs, _sessions) = (spans, logs, sessions);
        _time = time;
        _options = options;
        _prices = prices ?? new PriceBook(PriceTable.Empty);
        _pending = new PendingFacts(options.MaxPendingFacts);
        _reader = new SessionReader(spans, logs, metrics);
        _folder = new SessionFolder(_reader, sessions, options);
        _catchUp = new SessionCatchUp(spans, logs, _folder);
    }

    /// <summary>Raised when a round of folding failed; it is tried again in the next round.</summary>
    public event EventHandler<SessionFoldFailedEventArgs>? FoldFailed;

    /// <summary>Raised each time a single session cannot be folded; the others are, and it is listed with what little is known.</summary>
    public event EventHandler<SessionFaultEventArgs>? SessionFailed;

    private FoldContext Context => new(Now, _options.SessionRunningSeconds * 1_000_000_000L, _prices.Current, OnFault);

    /// <summary>How often a single session could not be folded since the start.</summary>
    public long Faults => Interlocked.Read(ref _faults);

    private long Now => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;

    /// <summary>
    /// Tells of a batch of spans that was stored as export <paramref name="sequence"/>. Cheap, and done with the batch when it
    /// returns. Exports of one signal are told in the order of their numbers.
    /// </summary>
    public void Observe(SpanBatch batch, long sequence)
    {
        ArgumentNullException.ThrowIfNull(batch);
        _pending.Add(batch, sequence);
    }

    /// <inheritdoc cref="Observe(SpanBatch, long)"/>
    public void Observe(LogBatch batch, long sequence)
    {
        ArgumentNullException.ThrowIfNull(batch);
        _pending.Add(batch, sequence);
    }

    /// <summary>Tells of a batch of metric points that was stored. Cheap, and done with the batch when it returns.</summary>
    public void Observe(MetricBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        _pending.Add(batch);
    }

    /// <summary>Begins to fold in the background, what was stored and not yet folded first. Call it once, before ingest starts.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if ((await _sessions.ReadProgressAsync(cancellationToken).ConfigureAwait(false)).Version != SessionFold.Version)
            {
                var stale = await AllKeysAsync(cancellationToken).ConfigureAwait(false);
                await _sessions.SaveAsync([], stale, new FoldProgress { Version = SessionFold.Version }, cancellationToken).ConfigureAwait(false);
            }

            await _folder.ResumeAsync(cancellationToken).ConfigureAwait(false);
            _pending.MarkPointsOverflowed();
            _pending.StartAfter(new FoldProgress(_spans.LastSequence, _logs.LastSequence));
        }
        finally
        {
            _gate.Release();
        }

        _loop = FoldInBackgroundAsync();
    }

    /// <summary>Folds and saves all that was observed before the call.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => FoldAsync(force: true, cancellationToken);

    /// <summary>Folds everything that the stores hold anew, and forgets sessions whose telemetry is gone.</summary>
    public async Task RebuildAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await DrainAsync(cancellationToken).ConfigureAwait(false);
            var stored = new FoldProgress(_spans.LastSequence, _logs.LastSequence);
            var stale = await AllKeysAsync(cancellationToken).ConfigureAwait(false);
            _folder.Forget();
            await _sessions.SaveAsync([], stale, default, cancellationToken).ConfigureAwait(false);
            await _catchUp.RunAsync(default, stored, () => Context, cancellationToken).ConfigureAwait(false);
            await _folder.CatchUpPointsAsync(Now, cancellationToken).ConfigureAwait(false);
            await _folder.FoldAsync(Context, force: true, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Prices all sessions anew, each call by the prices of its day. What agents reported stays, and telemetry is not read.
    /// </summary>
    /// <param name="prices">The table to price with.</param>
    /// <param name="save">Whether to keep it, and not only to tell what would change.</param>
    /// <param name="cancellationToken">Ends it; what was saved stays saved, and a further call goes on with the rest.</param>
    public async Task<RepriceOutcome> RepriceAsync(PriceTable prices, bool save, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await new Repricing(_sessions, prices).RunAsync(save ? _folder.SavedProgress : null, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Lists sessions, latest start first, with all that was observed before the call; under load, when folding that takes
    /// longer than a moment, as they were folded last.
    /// </summary>
    public async Task<IReadOnlyList<SessionSummary>> ListAsync(SessionQuery query, CancellationToken cancellationToken)
    {
        await FreshenAsync(cancellationToken).ConfigureAwait(false);
        return await _sessions.ListAsync(query, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The calls of the sessions that <see cref="ListAsync"/> would list, in the same order and as fresh.</summary>
    public async Task<IReadOnlyList<SessionCalls>> ListCallsAsync(SessionQuery query, CancellationToken cancellationToken)
    {
        await FreshenAsync(cancellationToken).ConfigureAwait(false);
        return await _sessions.ListCallsAsync(query, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One session with its turns and, where they were captured, its texts; null when there is none with this key. As fresh as <see cref="ListAsync"/>.</summary>
    public async Task<Session?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        await FreshenAsync(cancellationToken).ConfigureAwait(false);
        if (await _sessions.FindAsync(key, cancellationToken).ConfigureAwait(false) is not { } summary)
        {
            return null;
        }

        if (summary.Id.Length == 0)
        {
            var loose = new EmitterFacts();
            await ReadRunsAsync(loose, summary, cancellationToken).ConfigureAwait(false);
            return new SessionFold(loose, Context).FoldNameless(summary.Runs[0]);
        }

        var (ids, start, end) = (new List<string> { summary.Id }, summary.StartNanos, summary.EndNanos);
        foreach (var relative in summary.Parent is { } parent ? summary.Children.Prepend(parent) : summary.Children)
        {
            if (await _sessions.FindAsync(relative, cancellationToken).ConfigureAwait(false) is { } found)
            {
                ids.Add(found.Id);
                (start, end) = (Math.Min(start, found.StartNanos), Math.Max(end, found.EndNanos));
            }
        }

        var runs = new EmitterFacts();
        await ReadRunsAsync(runs, summary, cancellationToken).ConfigureAwait(false);
        return await _reader.ReadAsync(
            summary.EmitterId,
            ids,
            SessionReader.Around(start, end),
            RecordDetail.Everything,
            (facts, spans, logs) =>
            {
                facts.Loose.AddRange(runs.Loose);
                return new SessionFold(facts, Context)
                    .Fold(summary.Id, summary.Runs, GooseMissing.SaysAmbiguous(summary.Missing), new FactTexts(spans, logs));
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops folding after a last round. Further calls do nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        if (_loop is { } loop)
        {
            _loop = null;
            await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await FoldLastAsync().ConfigureAwait(false);
        }

        // A flush that readers no longer wait for may still run.
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        _stop.Dispose();
        _gate.Dispose();
    }

    // What is left unfolded is taken up at the next start: a stop does not wait for it.
    private async Task FoldLastAsync()
    {
        if (_pending.HasOverflowed)
        {
            return;
        }

        using var limit = new CancellationTokenSource(MaxLastFold, _time);
        await TryFoldAsync(force: true, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>
    /// Waits a moment for the fold of all that was observed before the call, and says whether it is done: while it is not,
    /// lists show what was folded last. Behind a round that has run for that moment already nobody waits.
    /// </summary>
    public async Task<bool> FreshenAsync(CancellationToken cancellationToken)
    {
        Task<bool> flush;
        lock (_flushLock)
        {
            flush = _nextFlush ??= FlushForReadersAsync();
        }

        try
        {
            var since = Volatile.Read(ref _foldingSince);
            var wait = since == 0 ? MaxReadWait : MaxReadWait - _time.GetElapsedTime(since);
            return await flush.WaitAsync(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void OnFault(SessionFault fault)
    {
        Interlocked.Increment(ref _faults);
        SessionFailed?.Invoke(this, new SessionFaultEventArgs(fault));
    }

    // Not under a reader's token: a reader that leaves must not stop a fold half-way. All that ask before it starts share it.
    private async Task<bool> FlushForReadersAsync()
    {
        await Task.Yield();
        await _gate.WaitAsync(_stop.Token).ConfigureAwait(false);
        try
        {
            lock (_flushLock)
            {
                _nextFlush = null;
            }

            await FoldRoundAsync(force: true, _stop.Token).ConfigureAwait(false);
            return !_pending.HasOverflowed;
        }
        catch (Exception exception) when (exception is StoreUnavailableException or IOException)
        {
            FoldFailed?.Invoke(this, new SessionFoldFailedEventArgs(exception));
            return false;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task FoldInBackgroundAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(_options.SessionFoldMilliseconds), _time);
        while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
        {
            await TryFoldAsync(force: false, _stop.Token).ConfigureAwait(false);
        }
    }

    private async Task TryFoldAsync(bool force, CancellationToken cancellationToken)
    {
        try
        {
            await FoldAsync(force, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The loop must go on: what failed is still marked, and is tried again in the next round.
            FoldFailed?.Invoke(this, new SessionFoldFailedEventArgs(exception));
        }
    }

    private async Task FoldAsync(bool force, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await FoldRoundAsync(force, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    // Whoever calls it holds the gate.
    private async Task FoldRoundAsync(bool force, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _foldingSince, _time.GetTimestamp());
        try
        {
            await DrainAsync(cancellationToken).ConfigureAwait(false);
            await _folder.FoldAsync(Context, force, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _foldingSince, 0);
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        if (_pending.IsEmpty)
        {
            return;
        }

        var content = _pending.Take();
        if (content.Overflowed)
        {
            try
            {
                await _catchUp.RunAsync(_folder.Observed, content.Progress, () => Context, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                _pending.MarkPointsOverflowed();
                _pending.MarkOverflowed();
                throw;
            }

            _folder.Add(content.Points, Now);
        }
        else
        {
            _folder.Add(content, Now);
        }

        if (content.PointsOverflowed)
        {
            try
            {
                await _folder.CatchUpPointsAsync(Now, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                _pending.MarkPointsOverflowed();
                throw;
            }
        }

        _pending.Recycle(content);
    }

    private async Task<List<string>> AllKeysAsync(CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        for ((long, string)? after = null; ;)
        {
            var page = await _sessions.ListAsync(new SessionQuery(Limit: 1_000, After: after), cancellationToken).ConfigureAwait(false);
            keys.AddRange(page.Select(session => session.Key));
            if (page.Count < 1_000)
            {
                return keys;
            }

            after = (page[^1].StartNanos, page[^1].Key);
        }
    }

    private async Task ReadRunsAsync(EmitterFacts facts, SessionSummary summary, CancellationToken cancellationToken)
    {
        foreach (var run in summary.Runs)
        {
            await _reader.ReadLooseAsync(
                facts, summary.EmitterId, [run.ResourceId], SessionReader.Around(run.StartNanos, run.EndNanos), cancellationToken).ConfigureAwait(false);
        }
    }
}
