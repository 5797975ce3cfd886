using System.Globalization;
using Gander.Storage.DuckDb.Metrics.Codec;
using Gander.Storage.DuckDb.Metrics.Files;
using Gander.Storage.DuckDb.Metrics.Log;
using Gander.Storage.DuckDb.Metrics.Series;
using Gander.Storage.DuckDb.Native;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Metrics;

/// <summary>
/// The metric side of the embedded store. A write is one record in the log and then in memory; every hour the points in
/// memory are cut into chunks in the day's file, and the log behind them is deleted. One thread writes, one cuts, and the
/// readers of the store read. After a crash the registry, the files and the log together give what was acknowledged.
/// </summary>
internal sealed partial class MetricStore : IMetricStore, IAsyncDisposable
{
    private const string LogFolder = "metrics-log";
    private const byte HeaderRecord = 1;
    private const int MaxQueuedWrites = 1_024;
    private const long CutRetryNanos = 30_000_000_000;
    private const long ClockTolerance = 86_400_000_000_000;

    private readonly MetricStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly DuckWorkers _readers;
    private readonly DuckWorkers _writer;
    private readonly DuckWorkers _cutter;
    private readonly SeriesRegistry _registry = new();
    private readonly Head _head;
    private readonly HeadLog _log;
    private readonly MetricFiles _files;
    private readonly RegistryFile _registryFile;
    private readonly ExportMemory _exports;
    private readonly WriteRecord _record;
    private readonly SemaphoreSlim _cutGate = new(1);
    private readonly List<string> _openProblems = [];
    private readonly CancellationTokenSource _closing = new();
    private Task _backgroundCut = Task.CompletedTask;
    private MetricCut? _unfinished;
    private string? _writeProblem;
    private string? _cutProblem;
    private long _sequence;
    private long _headSinceNanos = long.MaxValue;
    private long _cutRetryNanos = long.MinValue;
    private DateOnly _registryDay;

    private MetricStore(DuckDbRoot root, DuckWorkers readers, string folder, MetricStoreOptions options, TimeProvider time)
    {
        (_options, _time, _readers) = (options, time, readers);
        _head = new Head(_registry);
        _log = new HeadLog(Path.Combine(folder, LogFolder));
        _files = new MetricFiles(root, folder, options.IsReadOnly);
        _registryFile = new RegistryFile(Path.Combine(folder, "metrics-series.bin"));
        _exports = new ExportMemory(options.RememberExports, options.MaxRememberedExports);
        _record = new WriteRecord(_registry, _head, new SeriesAdmission(_registry, _head, options), options.MaxBuckets);
        _writer = new DuckWorkers(root, "metric writer", 1, MaxQueuedWrites);
        _cutter = new DuckWorkers(root, "metric cutter", 1, MaxQueuedWrites);
    }

    private long NowNanos => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;

    /// <summary>Opens the metrics in <paramref name="folder"/> and recovers what the log holds.</summary>
    /// <param name="root">The engine.</param>
    /// <param name="readers">Threads that read; they belong to the caller and outlive this store.</param>
    /// <param name="folder">The store's folder; it exists.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">The clock.</param>
    public static async Task<MetricStore> OpenAsync(DuckDbRoot root, DuckWorkers readers, string folder, MetricStoreOptions options, TimeProvider time)
    {
        if (!options.IsReadOnly)
        {
            Directory.CreateDirectory(Path.Combine(folder, LogFolder));
        }

        var store = new MetricStore(root, readers, folder, options, time);
        try
        {
            await store._cutter.RunAsync(
                connection =>
                {
                    store.Recover(connection);
                    return true;
                },
                CancellationToken.None);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<WriteOutcome> WriteAsync(IReadOnlyList<MetricBatch> batches, CancellationToken cancellationToken)
    {
        if (_options.IsReadOnly)
        {
            throw new StoreUnavailableException("The store is read-only.");
        }

        _options.BeforeWrite();
        if (_head.PointCount + _head.CuttingCount >= 2 * _options.MaxHeadPoints)
        {
            await Volatile.Read(ref _backgroundCut).WaitAsync(cancellationToken);
        }

        return await _writer.RunAsync(_ => Write(batches), cancellationToken);
    }

    /// <summary>What is stored. Cheap.</summary>
    public SignalStatus Status()
    {
        var files = _files.All;
        var (oldest, newest) = Extent();
        return new SignalStatus(
            Signal.Metrics,
            files.Sum(file => file.Points) + _head.PointCount + _head.CuttingCount,
            files.Sum(file => file.Bytes) + _log.TotalBytes + _registryFile.Bytes,
            files.Count,
            oldest,
            newest,
            !_options.IsReadOnly && Volatile.Read(ref _writeProblem) is null);
    }

    /// <summary>What a person should know, in sentences.</summary>
    public IReadOnlyList<string> Problems() =>
        [.. _openProblems, .. _files.Problems, .. new[] { Volatile.Read(ref _cutProblem), Volatile.Read(ref _writeProblem) }.OfType<string>()];

    /// <summary>Copies a consistent state into <paramref name="folder"/>; writes and reads go on, cuts wait.</summary>
    public async Task BackupAsync(string folder, CancellationToken cancellationToken)
    {
        await _cutGate.WaitAsync(cancellationToken);
        try
        {
            await _cutter.RunAsync(
                connection =>
                {
                    _files.CopyTo(connection, folder, cancellationToken);
                    if (File.Exists(_registryFile.Path))
                    {
                        File.Copy(_registryFile.Path, Path.Combine(folder, Path.GetFileName(_registryFile.Path)));
                    }

                    return true;
                },
                cancellationToken);

            // What a segment holds by now never changes: the first bytes can be copied while more are appended.
            var segments = await _writer.RunAsync(_ => _log.Files.ToList(), cancellationToken);
            await LogCopy.ToAsync(segments, Path.Combine(folder, LogFolder), cancellationToken);
        }
        finally
        {
            _cutGate.Release();
        }
    }

    /// <summary>Finishes what runs and closes the log. Points in memory stay in the log.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await Volatile.Read(ref _backgroundCut);
        await _writer.DisposeAsync();
        await _cutter.DisposeAsync();
        _log.Dispose();
        _files.Dispose();
        _cutGate.Dispose();
        _closing.Dispose();
    }

    private (long? OldestNanos, long? NewestNanos) Extent()
    {
        var files = _files.All;
        var oldest = files.Select(file => file.MinTime).Append(_head.OldestNanos).Min();
        var newest = files.Select(file => file.MaxTime).Append(_head.NewestNanos).Max();
        return (oldest == long.MaxValue ? null : oldest, newest == long.MinValue ? null : newest);
    }

    private void Recover(DuckConnection connection)
    {
        _files.Open(connection);
        if (_registryFile.Load(_registry, _options.IsReadOnly) is { } problem)
        {
            _openProblems.Add(problem);
        }

        _files.ReadSeriesTimes(connection, _registryFile.CoveredCut, (id, first, last, arrived) =>
        {
            if (_registry.ById(id) is { } entry)
            {
                entry.FirstNanos = Math.Min(entry.FirstNanos, first);
                entry.LastNanos = Math.Max(entry.LastNanos, last);
                entry.ArrivedNanos = Math.Max(entry.ArrivedNanos, arrived);
            }
        });
        _openProblems.AddRange(_log.Recover(_files.LastCut, _options.IsReadOnly, Replay));
        if (_head.LostPoints > 0)
        {
            _openProblems.Add(string.Create(CultureInfo.InvariantCulture, $"{_head.LostPoints} points in the metric log belong to series whose definition was damaged, and are lost."));
        }

        new LayoutFinder(_registry, _files).Find(connection);
        _registryDay = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
        _headSinceNanos = _head.PointCount > 0 ? NowNanos : long.MaxValue;
        if (!_options.IsReadOnly)
        {
            _exports.Forget(NowNanos);
            _log.Rotate(Header());
        }
    }

    private void Replay(ReadOnlySpan<byte> payload)
    {
        var reader = new ByteReader(payload);
        if (reader.ReadByte() == HeaderRecord)
        {
            _registry.ReserveIds((int)reader.ReadVarint());
            _sequence = Math.Max(_sequence, (long)reader.ReadVarint());
            _exports.Read(ref reader);
            return;
        }

        Definitions.Read(ref reader, _registry, arePersisted: false);
        _head.Apply(ref reader, Remember);
    }

    private void Remember(ExportFingerprint fingerprint, long arrivedNanos, long sequence)
    {
        _exports.Add(fingerprint, arrivedNanos);
        _sequence = Math.Max(_sequence, sequence);
    }

    private byte[] Header()
    {
        var writer = new ByteWriter();
        writer.WriteByte(HeaderRecord);
        writer.WriteVarint((ulong)_registry.NextId);
        writer.WriteVarint((ulong)_sequence);
        _exports.Write(writer);
        return writer.Written.ToArray();
    }

    private WriteOutcome Write(IReadOnlyList<MetricBatch> batches)
    {
        if (_head.PointCount + _head.CuttingCount >= 2 * _options.MaxHeadPoints)
        {
            throw new StoreUnavailableException("More points wait in memory than may be, because they cannot be moved to disk.");
        }

        var now = NowNanos;
        _exports.Forget(now);
        var stored = new bool[batches.Count];
        var refusals = new List<PointRefusal>();
        var seen = new HashSet<ExportFingerprint>();
        var sequence = _sequence;
        _record.Begin();
        for (var i = 0; i < batches.Count; i++)
        {
            var fingerprint = batches[i].Fingerprint;
            stored[i] = !_exports.Contains(fingerprint) && (fingerprint == default || seen.Add(fingerprint));
            if (stored[i])
            {
                refusals.AddRange(_record.Add(batches[i], i, ++sequence, now));
            }
        }

        if (sequence > _sequence)
        {
            _record.Finish();
            Append();
            var reader = new ByteReader(_record.Exports.Span);
            _head.Apply(ref reader, Remember);
            _headSinceNanos = Math.Min(_headSinceNanos, now);
            StartCutIfDue();
        }

        return new WriteOutcome(_sequence, stored) { Refusals = refusals };
    }

    private void Append()
    {
        try
        {
            if (_log.SegmentBytes >= _options.MaxSegmentBytes)
            {
                _log.Rotate(Header());
            }

            _log.Append(_record.Definitions, _record.Exports);
            _record.Written();
            Volatile.Write(ref _writeProblem, null);
        }
        catch (StoreUnavailableException exception)
        {
            Volatile.Write(ref _writeProblem, $"Metrics are refused: {exception.Message}");
            throw;
        }
    }
}
