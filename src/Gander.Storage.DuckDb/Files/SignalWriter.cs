using System.Diagnostics;
using Gander.Storage.DuckDb.Native;
using Gander.Storage.DuckDb.Records;
using Gander.Stores;
using Gander.Telemetry;
using Microsoft.Extensions.Logging;

namespace Gander.Storage.DuckDb.Files;

/// <summary>
/// Writes one signal, from one thread. Each day has two files that take turns: while the engine moves the rows of one from
/// its log into columns, in the background, the other takes the writes, so that no commit waits for it.
/// </summary>
internal sealed partial class SignalWriter<TBatch> : IAsyncDisposable
    where TBatch : TelemetryBatch, new()
{
    private const int NanosPerTick = 100;
    private const int MaxQueuedWrites = 4_096;

    private readonly SignalFiles<TBatch> _files;
    private readonly RecordTable<TBatch> _table;
    private readonly DuckDbStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly DiskSpace _disk;
    private readonly Problems _problems;
    private readonly ILogger _logger;
    private readonly DuckWorkers _worker;
    private readonly DuckWorkers _checkpointer;
    private readonly RepeatWindow _repeats = new();
    private readonly CommitTimes _commits = new();
    private readonly HashSet<SignalFile> _busy = [];
    private FileWriter<TBatch>? _writer;
    private long _nextSequence;
    private volatile bool _isFailing;

    public SignalWriter(
        DuckDbRoot root, SignalFiles<TBatch> files, RecordTable<TBatch> table, DuckDbStoreOptions options, TimeProvider time, DiskSpace disk, Problems problems, ILogger logger)
    {
        _files = files;
        _table = table;
        _options = options;
        _time = time;
        _disk = disk;
        _problems = problems;
        _logger = logger;
        _worker = new DuckWorkers(root, $"writer of {table.Name}", threads: 1, MaxQueuedWrites, atEnd: () => _writer?.Dispose());
        _checkpointer = new DuckWorkers(root, $"checkpoints of {table.Name}", threads: 1, MaxQueuedWrites);
    }

    /// <summary>Whether the last write worked and the disk has room.</summary>
    public bool AcceptsWrites => !_options.ReadOnly && !_isFailing && !_disk.IsLow;

    /// <summary>How long commits take.</summary>
    public CommitTimes Commits => _commits;

    private long NowNanos => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * NanosPerTick;

    /// <summary>Reads what the writer has to know of earlier runs: the next number and the latest fingerprints.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => _worker.RunAsync(
        connection =>
        {
            _nextSequence = _files.NextSequence;
            var since = NowNanos - RepeatWindow.Nanos;
            foreach (var file in _files.All.Where(file => file.EndOfDayNanos >= since))
            {
                Remember(connection, file, since);
            }

            if (!_options.ReadOnly)
            {
                CheckpointDaysBefore(DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime));
            }

            return true;
        },
        cancellationToken);

    /// <inheritdoc cref="ISpanStore.WriteAsync"/>
    public Task<WriteOutcome> WriteAsync(IReadOnlyList<TBatch> batches, CancellationToken cancellationToken) => _options.ReadOnly
        ? throw new StoreUnavailableException("The store is open for reading only.")
        : _worker.RunAsync(connection => Write(connection, batches), cancellationToken);

    /// <summary>Runs something between two writes, while nothing is being checkpointed.</summary>
    public Task<T> PauseAsync<T>(Func<DuckConnection, T> work, CancellationToken cancellationToken) =>
        _checkpointer.RunAsync(_ => BetweenWrites(work, cancellationToken), cancellationToken);

    /// <summary>Runs something while no checkpoint runs; it is given a way to do a part of it between two writes.</summary>
    public Task HoldCheckpointsAsync(Action<Action<Action>> work, CancellationToken cancellationToken) => _checkpointer.RunAsync(
        _ =>
        {
            work(part => BetweenWrites(
                _ =>
                {
                    part();
                    return true;
                },
                cancellationToken));
            return true;
        },
        cancellationToken);

    /// <summary>Finishes what waits and moves everything into columns, so that the next start has nothing to replay.</summary>
    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        if (!_options.ReadOnly)
        {
            foreach (var file in _files.All.Where(file => file.LogBytes() > 0))
            {
                await _checkpointer.RunAsync(connection => Checkpoint(connection, file), CancellationToken.None);
            }
        }

        await _checkpointer.DisposeAsync();
    }

    // Called on the thread of checkpoints, which has nothing else to do until the writer's turn comes.
    private T BetweenWrites<T>(Func<DuckConnection, T> work, CancellationToken cancellationToken) =>
        _worker.RunAsync(
            connection =>
            {
                _writer?.Dispose();
                _writer = null;
                return work(connection);
            },
            cancellationToken).GetAwaiter().GetResult();

    private WriteOutcome Write(DuckConnection connection, IReadOnlyList<TBatch> batches)
    {
        _disk.ThrowIfLow();
        var now = NowNanos;
        var stored = new bool[batches.Count];
        var fresh = new List<TBatch>(batches.Count);
        var here = new HashSet<ExportFingerprint>();
        for (var index = 0; index < batches.Count; index++)
        {
            var fingerprint = batches[index].Fingerprint;
            stored[index] = !_repeats.Contains(fingerprint, now) && (fingerprint == default || here.Add(fingerprint));
            if (stored[index])
            {
                fresh.Add(batches[index]);
            }
        }

        if (fresh.Count > 0)
        {
            var started = Stopwatch.GetTimestamp();
            Commit(connection, fresh, now);
            _commits.Add(Stopwatch.GetElapsedTime(started));
            foreach (var batch in fresh)
            {
                _repeats.Add(batch.Fingerprint, now);
            }
        }

        return new WriteOutcome(_nextSequence - 1, stored);
    }

    private void Commit(DuckConnection connection, List<TBatch> batches, long now)
    {
        try
        {
            var writer = WriterFor(connection, DateOnly.FromDateTime(DateTime.UnixEpoch.AddTicks(now / NanosPerTick)));
            writer.Write(batches, _nextSequence, now);
            _nextSequence += batches.Count;
            if (_isFailing)
            {
                _isFailing = false;
                _problems.Clear(_table.Name);
                Log.WritesWorkAgain(_logger, _table.Name);
                CheckpointLongLogs();
            }
        }
        catch (DuckException error)
        {
            _writer?.Dispose();
            _writer = null;
            _problems.Add(_table.Name, $"New {_table.Name} could not be written and were refused: {error.Message}");
            if (!_isFailing)
            {
                Log.WriteFailed(_logger, _table.Name, error);
            }

            _isFailing = true;
            throw new StoreUnavailableException($"The store cannot write {_table.Name} at the moment: {error.Message}", error);
        }
    }

    // The file that takes this write: today's, and of its two halves the one that is not being checkpointed.
    private FileWriter<TBatch> WriterFor(DuckConnection connection, DateOnly today)
    {
        var current = _writer?.File;
        if (current is not null && current.Day == today && !_files.All.Contains(current))
        {
            _writer!.Dispose();
            _writer = null;
            current = null;
        }

        if (current is null || current.Day != today)
        {
            return Switch(connection, today, HalfToStartWith(today));
        }

        if (current.LogBytes() > _options.CheckpointBytes && !IsBusy(today, Other(current.Half)))
        {
            return Switch(connection, today, Other(current.Half));
        }

        return _writer!;
    }

    private FileWriter<TBatch> Switch(DuckConnection connection, DateOnly day, char half)
    {
        var left = _writer?.File;
        _writer?.Dispose();
        _writer = null;
        if (left is not null)
        {
            _files.ReopenDetached(connection);
            CheckpointInBackground(left);
            CheckpointDaysBefore(day);
        }

        var file = _files.GetOrCreate(connection, day, half, _nextSequence);
        _writer = new FileWriter<TBatch>(connection, _table, file);
        return _writer;
    }

    private char HalfToStartWith(DateOnly day)
    {
        if (IsBusy(day, 'a'))
        {
            return 'b';
        }

        var halves = _files.All.Where(file => file.Day == day).ToDictionary(file => file.Half);
        return halves.TryGetValue('b', out var second) && halves.TryGetValue('a', out var first) && second.LogBytes() < first.LogBytes() ? 'b' : 'a';
    }

    private static char Other(char half) => half == 'a' ? 'b' : 'a';

    private bool IsBusy(DateOnly day, char half)
    {
        lock (_busy)
        {
            return _busy.Any(file => file.Day == day && file.Half == half);
        }
    }

    private void CheckpointDaysBefore(DateOnly day)
    {
        foreach (var file in _files.All.Where(file => file.Day < day && file.LogBytes() > 0))
        {
            CheckpointInBackground(file);
        }
    }

    // What kept writes from working kept these from being checkpointed.
    private void CheckpointLongLogs()
    {
        foreach (var file in _files.All.Where(file => file != _writer?.File && file.LogBytes() > _options.CheckpointBytes))
        {
            CheckpointInBackground(file);
        }
    }

    private void CheckpointInBackground(SignalFile file)
    {
        lock (_busy)
        {
            if (!_busy.Add(file))
            {
                return;
            }
        }

        // Whatever becomes of it is told by Checkpoint.
        _ = _checkpointer.RunAsync(connection => Checkpoint(connection, file), CancellationToken.None);
    }

    private bool Checkpoint(DuckConnection connection, SignalFile file)
    {
        try
        {
            if (!file.TryLease())
            {
                return false;
            }

            try
            {
                var started = Stopwatch.GetTimestamp();
                connection.Execute($"CHECKPOINT {file.Name}");
                Log.Checkpointed(_logger, file.Name, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                _problems.Clear(file.Name);
                return true;
            }
            finally
            {
                file.Release();
            }
        }
        catch (DuckException error)
        {
            // The rows stay in the log, which is as safe; the next turn tries again.
            _problems.Add(file.Name, $"The rows of {Path.GetFileName(file.Path)} could not be moved into columns: {error.Message}");
            Log.CheckpointFailed(_logger, file.Name, error);
            if (error.IsGivenUp)
            {
                Reattach(connection, file);
            }

            return false;
        }
        finally
        {
            lock (_busy)
            {
                _busy.Remove(file);
            }
        }
    }

    private void Reattach(DuckConnection connection, SignalFile file)
    {
        try
        {
            _files.Reattach(connection, file);
        }
        catch (DuckException error)
        {
            _problems.Add(file.Name, $"{Path.GetFileName(file.Path)} cannot be opened at the moment, so its records are not found; they are safe in it: {error.Message}");
            Log.ReattachFailed(_logger, file.Name, error);
        }
    }

    private void Remember(DuckConnection connection, SignalFile file, long since)
    {
        using var rows = connection.Query(
            $"SELECT fingerprint_high, fingerprint_low, arrived_ns FROM {file.Name}.exports WHERE arrived_ns >= $1 ORDER BY seq", [SqlValue.Of(since)], CancellationToken.None);
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                _repeats.Add(new ExportFingerprint(rows.Column(0).UInt64(row), rows.Column(1).UInt64(row)), rows.Column(2).Int64(row));
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Could not write {Table}; senders are told to retry until it works again")]
        public static partial void WriteFailed(ILogger logger, string table, Exception exception);

        [LoggerMessage(LogLevel.Information, "Writing {Table} works again")]
        public static partial void WritesWorkAgain(ILogger logger, string table);

        [LoggerMessage(LogLevel.Debug, "Checkpointed {File} in {Milliseconds} ms")]
        public static partial void Checkpointed(ILogger logger, string file, double milliseconds);

        [LoggerMessage(LogLevel.Error, "Could not open {File} again; its records are safe in it and are not found until it can be")]
        public static partial void ReattachFailed(ILogger logger, string file, Exception exception);

        [LoggerMessage(LogLevel.Warning, "Could not checkpoint {File}; its rows stay in its log")]
        public static partial void CheckpointFailed(ILogger logger, string file, Exception exception);
    }
}
