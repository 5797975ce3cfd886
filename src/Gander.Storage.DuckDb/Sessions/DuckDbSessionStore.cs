using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Gander.Sessions;
using Gander.Sessions.Calls;
using Gander.Sessions.Usage;
using Gander.Storage.DuckDb.Files;
using Gander.Storage.DuckDb.Native;
using Gander.Storage.DuckDb.Queries;
using Gander.Stores;

namespace Gander.Storage.DuckDb.Sessions;

/// <summary>
/// Session summaries in a small file of their own: a few columns to search by, and the summary as JSON, so that it can grow
/// without a migration. What it holds can be rebuilt, so a damaged file is set aside and begun anew. Thread-safe.
/// </summary>
internal sealed class DuckDbSessionStore : ISessionStore, IAsyncDisposable
{
    private const string FileName = "sessions.db";
    private const string Name = "sessions_file";
    private const long CheckpointBytes = 16L << 20;

    // Looking for the best way to compress keys costs more than writing them.
    private const string PlainText = "USING COMPRESSION uncompressed";
    private const int MaxQueuedWrites = 1_024;

    private readonly DuckDbRoot _root;
    private readonly DuckDbStoreOptions _options;
    private readonly DuckWorkers _readers;
    private readonly DuckWorkers _writer;
    private readonly string _path;
    private readonly SavedKeys _saved = new();
    private bool _isAttached;

    public DuckDbSessionStore(DuckDbRoot root, DuckWorkers readers, DuckDbStoreOptions options)
    {
        _root = root;
        _options = options;
        _readers = readers;
        _writer = new DuckWorkers(root, "writer of sessions", threads: 1, MaxQueuedWrites);
        _path = Path.Combine(options.Folder, FileName);
    }

    private string LogPath => _path + ".wal";

    /// <summary>Opens the file or begins it.</summary>
    public void Open(DuckConnection connection, Problems problems)
    {
        if (_options.ReadOnly && !File.Exists(_path))
        {
            return;
        }

        try
        {
            Attach(connection);
        }
        catch (DuckException error) when (!_options.ReadOnly && File.Exists(_path))
        {
            TryDetach();
            foreach (var path in new[] { _path, LogPath }.Where(File.Exists))
            {
                File.Move(path, $"{path}.damaged-{DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture)}");
            }

            problems.Add(_path, $"The file of sessions was damaged and is rebuilt from telemetry: {error.Message}");
            Attach(connection);
        }

        using var rows = connection.Query($"SELECT key FROM {Name}.sessions", [], CancellationToken.None);
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                _saved.Add(rows.Column(0).Bytes(row));
            }
        }

        _isAttached = true;
    }

    public Task SaveAsync(
        IReadOnlyList<SessionSummary> sessions,
        IReadOnlyList<SessionCalls> calls,
        IReadOnlyList<SessionUsage> usage,
        IReadOnlyCollection<string> removedKeys,
        FoldProgress progress,
        CancellationToken cancellationToken) => _options.ReadOnly
        ? throw new StoreUnavailableException("The store is open for reading only.")
        : _writer.RunAsync(
            connection =>
            {
                Save(connection, sessions, calls, usage, removedKeys, progress);
                return true;
            },
            cancellationToken);

    public Task<FoldProgress> ReadProgressAsync(CancellationToken cancellationToken) => _readers.RunAsync(
        connection =>
        {
            if (!_isAttached)
            {
                return default;
            }

            using var rows = connection.Query($"SELECT spans, logs, point_ns, version FROM {Name}.progress", [], cancellationToken);
            return rows.NextChunk()
                ? new FoldProgress(rows.Column(0).Int64(0), rows.Column(1).Int64(0)) { PointNanos = rows.Column(2).Int64(0), Version = (int)rows.Column(3).Int64(0) }
                : default;
        },
        cancellationToken);

    public Task<IReadOnlyList<SessionSummary>> ListAsync(SessionQuery query, CancellationToken cancellationToken)
    {
        var values = new SqlValues();
        var conditions = Conditions(query, values);
        var sql = string.Create(
            CultureInfo.InvariantCulture, $"SELECT summary FROM {Name}.sessions WHERE {conditions} ORDER BY start_ns DESC, key LIMIT {query.Limit}");
        return _readers.RunAsync<IReadOnlyList<SessionSummary>>(connection => Read(connection, sql, values, cancellationToken), cancellationToken);
    }

    public Task<IReadOnlyList<SessionCalls>> ListCallsAsync(SessionQuery query, CancellationToken cancellationToken)
    {
        var values = new SqlValues();
        var conditions = Conditions(query, values);
        var sql = string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT key, agent, user_name, start_ns, calls FROM {Name}.sessions JOIN {CallTable.Of(Name)} USING (key) WHERE {conditions} ORDER BY start_ns DESC, key LIMIT {query.Limit}");
        return _readers.RunAsync<IReadOnlyList<SessionCalls>>(connection => _isAttached ? CallTable.Read(connection, Name, sql, values, cancellationToken) : [], cancellationToken);
    }

    public Task<IReadOnlyList<SessionUsage>> ListUsageAsync(SessionQuery query, CancellationToken cancellationToken)
    {
        var values = new SqlValues();
        var conditions = Conditions(query, values);
        var sql = UsageTable.SelectRows(Name, conditions, query.Limit);
        return _readers.RunAsync(connection => _isAttached ? UsageTable.Read(connection, Name, sql, values, cancellationToken) : [], cancellationToken);
    }

    public Task<IReadOnlyList<UsageGroup>> SumUsageAsync(UsageQuery query, CancellationToken cancellationToken) =>
        _readers.RunAsync(connection => _isAttached ? UsageTable.Sum(connection, Name, query, cancellationToken) : [], cancellationToken);

    public async Task ReadActivityAsync(ActivityQuery query, SessionActivityHandler take, CancellationToken cancellationToken)
    {
        // Page by page, so that others get their turn in between.
        (long StartNanos, string Key)? after = null;
        do
        {
            var begin = after;
            after = await _readers.RunAsync(connection => _isAttached ? ActivityPage.Read(connection, Name, query, begin, take, cancellationToken) : null, cancellationToken);
        }
        while (after is not null);
    }

    public async Task<SessionSummary?> FindAsync(string key, CancellationToken cancellationToken)
    {
        // Ingest asks this of every session it has not seen before, and of nearly all of them the store knows nothing.
        if (!_saved.MayContain(Encoding.UTF8.GetBytes(key)))
        {
            return null;
        }

        var values = new SqlValues();
        var sql = $"SELECT summary FROM {Name}.sessions WHERE key = {values.Add(key)}";
        return (await _readers.RunAsync(connection => Read(connection, sql, values, cancellationToken), cancellationToken)).SingleOrDefault();
    }

    /// <summary>Copies the file between two saves.</summary>
    public Task BackupAsync(string directory, BackupProgress progress, CancellationToken cancellationToken) => _writer.RunAsync(
        _ =>
        {
            foreach (var path in new[] { _path, LogPath }.Where(File.Exists))
            {
                FileCopy.Copy(path, Path.Combine(directory, Path.GetFileName(path)), new FileInfo(path).Length, progress, cancellationToken);
            }

            return true;
        },
        cancellationToken);

    /// <summary>Bytes a backup would copy.</summary>
    public long BytesOnDisk() => new[] { _path, LogPath }.Where(File.Exists).Sum(path => new FileInfo(path).Length);

    public async ValueTask DisposeAsync()
    {
        if (_isAttached && !_options.ReadOnly)
        {
            await _writer.RunAsync(
                connection =>
                {
                    Checkpoint(connection);
                    return true;
                },
                CancellationToken.None);
        }

        await _writer.DisposeAsync();
        TryDetach();
    }

    private void Attach(DuckConnection connection)
    {
        _root.Attach(_path, Name);
        if (!_options.ReadOnly)
        {
            connection.Execute(
                $"""
                CREATE TABLE IF NOT EXISTS {Name}.sessions (key VARCHAR NOT NULL {PlainText}, id VARCHAR NOT NULL {PlainText}, emitter_id UBIGINT NOT NULL, agent VARCHAR NOT NULL,
                  user_name VARCHAR, status VARCHAR NOT NULL, start_ns BIGINT NOT NULL, end_ns BIGINT NOT NULL, summary VARCHAR NOT NULL USING COMPRESSION zstd)
                """);
            connection.Execute($"CREATE TABLE IF NOT EXISTS {Name}.progress (spans BIGINT NOT NULL, logs BIGINT NOT NULL)");
            connection.Execute($"ALTER TABLE {Name}.progress ADD COLUMN IF NOT EXISTS point_ns BIGINT DEFAULT 0");
            connection.Execute($"ALTER TABLE {Name}.progress ADD COLUMN IF NOT EXISTS version BIGINT DEFAULT 0");

            // Sessions of before have neither calls nor usage: all is folded again, behind what comes in.
            if (CallTable.TryBegin(connection, Name) | UsageTable.TryBegin(connection, Name))
            {
                connection.Execute($"DELETE FROM {Name}.progress");
            }
        }

        connection.QueryInt64($"SELECT count(*) FROM {Name}.sessions");
    }

    private void Save(
        DuckConnection connection,
        IReadOnlyList<SessionSummary> sessions,
        IReadOnlyList<SessionCalls> calls,
        IReadOnlyList<SessionUsage> usage,
        IReadOnlyCollection<string> removedKeys,
        FoldProgress progress)
    {
        try
        {
            connection.Execute("BEGIN");
            var values = new SqlValues();
            var gone = Saved(removedKeys.Concat(sessions.Select(session => session.Key)));
            if (gone.Count > 0)
            {
                connection.Execute($"DELETE FROM {Name}.sessions WHERE key IN {SqlValues.Join(gone, values.Add)}", [.. values.All]);
            }

            CallTable.Save(connection, Name, calls, Saved(removedKeys.Concat(calls.Select(session => session.Key))));
            UsageTable.Save(connection, Name, usage, Saved(removedKeys.Concat(usage.Select(session => session.Key))));

            // Before the commit: one that fails may still have been made.
            foreach (var session in sessions)
            {
                _saved.Add(Encoding.UTF8.GetBytes(session.Key));
            }

            using (var rows = new ChunkAppender(connection, Name, "sessions"))
            {
                foreach (var session in sessions)
                {
                    Append(rows, session);
                }

                rows.Flush();
            }

            connection.Execute($"DELETE FROM {Name}.progress");
            connection.Execute(
                $"INSERT INTO {Name}.progress VALUES ($1, $2, $3, $4)",
                SqlValue.Of(progress.Spans), SqlValue.Of(progress.Logs), SqlValue.Of(progress.PointNanos), SqlValue.Of((long)progress.Version));
            connection.Execute("COMMIT");
        }
        catch (DuckException error)
        {
            FileSchema.TryRollback(connection);
            throw new StoreUnavailableException($"The store cannot write sessions at the moment: {error.Message}", error);
        }

        if (File.Exists(LogPath) && new FileInfo(LogPath).Length > CheckpointBytes)
        {
            Checkpoint(connection);
        }
    }

    // Most sessions are saved for the first time: looking for them among all that are there would find nothing.
    private List<string> Saved(IEnumerable<string> keys) =>
        [.. keys.Distinct(StringComparer.Ordinal).Where(key => _saved.MayContain(Encoding.UTF8.GetBytes(key)))];

    [SuppressMessage("Design", "CA1031", Justification = "The rows are safe in the log; the next save tries again.")]
    private void Checkpoint(DuckConnection connection)
    {
        try
        {
            connection.Execute($"CHECKPOINT {Name}");
        }
        catch (DuckException error)
        {
            // A reader may hold it off; a full disk makes the engine give the file up.
            if (error.IsGivenUp)
            {
                _root.Reattach(_path, Name);
            }
        }
    }

    private static void Append(ChunkAppender rows, SessionSummary session)
    {
        rows.Text(0, Encoding.UTF8.GetBytes(session.Key));
        rows.Text(1, Encoding.UTF8.GetBytes(session.Id));
        rows.UInt64(2, session.EmitterId);
        rows.Text(3, Encoding.UTF8.GetBytes(session.Agent));
        AppendText(rows, 4, session.User);
        rows.Text(5, Encoding.UTF8.GetBytes(SessionStatusName.Of(session.Status)));
        rows.Int64(6, session.StartNanos);
        rows.Int64(7, session.EndNanos);
        rows.Text(8, JsonSerializer.SerializeToUtf8Bytes(session, SessionJson.Default.SessionSummary));
        rows.UInt64(9, UsageTable.SessionOf(session.Key));
        AppendText(rows, 10, session.Account?.Email);
        AppendText(rows, 11, session.Account?.AccountId);
        AppendText(rows, 12, session.Team);
        AppendText(rows, 13, session.Host);
        AppendText(rows, 14, session.Repository);
        AppendText(rows, 15, session.Project);
        rows.EndRow();
    }

    private static void AppendText(ChunkAppender rows, int column, string? text)
    {
        if (text is null)
        {
            rows.Null(column);
        }
        else
        {
            rows.Text(column, Encoding.UTF8.GetBytes(text));
        }
    }

    private static string Conditions(SessionQuery query, SqlValues values)
    {
        var conditions = new List<string> { "true" };
        if (query.Range is { } range)
        {
            conditions.Add($"start_ns < {values.Add(range.EndNanos)} AND end_ns >= {values.Add(range.StartNanos)}");
        }

        AddEqual("agent", query.Agent);
        AddEqual("user_name", query.User);
        AddEqual("status", query.Status);
        AddEqual("id", query.SessionId);
        if (query.EmitterId is { } emitter)
        {
            conditions.Add($"emitter_id = {values.Add(emitter)}");
        }

        if (query.EndedBy is { } end)
        {
            conditions.Add($"end_ns <= {values.Add(end)}");
        }

        if (query.After is { } after)
        {
            conditions.Add($"(start_ns < {values.Add(after.StartNanos)} OR (start_ns = {values.Add(after.StartNanos)} AND key > {values.Add(after.Key)}))");
        }

        return string.Join(" AND ", conditions);

        void AddEqual(string column, string? value)
        {
            if (value is not null)
            {
                conditions.Add($"{column} = {values.Add(value)}");
            }
        }
    }

    private List<SessionSummary> Read(DuckConnection connection, string sql, SqlValues values, CancellationToken cancellationToken)
    {
        var sessions = new List<SessionSummary>();
        if (!_isAttached)
        {
            return sessions;
        }

        using var rows = connection.Query(sql, [.. values.All], cancellationToken);
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                sessions.Add(JsonSerializer.Deserialize(rows.Column(0).Bytes(row), SessionJson.Default.SessionSummary)!);
            }
        }

        return sessions;
    }

    private void TryDetach()
    {
        try
        {
            _root.Detach(Name);
        }
        catch (DuckException)
        {
            // It was not attached.
        }
    }
}
