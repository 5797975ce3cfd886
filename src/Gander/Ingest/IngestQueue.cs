using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Ingest;

/// <summary>
/// Takes the exports of one signal to the store: a bounded queue, one writer, one commit for all exports that wait (group
/// commit). An export is answered only after the store has written it; a full queue refuses at once. Thread-safe.
/// </summary>
/// <param name="signal">The signal.</param>
/// <param name="options">Limits.</param>
/// <param name="held">Bytes held by all signals.</param>
/// <param name="write">Stores batches in one transaction (<see cref="ISpanStore.WriteAsync"/> and its like).</param>
/// <param name="observe">Called after a commit, off the way of the answer, with each export and its number in the order of the store; null number when it repeats an export already stored.</param>
/// <param name="meter">Counts what happens.</param>
/// <param name="time">The clock of waiting.</param>
/// <param name="logger">Told about failures.</param>
[SuppressMessage("Naming", "CA1711", Justification = "It is the queue of the design; it need not implement a collection.")]
public sealed partial class IngestQueue<TBatch>(
    Signal signal,
    IngestOptions options,
    HeldBytes held,
    Func<IReadOnlyList<TBatch>, CancellationToken, Task<WriteOutcome>> write,
    Action<TBatch, ExportNotice> observe,
    IngestMeter meter,
    TimeProvider time,
    ILogger logger)
    where TBatch : TelemetryBatch, new()
{
    private static readonly ExportOutcome Stopping = new ExportOutcome.Unavailable("The server is stopping.");

    private readonly BatchPool<TBatch> _pool = new();
    private readonly Channel<PendingExport<TBatch>> _queue = Channel.CreateBounded<PendingExport<TBatch>>(
        new BoundedChannelOptions(options.MaxQueuedExports) { SingleReader = true });

    // Bounded by the bytes and exports that are held until they have passed here.
    private readonly Channel<Committed> _committed = Channel.CreateUnbounded<Committed>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private int _arriving;
    private volatile bool _isStopping;
    private Task _running = Task.CompletedTask;

    /// <summary>The signal.</summary>
    public Signal Signal => signal;

    /// <summary>Exports that wait.</summary>
    public int Count => _queue.Reader.Count;

    /// <summary>Whether an export that came now would be refused; asked before its body is read.</summary>
    public bool IsFull => Count >= options.MaxQueuedExports;

    /// <summary>Begins an export; the caller fills its batch, submits it and disposes it.</summary>
    public PendingExport<TBatch> Begin()
    {
        Interlocked.Increment(ref _arriving);
        return new PendingExport<TBatch>(this, held, _pool.Rent());
    }

    /// <summary>Starts to write.</summary>
    public void Start() => _running = Task.WhenAll(WriteAllAsync(), ObserveAllAsync());

    /// <summary>Takes nothing more, and returns when everything that was taken is written and seen.</summary>
    public Task StopAsync()
    {
        _isStopping = true;
        _queue.Writer.TryComplete();
        return _running;
    }

    /// <summary>Completes when every export that was answered before the call has been observed.</summary>
    public Task ObservedAsync()
    {
        if (_running.IsCompleted)
        {
            return Task.CompletedTask;
        }

        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _committed.Writer.TryWrite(new Committed.Marker(reached)) ? reached.Task : _running;
    }

    internal Task<ExportOutcome> SubmitAsync(PendingExport<TBatch> export, CancellationToken cancellationToken)
    {
        Interlocked.Decrement(ref _arriving);
        var records = export.Batch.Count;
        if (records == 0)
        {
            // Nothing to store: the answer is due at once, and what was refused is worth telling the connect page.
            var answer = new ExportOutcome.Accepted(export.Rejected, export.Message);
            observe(export.Batch, new ExportNotice(null, export.Rejected, export.Message));
            meter.Finished(signal, answer, records, export.Rejected);
            Release(export);
            return Task.FromResult<ExportOutcome>(answer);
        }

        if (!_queue.Writer.TryWrite(export))
        {
            ExportOutcome refusal = _isStopping ? Stopping : new ExportOutcome.Overloaded();
            meter.Finished(signal, refusal, records, export.Rejected);
            Release(export);
            return Task.FromResult(refusal);
        }

        return export.Done.Task.WaitAsync(cancellationToken);
    }

    internal void Abandon(PendingExport<TBatch> export)
    {
        Interlocked.Decrement(ref _arriving);
        Release(export);
    }

    private void Release(PendingExport<TBatch> export)
    {
        export.ReleaseBytes();
        _pool.Return(export.Batch);
    }

    private async Task WriteAllAsync()
    {
        var group = new List<PendingExport<TBatch>>();
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            await GatherAsync(group).ConfigureAwait(false);
            await CommitAsync(group).ConfigureAwait(false);
            group.Clear();
        }

        _committed.Writer.Complete();
    }

    private async Task GatherAsync(List<PendingExport<TBatch>> group)
    {
        var started = time.GetTimestamp();
        long records = 0, bytes = 0;
        while (true)
        {
            while (records < options.MaxCommitRecords && bytes < options.MaxCommitBytes && _queue.Reader.TryRead(out var export))
            {
                group.Add(export);
                records += export.Batch.Count;
                bytes += export.Batch.Text.Length;
            }

            var remaining = TimeSpan.FromMilliseconds(options.CommitWaitMilliseconds) - time.GetElapsedTime(started);
            if (records >= options.MaxCommitRecords || bytes >= options.MaxCommitBytes || remaining <= TimeSpan.Zero || Volatile.Read(ref _arriving) == 0)
            {
                return;
            }

            using var enough = new CancellationTokenSource();
            var more = _queue.Reader.WaitToReadAsync().AsTask();
            var first = await Task.WhenAny(more, Task.Delay(remaining, time, enough.Token)).ConfigureAwait(false);
            await enough.CancelAsync().ConfigureAwait(false);
            if (first != more || !await more.ConfigureAwait(false))
            {
                return;
            }
        }
    }

    private async Task CommitAsync(List<PendingExport<TBatch>> group)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var batches = group.ConvertAll(export => export.Batch);
            var outcome = await write(batches, CancellationToken.None).ConfigureAwait(false);
            meter.Committed(signal, batches.Sum(batch => (long)batch.Count), Stopwatch.GetElapsedTime(started));
            Acknowledge(group, outcome);
        }
        catch (StoreUnavailableException e)
        {
            Log.StoreUnavailable(logger, signal, group.Count, e.Message);
            Refuse(group, new ExportOutcome.Unavailable(e.Message));
        }
        catch (Exception e) when (group.Count > 1)
        {
            // One export may be what the store cannot take: the others must not fail with it.
            Log.CommitFailed(logger, signal, group.Count, e);
            foreach (var export in group)
            {
                await CommitAsync([export]).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            Log.CommitFailed(logger, signal, group.Count, e);
            Refuse(group, new ExportOutcome.Failed());
        }
    }

    private void Acknowledge(List<PendingExport<TBatch>> group, WriteOutcome outcome)
    {
        var number = outcome.Sequence - outcome.Stored.Count(stored => stored);
        for (var i = 0; i < group.Count; i++)
        {
            var export = group[i];
            var (rejected, message) = (export.Rejected, export.Message);
            foreach (var refusal in outcome.Refusals)
            {
                if (refusal.Batch == i)
                {
                    rejected += refusal.Count;
                    message = message is null ? refusal.Reason : $"{message}; {refusal.Reason}";
                }
            }

            var answer = new ExportOutcome.Accepted(rejected, message);
            meter.Finished(signal, answer, export.Batch.Count, rejected);

            // Before the answer, so that whoever waits for the observer after it waits for this export too.
            var done = export.Done;
            _committed.Writer.TryWrite(new Committed.Export(export, new ExportNotice(outcome.Stored[i] ? ++number : null, rejected, message)));
            done.SetResult(answer);
        }
    }

    private void Refuse(List<PendingExport<TBatch>> group, ExportOutcome refusal)
    {
        foreach (var export in group)
        {
            meter.Finished(signal, refusal, export.Batch.Count, export.Rejected);
            export.Done.SetResult(refusal);
            Release(export);
        }
    }

    private async Task ObserveAllAsync()
    {
        await foreach (var committed in _committed.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            switch (committed)
            {
                case Committed.Export(var export, var notice):
                    Observe(export, notice);
                    break;
                case Committed.Marker(var reached):
                    reached.SetResult();
                    break;
                default:
                    throw new UnreachableException($"unknown {committed}");
            }
        }
    }

    private void Observe(PendingExport<TBatch> export, ExportNotice notice)
    {
        try
        {
            observe(export.Batch, notice);
        }
        catch (Exception e)
        {
            Log.ObserverFailed(logger, signal, e);
        }

        Release(export);
    }

    private abstract record Committed
    {
        private Committed()
        {
        }

        public sealed record Export(PendingExport<TBatch> Pending, ExportNotice Notice) : Committed;

        public sealed record Marker(TaskCompletionSource Reached) : Committed;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The store takes no {Signal} for now, so {Exports} exports were refused: {Reason}")]
        public static partial void StoreUnavailable(ILogger logger, Signal signal, int exports, string reason);

        [LoggerMessage(LogLevel.Error, "Could not commit {Exports} exports of {Signal}; those that cannot be written one by one either are refused")]
        public static partial void CommitFailed(ILogger logger, Signal signal, int exports, Exception exception);

        [LoggerMessage(LogLevel.Error, "Derived data of {Signal} could not follow an export; it is stored, and sessions may be incomplete until they are rebuilt")]
        public static partial void ObserverFailed(ILogger logger, Signal signal, Exception exception);
    }
}
