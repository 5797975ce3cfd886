using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Gander.Storage.DuckDb.Files;
using Gander.Storage.DuckDb.Native;
using Gander.Storage.DuckDb.Records;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Queries;

/// <summary>
/// Answers queries about one signal. A query first finds which rows of which files it wants, reading nothing heavy, and
/// then reads those rows. A file that proves to be damaged is set aside and the answer comes from the rest. Thread-safe.
/// </summary>
internal sealed class SignalReader<TBatch>(SignalFiles<TBatch> files, RecordTable<TBatch> table, DuckWorkers workers, DuckDbStoreOptions options, TimeProvider time)
    where TBatch : TelemetryBatch, new()
{
    private const int MaxClusters = 64;
    private const int ClusterGap = 4_096;
    private const int ExportsPerRead = 1_000;
    private const int RecordsPerRead = 5_000;

    private readonly TraceLookup<TBatch> _traces = new(files, table.Name, workers, options);

    /// <summary>The newest records that meet the conditions, newest first.</summary>
    public Task<TBatch> FindAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        var filter = ConditionCompiler.Compile(table.Signal, query.Conditions);
        return RunAsync((connection, token) => Find(connection, query, filter, token), cancellationToken);
    }

    /// <summary>All records inside the range that meet one of the filters, which must exclude each other, earliest first.</summary>
    public Task<TBatch> ReadAsync(TimeRange near, RecordDetail detail, CancellationToken cancellationToken, params IReadOnlyList<SqlFilter> filters) => RunAsync(
        (connection, token) =>
        {
            var chunks = new List<StoredChunk>();
            try
            {
                var rows = new List<StoredRow>();
                var found = filters.Sum(filter => Read(connection, near, detail, filter, chunks, rows, token));
                rows.Sort(StoredRow.CompareByTime);
                var batch = Build(rows, options.MaxRecordsPerRead);
                batch.LeftOut = Math.Max(0, found - batch.Count);
                return batch;
            }
            finally
            {
                chunks.ForEach(chunk => chunk.Dispose());
            }
        },
        cancellationToken);

    /// <summary>
    /// Runs one statement a file over the records inside the range that meet the filter. The template names them as
    /// <see cref="SqlFilter.Rows"/>, with the columns given.
    /// </summary>
    public Task QueryFoundAsync(TimeRange near, SqlFilter filter, string columns, string template, Action<DuckRows> read, CancellationToken cancellationToken) => RunAsync(
        (connection, token) =>
        {
            var leased = files.Lease(near);
            try
            {
                // First where they lie, which reads few columns: all others are then read only there.
                foreach (var found in Count(connection, leased, near, filter, token).GroupBy(found => found.File))
                {
                    var sql = template.Replace(SqlFilter.Rows, SelectionOf(found, columns, filter), StringComparison.Ordinal);
                    Guard(found.Key, () =>
                    {
                        using var rows = connection.Query(sql, [.. filter.Values], token);
                        read(rows);
                    });
                }

                return true;
            }
            finally
            {
                leased.ForEach(file => file.Release());
                _traces.Extend();
            }
        },
        cancellationToken);

    /// <summary>Runs one statement a file of the range, and gives each its rows.</summary>
    public Task QueryFilesAsync(TimeRange near, SqlFilter statement, Action<DuckRows> read, CancellationToken cancellationToken) => RunAsync(
        (connection, token) =>
        {
            foreach (var file in files.Lease(near))
            {
                try
                {
                    Guard(file, () =>
                    {
                        using var rows = connection.Query(statement.For(file.Name), [.. statement.Values], token);
                        read(rows);
                    });
                }
                finally
                {
                    file.Release();
                }
            }

            return true;
        },
        cancellationToken);

    /// <inheritdoc cref="ISpanStore.ReadExportsAsync"/>
    public async IAsyncEnumerable<StoredExports<TBatch>> ReadExportsAsync(
        ExportRange exports, RecordDetail detail, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var wanted = exports;
            var (batch, last) = await RunAsync((connection, token) => ReadExports(connection, wanted, detail, token), cancellationToken);
            if (last == exports.After)
            {
                batch.Dispose();
                yield break;
            }

            exports = exports with { After = last };
            if (batch.Count == 0)
            {
                batch.Dispose();
                continue;
            }

            yield return new StoredExports<TBatch>(batch, last);
        }
    }

    private async Task<T> RunAsync<T>(Func<DuckConnection, CancellationToken, T> work, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.MaxQueryTime, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await workers.RunAsync(connection => work(connection, linked.Token), linked.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The query took longer than {options.MaxQueryTime.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s: ask for a shorter time range or more conditions.");
        }
    }

    private TBatch Find(DuckConnection connection, RecordQuery query, SqlFilter filter, CancellationToken cancellationToken)
    {
        var skip = query.After?.Skip ?? 0;
        var wanted = checked(query.Limit + skip);
        var lastNanos = query.After is { } after ? Math.Min(after.TimeNanos, query.Range.EndNanos - 1) : query.Range.EndNanos - 1;
        var leased = files.Lease(query.Range);
        try
        {
            var located = new List<LocatedRow>();
            foreach (var window in SearchWindows.Of(query.Range.StartNanos, lastNanos, [.. leased.Select(file => file.Stats)]))
            {
                LocateInWindow(connection, leased, window, filter, wanted, located, cancellationToken);
                if (located.Count == wanted)
                {
                    break;
                }
            }

            var passed = query.After is { } cursor ? Math.Min(skip, located.TakeWhile(row => row.TimeNanos == cursor.TimeNanos).Count()) : 0;
            return Fetch(connection, located[passed..Math.Min(located.Count, passed + query.Limit)], query.Detail, cancellationToken);
        }
        finally
        {
            leased.ForEach(file => file.Release());
        }
    }

    // What is found in a window is newer than everything outside it that has not been searched yet.
    private void LocateInWindow(
        DuckConnection connection,
        List<SignalFile> leased,
        (long First, long Last) window,
        SqlFilter filter,
        int wanted,
        List<LocatedRow> located,
        CancellationToken cancellationToken)
    {
        var (first, last) = window;
        foreach (var file in leased.Where(file => file.Stats.OldestNanos <= last && file.Stats.NewestNanos >= first).OrderByDescending(file => file.Stats.NewestNanos))
        {
            // A full answer that is newer than all of this file, and so of the files after it, cannot change any more.
            if (located.Count == wanted && file.Stats.NewestNanos < located[^1].TimeNanos)
            {
                break;
            }

            Guard(file, () => Locate(connection, file, first, last, filter, wanted, located, cancellationToken));
            located.Sort(LocatedRow.CompareNewestFirst);
            if (located.Count > wanted)
            {
                located.RemoveRange(wanted, located.Count - wanted);
            }
        }
    }

    private void Locate(
        DuckConnection connection, SignalFile file, long firstNanos, long lastNanos, SqlFilter filter, int limit, List<LocatedRow> located, CancellationToken cancellationToken)
    {
        var sql = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT time_ns, seq, rowid FROM {file.Name}.{table.Name}
            WHERE time_ns BETWEEN ${filter.Values.Count + 1} AND ${filter.Values.Count + 2} AND {filter.For(file.Name)}
            ORDER BY time_ns DESC, seq DESC, rowid DESC LIMIT {limit}
            """);
        using var rows = connection.Query(sql, [.. filter.Values, SqlValue.Of(firstNanos), SqlValue.Of(lastNanos)], cancellationToken);
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                located.Add(new LocatedRow(file, rows.Column(0).Int64(row), rows.Column(1).Int64(row), rows.Column(2).Int64(row)));
            }
        }
    }

    private TBatch Fetch(DuckConnection connection, List<LocatedRow> located, RecordDetail detail, CancellationToken cancellationToken)
    {
        var chunks = new List<StoredChunk>();
        try
        {
            var rows = new List<StoredRow>(located.Count);
            foreach (var group in located.GroupBy(row => row.File))
            {
                Guard(group.Key, () => ReadChunks(connection, group.Key, FetchStatement(group.Key, [.. group.OrderBy(row => row.RowId)], detail), [], detail, chunks, rows, cancellationToken));
            }

            rows.Sort(StoredRow.CompareNewestFirst);
            return Build(rows, located.Count);
        }
        finally
        {
            chunks.ForEach(chunk => chunk.Dispose());
        }
    }

    // A list of row ids skips nothing, and to skip by a range of them the engine prepares every column of every row group;
    // by time it skips for nothing. So rows far apart are read by ranges of their own, of both.
    private string FetchStatement(SignalFile file, List<LocatedRow> rows, RecordDetail detail)
    {
        var clusters = new List<List<LocatedRow>> { new() { rows[0] } };
        foreach (var row in rows.Skip(1))
        {
            if (row.RowId - clusters[^1][^1].RowId > ClusterGap && clusters.Count < MaxClusters)
            {
                clusters.Add([]);
            }

            clusters[^1].Add(row);
        }

        var sql = new StringBuilder();
        foreach (var cluster in clusters)
        {
            sql.Append(sql.Length == 0 ? "" : "\nUNION ALL ");
            sql.Append(
                CultureInfo.InvariantCulture,
                $"""
                SELECT {table.Selection(detail)} FROM {file.Name}.{table.Name}
                WHERE time_ns BETWEEN {cluster.Min(row => row.TimeNanos)} AND {cluster.Max(row => row.TimeNanos)} AND rowid BETWEEN {cluster[0].RowId} AND {cluster[^1].RowId}
                """);
            if (cluster.Count <= cluster[^1].RowId - cluster[0].RowId)
            {
                sql.Append(" AND rowid IN (").AppendJoin(", ", cluster.Select(row => row.RowId)).Append(')');
            }
        }

        return sql.ToString();
    }

    // Gives how many records there are, of which it may have read fewer.
    private long Read(
        DuckConnection connection, TimeRange near, RecordDetail detail, SqlFilter filter, List<StoredChunk> chunks, List<StoredRow> rows, CancellationToken cancellationToken)
    {
        var leased = files.Lease(near);
        var total = 0L;
        try
        {
            foreach (var found in Count(connection, leased, near, filter, cancellationToken).GroupBy(found => found.File))
            {
                var count = found.Sum(place => place.Count);
                total += count;
                var sql = SelectionOf(found, table.Selection(detail), filter);
                if (count > options.MaxRecordsPerRead)
                {
                    sql = string.Create(CultureInfo.InvariantCulture, $"SELECT * FROM ({sql}) ORDER BY time_ns, seq, rowid LIMIT {options.MaxRecordsPerRead}");
                }

                Guard(found.Key, () => ReadChunks(connection, found.Key, sql, [.. filter.Values], detail, chunks, rows, cancellationToken));
            }

            return total;
        }
        finally
        {
            leased.ForEach(file => file.Release());
            if (filter.Traces is not null)
            {
                _traces.Extend();
            }
        }
    }

    // What was counted, selected where it was found.
    private string SelectionOf(IEnumerable<FoundRows> found, string columns, SqlFilter filter) => string.Join("\nUNION ALL ", found.Select(place => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        SELECT {columns} FROM {place.File.Name}.{table.Name}
        WHERE time_ns BETWEEN {place.Times.First} AND {place.Times.Last} AND rowid BETWEEN {place.RowIds.First} AND {place.RowIds.Last} AND {filter.For(place.File.Name)}
        """)));

    // Which files have matching rows and between which row ids and times they lie, in one statement over all files.
    private List<FoundRows> Count(
        DuckConnection connection, List<SignalFile> leased, TimeRange near, SqlFilter filter, CancellationToken cancellationToken)
    {
        var found = new List<FoundRows>();
        if (leased.Count == 0)
        {
            return found;
        }

        try
        {
            CountIn(connection, leased, near, filter, found, cancellationToken);
        }
        catch (DuckException error) when (error.IsDamage)
        {
            found.Clear();
            foreach (var file in leased)
            {
                Guard(file, () => CountIn(connection, [file], near, filter, found, cancellationToken));
            }
        }

        return found;
    }

    private void CountIn(
        DuckConnection connection, List<SignalFile> among, TimeRange near, SqlFilter filter, List<FoundRows> found, CancellationToken cancellationToken)
    {
        // A condition that everything meets would keep the engine from comparing packed values.
        var value = filter.Values.Count;
        var isBounded = near != TimeRange.All;
        var bounds = isBounded ? string.Create(CultureInfo.InvariantCulture, $"time_ns >= ${value + 1} AND time_ns < ${value + 2} AND ") : "";
        var places = among.SelectMany(file => PlacesOf(file, filter, near)).ToList();
        var sql = new StringBuilder();
        for (var index = 0; index < places.Count; index++)
        {
            var place = places[index];
            sql.Append(sql.Length == 0 ? "" : "\nUNION ALL ");
            sql.Append(
                CultureInfo.InvariantCulture,
                $"SELECT {index}::BIGINT, count(*), min(rowid), max(rowid), min(time_ns), max(time_ns) FROM {place.File.Name}.{table.Name} WHERE {bounds}");
            if (!place.IsAll)
            {
                sql.Append(CultureInfo.InvariantCulture, $"seq BETWEEN {place.FirstSequence} AND {place.LastSequence} AND rowid BETWEEN {place.FirstRow} AND {place.LastRow} AND ");
            }

            sql.Append(filter.For(place.File.Name));
        }

        SqlValue[] values = isBounded ? [.. filter.Values, SqlValue.Of(near.StartNanos), SqlValue.Of(near.EndNanos)] : [.. filter.Values];
        using var rows = connection.Query(sql.ToString(), values, cancellationToken);
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                if (rows.Column(1).Int64(row) > 0)
                {
                    found.Add(new FoundRows(
                        places[(int)rows.Column(0).Int64(row)].File,
                        (rows.Column(2).Int64(row), rows.Column(3).Int64(row)),
                        (rows.Column(4).Int64(row), rows.Column(5).Int64(row)),
                        rows.Column(1).Int64(row)));
                }
            }
        }
    }

    private static List<RowPlace> PlacesOf(SignalFile file, SqlFilter filter, TimeRange near) =>
        filter.Traces is { } traces && file.Traces.Rows > 0 ? file.Traces.PlacesOf(file, traces, near) : [RowPlace.All(file)];

    private void ReadChunks(
        DuckConnection connection,
        SignalFile file,
        string sql,
        ReadOnlySpan<SqlValue> values,
        RecordDetail detail,
        List<StoredChunk> chunks,
        List<StoredRow> rows,
        CancellationToken cancellationToken)
    {
        var first = chunks.Count;
        using var answer = connection.Query(sql, values, cancellationToken);
        while (answer.DetachChunk() is { } detached)
        {
            var chunk = new StoredChunk(detached, table.Positions(detail), file.Shared, detail);
            chunks.Add(chunk);
            for (var row = 0; row < chunk.Count; row++)
            {
                rows.Add(new StoredRow(chunk, row));
            }
        }

        foreach (var chunk in chunks.Skip(first))
        {
            chunk.Shared.Load(connection, chunk);
        }
    }

    private TBatch Build(List<StoredRow> rows, int limit)
    {
        var answer = new AnswerBuilder<TBatch>(options.MaxAnswerBytes);
        for (var index = 0; index < rows.Count && index < limit && !answer.IsFull; index++)
        {
            table.Read(rows[index], answer);
        }

        return answer.Batch;
    }

    private (TBatch Batch, long Last) ReadExports(DuckConnection connection, ExportRange exports, RecordDetail detail, CancellationToken cancellationToken)
    {
        var leased = files.LeaseAfter(exports.After);
        var chunks = new List<StoredChunk>();
        try
        {
            var last = LastToRead(connection, leased, exports, cancellationToken);
            var rows = new List<StoredRow>();
            foreach (var file in leased.Where(_ => last > exports.After))
            {
                Guard(file, () => ReadChunks(
                    connection,
                    file,
                    $"SELECT {table.Selection(detail)} FROM {file.Name}.{table.Name} WHERE seq > $1 AND seq <= $2",
                    [SqlValue.Of(exports.After), SqlValue.Of(last)],
                    detail,
                    chunks,
                    rows,
                    cancellationToken));
            }

            rows.Sort(StoredRow.CompareByArrival);
            return (Build(rows, rows.Count), last);
        }
        finally
        {
            chunks.ForEach(chunk => chunk.Dispose());
            leased.ForEach(file => file.Release());
        }
    }

    // So many whole exports as make a batch of a few thousand records.
    private long LastToRead(DuckConnection connection, List<SignalFile> leased, ExportRange wanted, CancellationToken cancellationToken)
    {
        var exports = new List<(long Sequence, int Records)>();
        foreach (var file in leased)
        {
            Guard(file, () =>
            {
                using var rows = connection.Query(
                    string.Create(CultureInfo.InvariantCulture, $"SELECT seq, records FROM {file.Name}.exports WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT {ExportsPerRead}"),
                    [SqlValue.Of(wanted.After), SqlValue.Of(wanted.Through)],
                    cancellationToken);
                while (rows.NextChunk())
                {
                    for (var row = 0; row < rows.Count; row++)
                    {
                        exports.Add((rows.Column(0).Int64(row), rows.Column(1).Int32(row)));
                    }
                }
            });
        }

        var last = wanted.After;
        var records = 0;
        foreach (var export in exports.OrderBy(export => export.Sequence).Take(ExportsPerRead))
        {
            if (records > 0 && records + export.Records > RecordsPerRead)
            {
                break;
            }

            last = export.Sequence;
            records += export.Records;
        }

        return last;
    }

    private void Guard(SignalFile file, Action read)
    {
        try
        {
            read();
        }
        catch (DuckException error) when (error.IsDamage)
        {
            files.SetAside(file, error.Message);
        }
    }
}
