using System.Globalization;
using Gander.Storage.DuckDb.Native;
using Gander.Storage.DuckDb.Records;
using Gander.Telemetry;
using Microsoft.Extensions.Logging;

namespace Gander.Storage.DuckDb.Files;

/// <summary>
/// The files of one signal that are attached: found at start, made as days come, dropped as they age, set aside when
/// damaged. Thread-safe.
/// </summary>
internal sealed partial class SignalFiles<TBatch>(DuckDbRoot root, RecordTable<TBatch> table, DuckDbStoreOptions options, Problems problems, ILogger logger)
    where TBatch : TelemetryBatch, new()
{
    /// <summary>Added to the next number when a file is lost that may have held the highest one, because numbers are never given twice.</summary>
    private const long LostNumbers = 1_000_000;

    private readonly Lock _lock = new();
    private readonly List<SignalFile> _detached = [];
    private SignalFile[] _files = [];
    private long _lostSequence;

    /// <summary>The number the next export gets.</summary>
    public long NextSequence
    {
        get
        {
            lock (_lock)
            {
                return _lostSequence + _files.Concat(_detached).Select(file => file.Stats.LastSequence).DefaultIfEmpty(0).Max() + 1;
            }
        }
    }

    /// <summary>The attached files, oldest day first.</summary>
    public IReadOnlyList<SignalFile> All
    {
        get
        {
            lock (_lock)
            {
                return _files;
            }
        }
    }

    /// <summary>Attaches every file of this signal in the folder. A damaged one is set aside and the rest serves.</summary>
    public void Open(DuckConnection connection)
    {
        foreach (var path in Directory.EnumerateFiles(options.Folder).Order(StringComparer.Ordinal))
        {
            if (SignalFile.TryParse(Path.GetFileName(path), table.Name, out var day, out var half))
            {
                var file = new SignalFile(options.Folder, table.Name, day, half);
                if (TryAttach(connection, file))
                {
                    Add(file);
                }
            }
        }
    }

    /// <summary>The file of this half of the day, made if need be.</summary>
    /// <exception cref="DuckException">It cannot be made.</exception>
    public SignalFile GetOrCreate(DuckConnection connection, DateOnly day, char half, long firstSequence)
    {
        var file = All.FirstOrDefault(file => file.Day == day && file.Half == half);
        if (file is not null)
        {
            return file;
        }

        file = new SignalFile(options.Folder, table.Name, day, half);
        root.Attach(file.Path, file.Name);
        try
        {
            FileSchema.Prepare(connection, file.Name, table, firstSequence);
            file.Stats = FileStats.Empty(firstSequence);
        }
        catch (DuckException)
        {
            root.Detach(file.Name);
            Delete(file);
            throw;
        }

        Add(file);
        return file;
    }

    /// <summary>Leases every file that may hold records of the range, or all that hold any; the caller releases them.</summary>
    public List<SignalFile> Lease(TimeRange range)
    {
        lock (_lock)
        {
            return [.. _files.Where(file => file.MayHold(range) && file.TryLease())];
        }
    }

    /// <summary>Leases every file that has exports numbered above <paramref name="sequence"/>.</summary>
    public List<SignalFile> LeaseAfter(long sequence)
    {
        lock (_lock)
        {
            return [.. _files.Where(file => file.Stats.Records > 0 && file.Stats.LastSequence > sequence && file.TryLease())];
        }
    }

    /// <summary>Drops a file: no new reader sees it, and it is deleted when the last has gone.</summary>
    public void Drop(SignalFile file)
    {
        Remove(file);
        file.Retire(() =>
        {
            root.Detach(file.Name);
            Delete(file);
        });
    }

    /// <summary>Puts a damaged file out of use, keeps it under another name, and says so.</summary>
    public void SetAside(SignalFile file, string reason)
    {
        Remove(file);
        if (file.Retire(() =>
        {
            TryDetach(file);
            Rename(file);
        }))
        {
            ReportDamage(file, reason);
        }
    }

    /// <summary>
    /// Attaches a file anew that the engine gave up at a checkpoint. Readers that come meanwhile wait; none may write to it.
    /// </summary>
    /// <exception cref="DuckException">It cannot be opened now; it is out of use until <see cref="ReopenDetached"/> can.</exception>
    public void Reattach(DuckConnection connection, SignalFile file)
    {
        using var unread = new ManualResetEventSlim();
        if (!file.Retire(unread.Set))
        {
            return;
        }

        // Whoever reads it now fails at once, as the engine answers nothing about it any more.
        unread.Wait();
        lock (_lock)
        {
            _files = [.. _files.Where(other => other != file)];
            _detached.Add(file);
            TryDetach(file);
            ReopenDetached(connection);
        }
    }

    /// <summary>Attaches files that could not be attached when the engine gave them up.</summary>
    /// <exception cref="DuckException">One still cannot be opened.</exception>
    public void ReopenDetached(DuckConnection connection)
    {
        lock (_lock)
        {
            foreach (var file in _detached.ToList())
            {
                var reopened = new SignalFile(options.Folder, table.Name, file.Day, file.Half);
                root.Attach(reopened.Path, reopened.Name);
                reopened.Stats = FileSchema.ReadStats(connection, reopened.Name, table.Name);
                _detached.Remove(file);
                Add(reopened);
            }
        }
    }

    /// <summary>Detaches every file that no one reads.</summary>
    public void Close()
    {
        foreach (var file in All)
        {
            Remove(file);
            file.Retire(() => TryDetach(file));
        }
    }

    private bool TryAttach(DuckConnection connection, SignalFile file)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                root.Attach(file.Path, file.Name);
                if (!options.ReadOnly)
                {
                    FileSchema.Prepare(connection, file.Name, table, NextSequence);
                }

                file.Stats = FileSchema.ReadStats(connection, file.Name, table.Name);
                return true;
            }
            catch (DuckException error)
            {
                TryDetach(file);
                if (options.ReadOnly)
                {
                    ReportDamage(file, error.Message);
                    return false;
                }

                // A log that cannot be replayed costs what it held; the columns before it still serve.
                if (attempt == 0 && File.Exists(file.LogPath))
                {
                    var aside = AsideName(file.LogPath);
                    File.Move(file.LogPath, aside);
                    Lost(file, $"The log of {Path.GetFileName(file.Path)} is damaged; its newest records are lost and it is kept as {Path.GetFileName(aside)}.", error.Message);
                    continue;
                }

                Rename(file);
                ReportDamage(file, error.Message);
                return false;
            }
        }
    }

    private void ReportDamage(SignalFile file, string reason) => Lost(
        file, $"The file {Path.GetFileName(file.Path)} is damaged and out of use; it is kept beside the others with \"damaged\" in its name.", reason);

    private void Lost(SignalFile file, string problem, string reason)
    {
        lock (_lock)
        {
            _lostSequence = LostNumbers;
        }

        problems.Add(file.Path, problem);
        Log.Damaged(logger, file.Path, reason);
    }

    private void Add(SignalFile file)
    {
        lock (_lock)
        {
            _files = [.. _files.Append(file).OrderBy(other => other.Day).ThenBy(other => other.Half)];
        }
    }

    private void Remove(SignalFile file)
    {
        lock (_lock)
        {
            _files = [.. _files.Where(other => other != file)];
        }
    }

    private void TryDetach(SignalFile file)
    {
        try
        {
            root.Detach(file.Name);
        }
        catch (DuckException)
        {
            // It was not attached.
        }
    }

    private static void Delete(SignalFile file)
    {
        foreach (var path in Parts(file))
        {
            File.Delete(path);
        }
    }

    private static void Rename(SignalFile file)
    {
        foreach (var path in Parts(file))
        {
            File.Move(path, AsideName(path));
        }
    }

    // The engine keeps its log, and at times a second one, beside the file under longer names.
    private static string[] Parts(SignalFile file) => Directory.GetFiles(Path.GetDirectoryName(file.Path)!, Path.GetFileName(file.Path) + "*")
        .Where(path => path == file.Path || path.StartsWith(file.Path + ".", StringComparison.Ordinal) && !path.Contains(".damaged-", StringComparison.Ordinal))
        .ToArray();

    private static string AsideName(string path)
    {
        for (var number = 1; ; number++)
        {
            var aside = string.Create(CultureInfo.InvariantCulture, $"{path}.damaged-{number}");
            if (!File.Exists(aside))
            {
                return aside;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The file {Path} is damaged and set aside: {Reason}")]
        public static partial void Damaged(ILogger logger, string path, string reason);
    }
}
