using System.Globalization;
using System.Text;
using Gander.Storage.DuckDb.Metrics.Codec;
using Gander.Storage.DuckDb.Metrics.Series;
using Gander.Storage.DuckDb.Native;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Metrics.Files;

/// <summary>
/// The chunks on disk: a file a day, each cut one transaction. A cut is known by the last log segment whose points it holds,
/// so that the commit itself says which segments may be forgotten. Reads may come from any thread; the rest from one.
/// </summary>
internal sealed class MetricFiles : IDisposable
{
    private const string Prefix = "metrics-";
    private const string Suffix = ".db";
    private const int Format = MetricFile.WithMetrics;
    private const byte ExemplarBit = 0x80;
    private const byte FormBits = 0x0f;
    private const int MaxSpread = 16;

    private readonly DuckDbRoot _root;
    private readonly string _folder;
    private readonly bool _isReadOnly;
    private readonly ReaderWriterLockSlim _attached = new();
    private readonly List<string> _problems = [];
    private volatile MetricFile[] _files = [];

    /// <summary>Files of a folder; nothing is opened before <see cref="Open"/>.</summary>
    public MetricFiles(DuckDbRoot root, string folder, bool isReadOnly) => (_root, _folder, _isReadOnly) = (root, folder, isReadOnly);

    /// <summary>All files, oldest first.</summary>
    public IReadOnlyList<MetricFile> All => _files;

    /// <summary>The last cut on disk, or 0.</summary>
    public long LastCut => _files.Length == 0 ? 0 : _files.Max(file => file.LastCut);

    /// <summary>What is wrong with files, in sentences.</summary>
    public IReadOnlyList<string> Problems
    {
        get
        {
            lock (_problems)
            {
                return [.. _problems];
            }
        }
    }

    /// <summary>Attaches all files; those that cannot be read are set aside.</summary>
    public void Open(DuckConnection connection)
    {
        foreach (var path in Directory.GetFiles(_folder, Prefix + "*" + Suffix).Order(StringComparer.Ordinal))
        {
            var day = Path.GetFileNameWithoutExtension(path)[Prefix.Length..];
            if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                continue;
            }

            var name = NameOf(day);
            try
            {
                _root.Attach(path, name);
            }
            catch (DuckException error)
            {
                SetAside(path, error);
                continue;
            }

            try
            {
                _files = [.. _files, Describe(connection, name, path, EndOf(date))];
            }
            catch (DuckException error)
            {
                _root.Detach(name);
                SetAside(path, error);
            }
        }
    }

    /// <summary>
    /// Writes a cut in one transaction and moves it into columns.
    /// </summary>
    /// <param name="connection">The connection that writes.</param>
    /// <param name="day">The day, UTC.</param>
    /// <param name="cut">Its number.</param>
    /// <param name="series">The series with their points in memory; those of one metric come to lie together, since queries ask by metric.</param>
    public void Write(DuckConnection connection, DateOnly day, long cut, IReadOnlyList<SeriesEntry> series)
    {
        var file = GetOrCreate(connection, day);
        var written = file with { LastCut = cut };
        connection.Execute("BEGIN TRANSACTION");
        try
        {
            using (var appender = new ChunkAppender(connection, file.Name, "chunks"))
            {
                var sealer = new HeadSealer();
                foreach (var entry in series.OrderBy(entry => entry.Metric.Key).ThenBy(entry => entry.Series.Id))
                {
                    foreach (var chunk in sealer.Seal(entry.Cutting!))
                    {
                        Append(appender, file, entry, cut, chunk);
                        written = written with
                        {
                            Points = written.Points + chunk.Count,
                            MinTime = Math.Min(written.MinTime, chunk.MinTime),
                            MaxTime = Math.Max(written.MaxTime, chunk.MaxTime),
                        };
                    }
                }

                appender.Flush();
            }

            connection.Execute(
                $"INSERT INTO {file.Name}.cuts VALUES (?, ?, ?, ?)",
                SqlValue.Of(cut), SqlValue.Of(written.Points), SqlValue.Of(written.MinTime), SqlValue.Of(written.MaxTime));
            connection.Execute("COMMIT");
        }
        catch
        {
            Rollback(connection);
            throw;
        }

        Replace(file, written);
        Checkpoint(connection, file);
    }

    // The cut is committed: a checkpoint that fails costs time at the next start and nothing else.
    private void Checkpoint(DuckConnection connection, MetricFile file)
    {
        try
        {
            connection.Execute($"CHECKPOINT {file.Name}");
        }
        catch (DuckException error) when (error.IsGivenUp)
        {
            _attached.EnterWriteLock();
            try
            {
                _root.Reattach(file.Path, file.Name);
            }
            finally
            {
                _attached.ExitWriteLock();
            }
        }
    }

    /// <summary>
    /// Finds the chunks of series that have points in a range, in no order, and copies them to <paramref name="slabs"/>.
    /// </summary>
    /// <param name="connection">The connection that reads.</param>
    /// <param name="positions">The position of each series id.</param>
    /// <param name="metric">The <see cref="MetricInfo.Key"/> of all these series when it is one, else null.</param>
    /// <param name="range">Times of points.</param>
    /// <param name="onlyExemplars">Whether chunks without exemplars are left out.</param>
    /// <param name="slabs">Keeps the bytes.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public ChunkList Read(
        DuckConnection connection, IReadOnlyDictionary<int, int> positions, int? metric, TimeRange range, bool onlyExemplars, ByteSlabs slabs, CancellationToken cancellationToken)
    {
        var found = new ChunkList();
        if (positions.Count == 0)
        {
            return found;
        }

        _attached.EnterReadLock();
        try
        {
            string? condition = null;
            foreach (var file in _files)
            {
                if (file.IsDamaged || file.MinTime >= range.EndNanos || file.MaxTime < range.StartNanos)
                {
                    continue;
                }

                var before = found.Count;
                try
                {
                    condition ??= Condition(positions) + (onlyExemplars ? $" AND kind >= {ExemplarBit}" : "");
                    var ofMetric = metric is { } key && file.Format >= MetricFile.WithMetrics ? string.Create(CultureInfo.InvariantCulture, $" AND metric = {key}") : "";
                    Read(connection, file, condition + ofMetric, positions, range, slabs, found, cancellationToken);
                }
                catch (DuckException error) when (error.IsDamage)
                {
                    found.Truncate(before);
                    Replace(file, file with { IsDamaged = true });
                    Report($"The metric file {Path.GetFileName(file.Path)} is damaged and left out of queries: {error.Message}");
                }
            }
        }
        finally
        {
            _attached.ExitReadLock();
        }

        return found;
    }

    /// <summary>The times that series cover in cuts after <paramref name="cut"/>, and about when those points arrived.</summary>
    public void ReadSeriesTimes(DuckConnection connection, long cut, Action<int, long, long, long> accept)
    {
        foreach (var file in _files.Where(file => file.LastCut > cut))
        {
            using var rows = connection.Query(
                $"SELECT series_id, min(t0), max(t1) FROM {file.Name}.chunks WHERE cut > ? GROUP BY series_id", [SqlValue.Of(cut)], CancellationToken.None);
            while (rows.NextChunk())
            {
                var (ids, first, last) = (rows.Column(0), rows.Column(1), rows.Column(2));
                for (var row = 0; row < rows.Count; row++)
                {
                    accept(ids.Int32(row), first.Int64(row), last.Int64(row), file.EndNanos);
                }
            }
        }
    }

    /// <summary>Deletes files whose points are all before <paramref name="cutoffNanos"/>, then the oldest while all together are over <paramref name="maxBytes"/>; the newest stays.</summary>
    public void Sweep(long cutoffNanos, long maxBytes, CancellationToken cancellationToken)
    {
        foreach (var file in _files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isOld = file.NewestNanos < cutoffNanos && !file.IsDamaged;
            if (isOld || (_files.Length > 1 && file == _files[0] && _files.Sum(each => each.Bytes) > maxBytes))
            {
                Delete(file);
            }
        }
    }

    /// <summary>Copies all files; nothing may be cut meanwhile.</summary>
    public void CopyTo(DuckConnection connection, string folder, CancellationToken cancellationToken)
    {
        foreach (var file in _files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!_isReadOnly && !file.IsDamaged)
            {
                Checkpoint(connection, file);
            }

            foreach (var path in new[] { file.Path, file.LogPath }.Where(File.Exists))
            {
                File.Copy(path, Path.Combine(folder, Path.GetFileName(path)));
            }
        }
    }

    /// <summary>Releases the lock; the files stay attached until the root is closed.</summary>
    public void Dispose() => _attached.Dispose();

    private static long EndOf(DateOnly day) => (day.AddDays(1).ToDateTime(TimeOnly.MinValue) - DateTime.UnixEpoch).Ticks * 100;

    private static string NameOf(string day) => "metrics_" + day.Replace("-", "", StringComparison.Ordinal);

    // A list of thousands of ids costs the engine many times what the few rows between them cost that nobody asked for.
    private static string Condition(IReadOnlyDictionary<int, int> positions)
    {
        var ids = positions.Keys;
        var (least, greatest) = (ids.Min(), ids.Max());
        if ((long)greatest - least < (long)MaxSpread * positions.Count)
        {
            return string.Create(CultureInfo.InvariantCulture, $"BETWEEN {least} AND {greatest}");
        }

        var text = new StringBuilder("IN (");
        foreach (var id in ids)
        {
            text.Append(CultureInfo.InvariantCulture, $"{id},");
        }

        text[^1] = ')';
        return text.ToString();
    }

    private static void Append(ChunkAppender appender, MetricFile file, SeriesEntry entry, long cut, Chunk chunk)
    {
        appender.Int32(0, entry.Series.Id);
        appender.Int64(1, chunk.MinTime);
        appender.Int64(2, chunk.MaxTime);
        appender.Int32(3, chunk.Count);
        appender.UInt8(4, (byte)((byte)chunk.Form | (chunk.HasExemplars ? ExemplarBit : 0)));
        appender.Int64(5, cut);
        appender.Blob(6, chunk.Times);
        appender.Blob(7, chunk.Data);
        if (file.Format >= MetricFile.WithMetrics)
        {
            appender.Int32(8, entry.Metric.Key);
        }

        appender.EndRow();
    }

    private static void Rollback(DuckConnection connection)
    {
        try
        {
            connection.Execute("ROLLBACK");
        }
        catch (DuckException)
        {
            // The engine has already rolled back.
        }
    }

    private static void Read(
        DuckConnection connection, MetricFile file, string ids, IReadOnlyDictionary<int, int> positions, TimeRange range, ByteSlabs slabs, ChunkList found, CancellationToken cancellationToken)
    {
        using var rows = connection.Query(
            $"SELECT series_id, t0, t1, points, kind, cut, times, data FROM {file.Name}.chunks WHERE series_id {ids} AND t1 >= ? AND t0 < ?",
            [SqlValue.Of(range.StartNanos), SqlValue.Of(range.EndNanos)],
            cancellationToken);
        ReadOnlyMemory<byte> lastTimes = default;
        while (rows.NextChunk())
        {
            var (series, first, last, points) = (rows.Column(0), rows.Column(1), rows.Column(2), rows.Column(3));
            var (kinds, cuts, times, data) = (rows.Column(4), rows.Column(5), rows.Column(6), rows.Column(7));
            for (var row = 0; row < rows.Count; row++)
            {
                if (!positions.TryGetValue(series.Int32(row), out var position))
                {
                    continue;
                }

                var timesBytes = times.Bytes(row);
                if (!timesBytes.SequenceEqual(lastTimes.Span))
                {
                    lastTimes = slabs.Add(timesBytes);
                }

                found.Add(new StoredChunk(
                    position, cuts.Int64(row), (PointForm)(kinds.UInt8(row) & FormBits), points.Int32(row), first.Int64(row), last.Int64(row), lastTimes, slabs.Add(data.Bytes(row))));
            }
        }
    }

    private MetricFile GetOrCreate(DuckConnection connection, DateOnly day)
    {
        var text = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var name = NameOf(text);
        var existing = _files.FirstOrDefault(file => file.Name == name);
        if (existing is { LastCut: > 0 })
        {
            return existing;
        }

        var path = Path.Combine(_folder, Prefix + text + Suffix);
        if (existing is null)
        {
            _root.Attach(path, name);
            existing = new MetricFile(name, path, EndOf(day), Format, 0, 0, long.MaxValue, long.MinValue);
            _files = [.. _files.Append(existing).OrderBy(file => file.Path, StringComparer.Ordinal)];
        }

        // Tables without a cut hold nothing, and may be of an older version.
        connection.Execute($"DROP TABLE IF EXISTS {name}.chunks");
        connection.Execute($"DROP TABLE IF EXISTS {name}.cuts");
        connection.Execute($"DROP TABLE IF EXISTS {name}.format");
        connection.Execute($"CREATE TABLE {name}.chunks (series_id INTEGER NOT NULL, t0 BIGINT NOT NULL, t1 BIGINT NOT NULL, points INTEGER NOT NULL, kind UTINYINT NOT NULL, cut BIGINT NOT NULL, times BLOB NOT NULL, data BLOB NOT NULL, metric INTEGER NOT NULL)");
        connection.Execute($"CREATE TABLE {name}.cuts (cut BIGINT NOT NULL, points BIGINT NOT NULL, t0 BIGINT NOT NULL, t1 BIGINT NOT NULL)");
        connection.Execute($"CREATE TABLE {name}.format (version INTEGER NOT NULL)");
        connection.Execute($"INSERT INTO {name}.format VALUES (?)", SqlValue.Of(Format));
        var created = existing with { Format = Format };
        Replace(existing, created);
        return created;
    }

    private static MetricFile Describe(DuckConnection connection, string name, string path, long endNanos)
    {
        if (connection.QueryInt64($"SELECT count(*) FROM duckdb_tables() WHERE database_name = ? AND table_name = 'cuts'", SqlValue.Of(name)) == 0)
        {
            // Made by a cut that did not get further.
            return new MetricFile(name, path, endNanos, Format, 0, 0, long.MaxValue, long.MinValue);
        }

        var format = (int)(connection.QueryInt64($"SELECT max(version)::BIGINT FROM {name}.format") ?? Format);
        if (format > Format)
        {
            throw new DuckException($"The file was written by a newer version (format {format}).");
        }

        return new MetricFile(
            name,
            path,
            endNanos,
            format,
            connection.QueryInt64($"SELECT max(cut) FROM {name}.cuts") ?? 0,
            connection.QueryInt64($"SELECT max(points) FROM {name}.cuts") ?? 0,
            connection.QueryInt64($"SELECT min(t0) FROM {name}.cuts") ?? long.MaxValue,
            connection.QueryInt64($"SELECT max(t1) FROM {name}.cuts") ?? long.MinValue);
    }

    private void Delete(MetricFile file)
    {
        _attached.EnterWriteLock();
        try
        {
            _root.Detach(file.Name);
            _files = [.. _files.Where(each => each.Name != file.Name)];
        }
        finally
        {
            _attached.ExitWriteLock();
        }

        File.Delete(file.Path);
        File.Delete(file.LogPath);
    }

    private void Replace(MetricFile old, MetricFile replacement)
    {
        lock (_problems)
        {
            _files = [.. _files.Select(file => file.Name == old.Name ? replacement : file)];
        }
    }

    private void SetAside(string path, DuckException error)
    {
        var aside = path + ".damaged";
        Report($"The metric file {Path.GetFileName(path)} cannot be read and is set aside as {Path.GetFileName(aside)}: {error.Message}");
        if (_isReadOnly)
        {
            return;
        }

        File.Move(path, aside, overwrite: true);
        if (File.Exists(path + ".wal"))
        {
            File.Move(path + ".wal", aside + ".wal", overwrite: true);
        }
    }

    private void Report(string problem)
    {
        lock (_problems)
        {
            _problems.Add(problem);
        }
    }
}
