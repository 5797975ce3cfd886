using System.Globalization;
using System.Text;
using Gander.Sessions.Usage;
using Gander.Storage.DuckDb.Files;
using Gander.Storage.DuckDb.Native;
using Gander.Storage.DuckDb.Queries;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Sessions;

/// <summary>
/// The usage of all sessions, a row a session, which is named by a hash of its key; who and where it was stands in the table of
/// sessions. The table bears the version of what is written in it: usage of another version is dropped, and folded again.
/// </summary>
internal static class UsageTable
{
    // What one statement brings into memory.
    private const int SessionsPerRead = 16_384;

    private static readonly string Table = string.Create(CultureInfo.InvariantCulture, $"usage_v{UsageBytes.Version}");

    private static readonly string[] SessionColumns = ["session UBIGINT", "email VARCHAR", "account VARCHAR", "team VARCHAR", "host VARCHAR", "repository VARCHAR", "project VARCHAR"];

    /// <summary>Makes the table where there is none, in the place of those of other versions, with the columns that the table of sessions needs for it; whether it did.</summary>
    public static bool TryBegin(DuckConnection connection, string catalog)
    {
        var tables = Tables(connection, catalog);
        if (tables.Contains(Table))
        {
            return false;
        }

        foreach (var other in tables)
        {
            connection.Execute($"DROP TABLE {catalog}.{other}");
        }

        foreach (var column in SessionColumns)
        {
            connection.Execute($"ALTER TABLE {catalog}.sessions ADD COLUMN IF NOT EXISTS {column}");
        }

        connection.Execute(Create(catalog));
        return true;
    }

    /// <summary>How the table is made.</summary>
    public static string Create(string catalog) =>
        $"CREATE TABLE {catalog}.{Table} (session UBIGINT NOT NULL, first_ns BIGINT NOT NULL, last_ns BIGINT NOT NULL, usage BLOB NOT NULL USING COMPRESSION uncompressed)";

    /// <summary>What names a session in the rows.</summary>
    public static ulong SessionOf(string key) => ContentHash.Of(key);

    /// <summary>Adds usage after removing that of <paramref name="goneKeys"/>, inside the transaction that is open.</summary>
    public static void Save(DuckConnection connection, string catalog, IReadOnlyList<SessionUsage> usage, IReadOnlyCollection<string> goneKeys)
    {
        if (goneKeys.Count > 0)
        {
            var values = new SqlValues();
            connection.Execute($"DELETE FROM {catalog}.{Table} WHERE session IN {SqlValues.Join(goneKeys.Select(SessionOf), values.Add)}", [.. values.All]);
        }

        using var rows = new ChunkAppender(connection, catalog, Table);
        foreach (var session in usage.Where(session => session.Rows.Count > 0))
        {
            rows.UInt64(0, SessionOf(session.Key));
            rows.Int64(1, session.Rows.Min(row => row.StartNanos));
            rows.Int64(2, session.Rows.Max(row => row.StartNanos));
            rows.Blob(3, UsageBytes.Encode(session));
            rows.EndRow();
        }

        rows.Flush();
    }

    /// <summary>The statement that selects the usage of sessions that may have a part in the answer, as <see cref="UsageSummation.Add"/> takes it.</summary>
    public static string Select(string catalog, UsageQuery query, SqlValues values)
    {
        var conditions = new List<string> { $"u.last_ns >= {values.Add(query.Range.StartNanos)}", $"u.first_ns < {values.Add(query.Range.EndNanos)}" };
        AddEqual("s.agent", query.Agent);
        AddEqual("s.status", query.Status);
        AddEqual("coalesce(s.host, '')", query.Host);
        AddEqual("coalesce(s.repository, '')", query.Repository);
        AddEqual("coalesce(s.project, '')", query.Project);
        AddEqual("s.key", query.Session);
        var dimensions = query.By.Where(dimension => !UsageSummation.IsOfRow(dimension)).Select(dimension => $", {Column(dimension)}");
        return $"""
            SELECT u.usage, u.first_ns, u.last_ns, s.user_name, s.email, s.account, s.team, s.host{string.Concat(dimensions)}
            FROM {catalog}.{Table} u JOIN {catalog}.sessions s USING (session) WHERE {string.Join(" AND ", conditions)}
            """;

        void AddEqual(string column, string? value)
        {
            if (value is not null)
            {
                conditions.Add($"{column} = {values.Add(value)}");
            }
        }
    }

    /// <summary>Sums of what <see cref="Select"/> selects; none where there is no table, as in an old file that is open for reading.</summary>
    public static IReadOnlyList<UsageGroup> Sum(DuckConnection connection, string catalog, UsageQuery query, CancellationToken cancellationToken)
    {
        var summation = new UsageSummation(query);
        if (!Tables(connection, catalog).Contains(Table))
        {
            return summation.Groups();
        }

        // One view of the table for all parts of it.
        connection.Execute("BEGIN");
        try
        {
            var end = connection.QueryInt64($"SELECT max(rowid) FROM {catalog}.{Table}") ?? -1;
            for (var from = 0L; from <= end && !summation.IsFull; from += SessionsPerRead)
            {
                var values = new SqlValues();
                var sql = $"{Select(catalog, query, values)} AND u.rowid BETWEEN {values.Add(from)} AND {values.Add(from + SessionsPerRead - 1)}";
                Add(connection, sql, values, summation, cancellationToken);
            }
        }
        finally
        {
            FileSchema.TryRollback(connection);
        }

        return summation.Groups();
    }

    /// <summary>The statement for the usage of the first sessions of a list.</summary>
    public static string SelectRows(string catalog, string conditions, int limit) => string.Create(
        CultureInfo.InvariantCulture,
        $"SELECT key, usage FROM {catalog}.sessions JOIN {catalog}.{Table} USING (session) WHERE {conditions} ORDER BY start_ns DESC, key LIMIT {limit}");

    /// <summary>The usage of sessions that <see cref="SelectRows"/> selects.</summary>
    public static IReadOnlyList<SessionUsage> Read(DuckConnection connection, string catalog, string sql, SqlValues values, CancellationToken cancellationToken)
    {
        var sessions = new List<SessionUsage>();
        if (!Tables(connection, catalog).Contains(Table))
        {
            return sessions;
        }

        var cursor = new UsageCursor();
        using var rows = connection.Query(sql, [.. values.All], cancellationToken);
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                sessions.Add(cursor.ReadAll(Encoding.UTF8.GetString(rows.Column(0).Bytes(row)), rows.Column(1).Bytes(row)));
            }
        }

        return sessions;
    }

    private static void Add(DuckConnection connection, string sql, SqlValues values, UsageSummation summation, CancellationToken cancellationToken)
    {
        using var rows = connection.Query(sql, [.. values.All], cancellationToken);
        while (rows.NextChunk() && !summation.IsFull)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var columns = Enumerable.Range(0, rows.ColumnCount).Select(rows.Column).ToArray();
            for (var row = 0; row < rows.Count; row++)
            {
                summation.Add(columns, row);
            }
        }
    }

    /// <summary>The table in an attached file; null where there is none, as in an old file that is open for reading.</summary>
    public static string? Find(DuckConnection connection, string catalog) => Tables(connection, catalog).Contains(Table) ? $"{catalog}.{Table}" : null;

    private static HashSet<string> Tables(DuckConnection connection, string catalog)
    {
        var tables = new HashSet<string>(StringComparer.Ordinal);
        using var rows = connection.Query(
            $"SELECT table_name FROM duckdb_tables() WHERE database_name = '{catalog}' AND starts_with(table_name, 'usage_v')", [], CancellationToken.None);
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                tables.Add(Encoding.UTF8.GetString(rows.Column(0).Bytes(row)));
            }
        }

        return tables;
    }

    private static string Column(UsageDimension dimension) => dimension switch
    {
        UsageDimension.Agent => "s.agent",
        UsageDimension.Host => "s.host",
        UsageDimension.Repository => "s.repository",
        UsageDimension.Project => "s.project",
        UsageDimension.Session => "s.key",
        UsageDimension.Status => "s.status",

        // Found from the identity.
        _ => "NULL::VARCHAR",
    };
}
