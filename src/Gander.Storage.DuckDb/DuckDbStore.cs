using System.Diagnostics;
using Gander.Storage.DuckDb.Files;
using Gander.Storage.DuckDb.Metrics;
using Gander.Storage.DuckDb.Native;
using Gander.Storage.DuckDb.Records;
using Gander.Storage.DuckDb.Sessions;
using Gander.Stores;
using Gander.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gander.Storage.DuckDb;

/// <summary>
/// The embedded store: DuckDB files in one folder, two a signal and day that take turns. What a write acknowledges survives
/// a power cut and can be read at once. One process at a time may open a folder. Thread-safe.
/// </summary>
public sealed partial class DuckDbStore : ITelemetryStore
{
    private readonly DuckDbStoreOptions _options;
    private readonly FolderLock _lock;
    private readonly DuckDbRoot _root;
    private readonly DuckWorkers _readers;
    private readonly Problems _problems = new();
    private readonly DiskSpace _disk;
    private readonly SignalPart<SpanBatch> _spans;
    private readonly SignalPart<LogBatch> _logs;
    private readonly DuckDbSessionStore _sessions;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private MetricStore? _metrics;

    private DuckDbStore(DuckDbStoreOptions options, FolderLock folderLock, TimeProvider time, ILogger logger)
    {
        _options = options;
        _lock = folderLock;
        _time = time;
        _logger = logger;
        _root = new DuckDbRoot(options);
        _disk = new DiskSpace(options, time);
        _readers = new DuckWorkers(_root, "query threads", options.MaxConcurrentQueries, options.MaxQueuedQueries);
        _spans = new SignalPart<SpanBatch>(
            _root, _readers, new SpanTable(), options, SignalLimits.Of(options.KeepSpans, options.MaxSpanBytes), time, _disk, _problems, logger);
        _logs = new SignalPart<LogBatch>(
            _root, _readers, new LogTable(), options, SignalLimits.Of(options.KeepLogs, options.MaxLogBytes), time, _disk, _problems, logger);
        _sessions = new DuckDbSessionStore(_root, _readers, options);
        Spans = new DuckDbSpanStore(_spans);
        Logs = new DuckDbLogStore(_logs);
    }

    /// <inheritdoc/>
    public ISpanStore Spans { get; }

    /// <inheritdoc/>
    public ILogStore Logs { get; }

    /// <inheritdoc/>
    public IMetricStore Metrics => OpenMetrics;

    /// <inheritdoc/>
    public ISessionStore Sessions => _sessions;

    // Opened with the store, which nobody has before.
    private MetricStore OpenMetrics => _metrics ?? throw new InvalidOperationException("The store is not open.");

    /// <summary>
    /// Opens the folder, replays what was not yet in columns, and checks what is there. A damaged file is set aside, named in
    /// the log and in <see cref="Status"/>, and the rest serves.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Another process has the folder open.</exception>
    public static async Task<DuckDbStore> OpenAsync(DuckDbStoreOptions options, TimeProvider time, ILogger? logger, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        if (!options.ReadOnly)
        {
            Directory.CreateDirectory(options.Folder);
        }
        else if (!Directory.Exists(options.Folder))
        {
            throw new DirectoryNotFoundException($"There is no data folder {options.Folder} to read.");
        }

        var folderLock = options.ReadOnly ? FolderLock.Share(options.Folder) : FolderLock.Take(options.Folder);
        var store = new DuckDbStore(options, folderLock, time, logger ?? NullLogger.Instance);
        try
        {
            await store.StartAsync(cancellationToken);
            Log.Opened(store._logger, options.Folder, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public StoreStatus Status()
    {
        var problems = _problems.All().ToList();
        if (!_options.ReadOnly && _disk.IsLow)
        {
            problems.Add($"The disk of {_options.Folder} is nearly full: new telemetry is refused until space is free.");
        }

        problems.AddRange(OpenMetrics.Problems());
        return new StoreStatus([_spans.Status(), OpenMetrics.Status(), _logs.Status()], problems);
    }

    /// <summary>How the writers of spans and log records have done since the start, for the process's own metrics.</summary>
    public IReadOnlyList<CommitStatistics> Commits() => [Statistics(Signal.Traces, _spans.Writer.Commits), Statistics(Signal.Logs, _logs.Writer.Commits)];

    /// <inheritdoc/>
    public async Task SweepAsync(long nowNanos, CancellationToken cancellationToken)
    {
        if (_options.ReadOnly)
        {
            throw new StoreUnavailableException("The store is open for reading only.");
        }

        await _spans.SweepAsync(nowNanos, cancellationToken);
        await _logs.SweepAsync(nowNanos, cancellationToken);
        await OpenMetrics.SweepAsync(nowNanos, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task BackupAsync(string directory, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var existed = Directory.Exists(directory);
        if (existed && Directory.EnumerateFileSystemEntries(directory).Any())
        {
            throw new IOException($"The folder {directory} is not empty: choose a new one for the backup.");
        }

        Directory.CreateDirectory(directory);
        var total = new BackupProgress(progress, _sessions.BytesOnDisk() + _spans.BytesOnDisk() + _logs.BytesOnDisk() + OpenMetrics.Status().Bytes);
        try
        {
            // What is derived first, sessions and some metrics: its progress must not be ahead of the telemetry that is copied after it.
            await _sessions.BackupAsync(directory, total, cancellationToken);
            await OpenMetrics.BackupAsync(directory, cancellationToken);
            await _spans.BackupAsync(directory, total, cancellationToken);
            await _logs.BackupAsync(directory, total, cancellationToken);
            total.Complete();
        }
        catch
        {
            RemoveCopies(directory, existed);
            throw;
        }
    }

    /// <summary>Finishes what waits, moves everything into columns, and gives the folder free.</summary>
    public async ValueTask DisposeAsync()
    {
        await _readers.DisposeAsync();
        await (_metrics?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _spans.DisposeAsync();
        await _logs.DisposeAsync();
        await _sessions.DisposeAsync();
        _root.Dispose();
        _lock.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        using var connection = _root.Connect();
        await _spans.StartAsync(connection, cancellationToken);
        await _logs.StartAsync(connection, cancellationToken);
        _sessions.Open(connection, _problems);
        var limits = new MetricStoreOptions
        {
            MaxSeries = _options.MaxSeries,
            MaxActiveSeries = _options.MaxActiveSeries,
            MaxActiveSeriesPerMetric = _options.MaxActiveSeriesPerMetric,
            KeepFor = _options.KeepMetrics,
            MaxBytes = _options.MaxMetricBytes == 0 ? long.MaxValue : _options.MaxMetricBytes,
            IsReadOnly = _options.ReadOnly,
            BeforeWrite = _disk.ThrowIfLow,
        };
        _metrics = await MetricStore.OpenAsync(_root, _readers, _options.Folder, limits, _time);
    }

    private static CommitStatistics Statistics(Signal signal, CommitTimes commits)
    {
        var (count, total, longest) = commits.Read();
        return new CommitStatistics(signal, count, total, longest);
    }

    private static void RemoveCopies(string directory, bool keepFolder)
    {
        Directory.Delete(directory, recursive: true);
        if (keepFolder)
        {
            Directory.CreateDirectory(directory);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Opened the store in {Folder} in {Milliseconds} ms")]
        public static partial void Opened(ILogger logger, string folder, double milliseconds);
    }
}
