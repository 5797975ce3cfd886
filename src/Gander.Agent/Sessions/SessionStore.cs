using System.Globalization;
using System.Text.Json;
using Gander.Agent.Providers;
using Microsoft.Data.Sqlite;

namespace Gander.Agent.Sessions;

/// <summary>
/// Sessions in one SQLite file. Whatever a method stores has survived the end of the process when it returns. Several processes may have the
/// file open at a time; the methods may be called from any thread.
/// </summary>
public sealed class SessionStore : IDisposable
{
    private const int Version = 1;
    private readonly Lock _lock = new();
    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;

    private SessionStore(SqliteConnection connection, TimeProvider time) => (_connection, _time) = (connection, time);

    /// <summary>Opens the file <c>sessions.db</c> in a folder, and makes both where they are missing, for their owner alone.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="time">The clock of ids and messages.</param>
    /// <param name="lockSeconds">How long to wait for another process that writes.</param>
    /// <exception cref="SessionStoreException">The folder cannot be written, or a newer version has made the file.</exception>
    public static SessionStore Open(string folder, TimeProvider? time = null, int lockSeconds = 10)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var path = Path.Combine(folder, "sessions.db");
        try
        {
            MakePrivate(folder, path);
            var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = lockSeconds }.ConnectionString);
            try
            {
                connection.Open();
                Prepare(connection, path);
                return new SessionStore(connection, time ?? TimeProvider.System);
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
        catch (SqliteException e)
        {
            throw StoreProblem.Of(e, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreProblem.Of(e, path);
        }
    }

    /// <summary>Takes the next id of the day, which no other session of this file gets, stored or not.</summary>
    public string NextId() => Use(() =>
    {
        var day = _time.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        using var command = Command(
            """
            INSERT INTO days (day, last) VALUES ($day, 1)
            ON CONFLICT (day) DO UPDATE SET last = last + 1
            RETURNING last
            """,
            ("$day", day));
        return string.Create(CultureInfo.InvariantCulture, $"{day}_{(long)command.ExecuteScalar()!}");
    });

    /// <summary>Begins a session.</summary>
    public void Create(string id, string? name, string workingDirectory)
    {
        var now = Now();
        Execute(
            "INSERT INTO sessions (id, name, working_dir, created_ms, updated_ms) VALUES ($id, $name, $folder, $now, $now)",
            ("$id", id), ("$name", name), ("$folder", workingDirectory), ("$now", now));
    }

    /// <summary>Gives a session its name; with <paramref name="onlyIfUnnamed"/> one that a person gave stays.</summary>
    public void Rename(string id, string name, bool onlyIfUnnamed = false) => Execute(
        onlyIfUnnamed ? "UPDATE sessions SET name = $name WHERE id = $id AND name IS NULL" : "UPDATE sessions SET name = $name WHERE id = $id",
        ("$id", id), ("$name", name));

    /// <summary>Stores a message at the end of a session.</summary>
    public void Append(string sessionId, SessionMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        Execute(
            """
            INSERT INTO messages (session_id, seq, id, role, created_ms, content_json, provider, model, user_visible, agent_visible)
            VALUES ($session, (SELECT COALESCE(MAX(seq), 0) + 1 FROM messages WHERE session_id = $session), $id, $role, $created, $content, $provider, $model, $user, $agent);
            UPDATE sessions SET updated_ms = $now WHERE id = $session
            """,
            ("$session", sessionId),
            ("$id", message.Id),
            ("$role", message.Content.Role.Value),
            ("$created", message.Created.ToUnixTimeMilliseconds()),
            ("$content", MessageJson.Contents(message.Content)),
            ("$provider", message.Provider),
            ("$model", message.Model),
            ("$user", message.UserVisible),
            ("$agent", message.AgentVisible),
            ("$now", Now()));
    }

    /// <summary>Stores what the model sees from now on: <paramref name="summary"/>, and of the older messages only those in <paramref name="kept"/>.</summary>
    public void Compact(string sessionId, SessionMessage summary, IReadOnlyCollection<string> kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        Use(() =>
        {
            using var transaction = _connection.BeginTransaction();
            Execute("UPDATE messages SET agent_visible = 0 WHERE session_id = $session", ("$session", sessionId));
            foreach (var id in kept)
            {
                Execute("UPDATE messages SET agent_visible = 1 WHERE session_id = $session AND id = $id", ("$session", sessionId), ("$id", id));
            }

            Append(sessionId, summary);
            transaction.Commit();
            return true;
        });
    }

    /// <summary>Stores that neither the model nor the person sees the messages so far.</summary>
    public void Clear(string sessionId) =>
        Execute("UPDATE messages SET agent_visible = 0, user_visible = 0 WHERE session_id = $session", ("$session", sessionId));

    /// <summary>Adds a model call to the ledger.</summary>
    public void Record(string sessionId, ModelCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        Execute(
            """
            INSERT INTO usage_ledger (session_id, started_ms, purpose, provider, model, response_model, response_id, finish_reason,
                input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens, cost_usd, first_token_ms, duration_ms)
            VALUES ($session, $started, $purpose, $provider, $model, $responseModel, $responseId, $finish, $input, $output, $read, $write, $reasoning, $cost, $first, $duration)
            """,
            ("$session", sessionId),
            ("$started", call.Started.ToUnixTimeMilliseconds()),
            ("$purpose", Purpose(call.Purpose)),
            ("$provider", call.Provider),
            ("$model", call.RequestedModel),
            ("$responseModel", call.ResponseModel),
            ("$responseId", call.ResponseId),
            ("$finish", call.FinishReason),
            ("$input", call.Usage?.InputTokens),
            ("$output", call.Usage?.OutputTokens),
            ("$read", call.Usage?.CacheReadTokens),
            ("$write", call.Usage?.CacheWriteTokens),
            ("$reasoning", call.Usage?.ReasoningTokens),
            ("$cost", call.CostUsd is { } cost ? (double)cost : null),
            ("$first", call.TimeToFirstToken?.TotalMilliseconds),
            ("$duration", call.Duration.TotalMilliseconds));
    }

    /// <summary>The newest sessions first.</summary>
    /// <param name="limit">At most so many.</param>
    public IReadOnlyList<SessionInfo> List(int limit = 1_000) => Read(
        "ORDER BY s.updated_ms DESC, s.rowid DESC LIMIT $limit", ("$limit", limit));

    /// <summary>The session with this id, or null.</summary>
    public SessionInfo? Find(string id) => Read("HAVING s.id = $id", ("$id", id)).FirstOrDefault();

    /// <summary>The session that was last used among those with this name, or null.</summary>
    public SessionInfo? FindByName(string name) => Read("HAVING s.name = $name ORDER BY s.updated_ms DESC, s.rowid DESC LIMIT 1", ("$name", name)).FirstOrDefault();

    /// <summary>All messages of a session in the order they were stored.</summary>
    public IReadOnlyList<SessionMessage> Messages(string sessionId) => Use(() =>
    {
        using var command = Command(
            "SELECT id, role, created_ms, content_json, provider, model, user_visible, agent_visible FROM messages WHERE session_id = $session ORDER BY seq",
            ("$session", sessionId));
        using var reader = command.ExecuteReader();
        var messages = new List<SessionMessage>();
        while (reader.Read())
        {
            messages.Add(Undamaged(sessionId, reader, Message));
        }

        return messages;
    });

    /// <summary>Removes a session and all that belongs to it.</summary>
    /// <returns>There was one.</returns>
    public bool Remove(string id) => Use(() =>
    {
        using var command = Command("DELETE FROM sessions WHERE id = $id", ("$id", id));
        return command.ExecuteNonQuery() > 0;
    });

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static void MakePrivate(string folder, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (!File.Exists(path))
        {
            // Conversations hold code and sometimes secrets. SQLite gives its side files the mode of the main one.
            using var file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
    }

    private static void Prepare(SqliteConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var version = (long)command.ExecuteScalar()!;
        if (version > Version)
        {
            throw new SessionStoreException($"{path} was made by a newer version of this program. Update it, or set XDG_DATA_HOME to another folder.");
        }

        // In WAL a commit survives the end of the process without waiting for the disk.
        command.CommandText = version == Version
            ? "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL"
            : $"PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE; {SessionSchema.Create}; PRAGMA user_version = {Version}; COMMIT";
        command.ExecuteNonQuery();
    }

    private static string Purpose(ModelCallPurpose purpose) => purpose switch
    {
        ModelCallPurpose.Reply => "reply",
        ModelCallPurpose.Title => "title",
        ModelCallPurpose.Compaction => "compaction",
        _ => throw new System.Diagnostics.UnreachableException($"no name for {purpose}"),
    };

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private List<SessionInfo> Read(string tail, params (string Name, object? Value)[] parameters) => Use(() =>
    {
        using var command = Command(SessionSchema.Overview + tail, parameters);
        using var reader = command.ExecuteReader();
        var sessions = new List<SessionInfo>();
        while (reader.Read())
        {
            sessions.Add(Undamaged(reader.GetString(0), reader, Session));
        }

        return sessions;
    });

    private static SessionMessage Message(SqliteDataReader reader)
    {
        var content = new Microsoft.Extensions.AI.ChatMessage(new Microsoft.Extensions.AI.ChatRole(reader.GetString(1)), MessageJson.Read(reader.GetString(3)));
        return new SessionMessage(reader.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2)), content)
        {
            Provider = reader.IsDBNull(4) ? null : reader.GetString(4),
            Model = reader.IsDBNull(5) ? null : reader.GetString(5),
            UserVisible = reader.GetBoolean(6),
            AgentVisible = reader.GetBoolean(7),
        };
    }

    private static SessionInfo Session(SqliteDataReader reader) => new(
        reader.GetString(0),
        reader.IsDBNull(1) ? null : reader.GetString(1),
        reader.GetString(2),
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(3)),
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(4)),
        reader.GetInt32(5),
        new ModelUsage(reader.GetInt64(6), reader.GetInt64(7), reader.GetInt64(8), reader.GetInt64(9), reader.GetInt64(10)),
        reader.IsDBNull(11) ? null : (decimal)reader.GetDouble(11));

    // The file is intact, but holds what this program does not write: JSON cut short, a time beyond the calendar.
    private T Undamaged<T>(string sessionId, SqliteDataReader reader, Func<SqliteDataReader, T> read)
    {
        try
        {
            return read(reader);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or InvalidCastException or ArgumentException or OverflowException)
        {
            throw StoreProblem.Damaged(e, _connection.DataSource, sessionId);
        }
    }

    private void Execute(string sql, params (string Name, object? Value)[] parameters) => Use(() =>
    {
        using var command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    });

    private T Use<T>(Func<T> work)
    {
        lock (_lock)
        {
            try
            {
                return work();
            }
            catch (SqliteException e)
            {
                throw StoreProblem.Of(e, _connection.DataSource);
            }
        }
    }

    private SqliteCommand Command(string sql, params (string Name, object? Value)[] parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
