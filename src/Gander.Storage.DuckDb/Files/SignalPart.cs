using Gander.Storage.DuckDb.Native;
using Gander.Storage.DuckDb.Queries;
using Gander.Storage.DuckDb.Records;
using Gander.Stores;
using Gander.Telemetry;
using Microsoft.Extensions.Logging;

namespace Gander.Storage.DuckDb.Files;

/// <summary>Everything about one signal of records: its files, its writer, its reader, and what ages and copies them. Thread-safe.</summary>
internal sealed partial class SignalPart<TBatch> : IAsyncDisposable
    where TBatch : TelemetryBatch, new()
{
    private readonly RecordTable<TBatch> _table;
    private readonly SignalFiles<TBatch> _files;
    private readonly SignalLimits _limits;
    private readonly ILogger _logger;

    public SignalPart(
        DuckDbRoot root, DuckWorkers readers, RecordTable<TBatch> table, DuckDbStoreOptions options, SignalLimits limits, TimeProvider time, DiskSpace disk, Problems problems, ILogger logger)
    {
        _table = table;
        _limits = limits;
        _logger = logger;
        _files = new SignalFiles<TBatch>(root, table, options, problems, logger);
        Writer = new SignalWriter<TBatch>(root, _files, table, options, time, disk, problems, logger);
        Reader = new SignalReader<TBatch>(_files, table, readers, options, time);
    }

    public SignalWriter<TBatch> Writer { get; }

    public SignalReader<TBatch> Reader { get; }

    /// <summary>The number of the last export.</summary>
    public long LastSequence => _files.NextSequence - 1;

    /// <summary>Opens the files and readies the writer.</summary>
    public async Task StartAsync(DuckConnection connection, CancellationToken cancellationToken)
    {
        _files.Open(connection);
        await Writer.StartAsync(cancellationToken);
    }

    public SignalStatus Status()
    {
        var files = _files.All;
        var filled = files.Where(file => file.Stats.Records > 0).ToList();
        return new SignalStatus(
            _table.Signal,
            filled.Sum(file => file.Stats.Records),
            files.Sum(file => file.BytesOnDisk()),
            files.Count,
            filled.Count == 0 ? null : filled.Min(file => file.Stats.OldestNanos),
            filled.Count == 0 ? null : filled.Max(file => file.Stats.NewestNanos),
            Writer.AcceptsWrites);
    }

    /// <inheritdoc cref="ITelemetryStore.SweepAsync"/>
    public Task SweepAsync(long nowNanos, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(DateTime.UnixEpoch.AddTicks(nowNanos / 100));
        var dropped = _files.All.Where(file => file.Day < today)
            .GroupBy(file => file.Day)
            .Where(day => NewestOf([.. day]) < nowNanos - _limits.KeepNanos)
            .SelectMany(day => day)
            .ToList();
        if (_limits.MaxBytes > 0)
        {
            var kept = _files.All.Except(dropped).ToList();
            var bytes = kept.Sum(file => file.BytesOnDisk());
            foreach (var file in kept.Where(file => file.Day < today).TakeWhile(_ => bytes > _limits.MaxBytes))
            {
                bytes -= file.BytesOnDisk();
                dropped.Add(file);
            }
        }

        return dropped.Count == 0 ? Task.CompletedTask : DropAsync(dropped, today, cancellationToken);
    }

    /// <summary>Bytes a backup would copy.</summary>
    public long BytesOnDisk() => _files.All.Sum(file => file.BytesOnDisk());

    /// <summary>
    /// Copies the files as they are at one moment between two writes. Writes go on meanwhile: columns change only in
    /// checkpoints, which wait, and the engine's log only grows.
    /// </summary>
    public Task BackupAsync(string directory, BackupProgress progress, CancellationToken cancellationToken) => Writer.HoldCheckpointsAsync(
        pause =>
        {
            var leased = new List<(SignalFile File, long Columns, long Log)>();
            try
            {
                pause(() => leased.AddRange(_files.All.Where(file => file.TryLease()).Select(file => (file, file.BytesOnDisk() - file.LogBytes(), file.LogBytes()))));
                foreach (var (file, columns, log) in leased)
                {
                    // The file may have grown by blocks that belong to later writes; more than its length then does no harm.
                    var target = Path.Combine(directory, Path.GetFileName(file.Path));
                    FileCopy.Copy(file.Path, target, columns, progress, cancellationToken);
                    if (log > 0)
                    {
                        FileCopy.Copy(file.LogPath, target + ".wal", log, progress, cancellationToken);
                    }
                }
            }
            finally
            {
                leased.ForEach(entry => entry.File.Release());
            }
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        _files.Close();
        _table.Dispose();
    }

    // Of a day as a whole, whichever of its files a record lies in. What is said to come from the future counts as of the day's end.
    private static long NewestOf(IReadOnlyList<SignalFile> day)
    {
        var newest = day.Where(file => file.Stats.Records > 0).Select(file => file.Stats.NewestNanos).DefaultIfEmpty(long.MaxValue).Max();
        return Math.Min(newest, day[0].EndOfDayNanos);
    }

    private Task<bool> DropAsync(IReadOnlyList<SignalFile> dropped, DateOnly today, CancellationToken cancellationToken) => Writer.PauseAsync(
        connection =>
        {
            // Some file must go on remembering the last number.
            if (dropped.Any(file => file.Stats.LastSequence == _files.NextSequence - 1))
            {
                _files.GetOrCreate(connection, today, 'a', _files.NextSequence);
            }

            foreach (var file in dropped)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Log.Dropped(_logger, file.Path);
                _files.Drop(file);
            }

            return true;
        },
        cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Dropped {Path}: it is past its keep time or the size limit")]
        public static partial void Dropped(ILogger logger, string path);
    }
}
