using System.Globalization;
using System.Text;
using Gander.Sessions.Calls;
using Gander.Storage.DuckDb.Native;
using Gander.Storage.DuckDb.Queries;

namespace Gander.Storage.DuckDb.Sessions;

/// <summary>
/// The calls of sessions, a row a session. The table bears the version of what is written in it: calls of another version
/// are dropped, and folded again from telemetry.
/// </summary>
internal static class CallTable
{
    private static readonly string Table = string.Create(CultureInfo.InvariantCulture, $"calls_v{SessionCallsCodec.Version}");

    /// <summary>The table in an attached file.</summary>
    public static string Of(string catalog) => $"{catalog}.{Table}";

    /// <summary>Makes the table where there is none, in the place of those of other versions; whether it did.</summary>
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

        connection.Execute($"CREATE TABLE {Of(catalog)} (key VARCHAR NOT NULL USING COMPRESSION uncompressed, calls BLOB NOT NULL USING COMPRESSION zstd)");
        return true;
    }

    /// <summary>Adds calls after removing those of <paramref name="goneKeys"/>, inside the transaction that is open.</summary>
    public static void Save(DuckConnection connection, string catalog, IReadOnlyList<SessionCalls> calls, IReadOnlyCollection<string> goneKeys)
    {
        if (goneKeys.Count > 0)
        {
            var values = new SqlValues();
            connection.Execute($"DELETE FROM {Of(catalog)} WHERE key IN {SqlValues.Join(goneKeys, values.Add)}", [.. values.All]);
        }

        using var rows = new ChunkAppender(connection, catalog, Table);
        foreach (var session in calls.Where(session => session.Calls.Count > 0))
        {
            rows.Text(0, Encoding.UTF8.GetBytes(session.Key));
            rows.Blob(1, SessionCallsCodec.Encode(session.Calls));
            rows.EndRow();
        }

        rows.Flush();
    }

    /// <summary>Runs a query for key, agent, user, start and calls; nothing where there is no table, as in an old file that is open for reading.</summary>
    public static IReadOnlyList<SessionCalls> Read(DuckConnection connection, string catalog, string sql, SqlValues values, CancellationToken cancellationToken)
    {
        if (!Tables(connection, catalog).Contains(Table))
        {
            return [];
        }

        var sessions = new List<SessionCalls>();
        using var rows = connection.Query(sql, [.. values.All], cancellationToken);
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                var user = rows.Column(2);
                sessions.Add(new SessionCalls(
                    Encoding.UTF8.GetString(rows.Column(0).Bytes(row)),
                    Encoding.UTF8.GetString(rows.Column(1).Bytes(row)),
                    user.IsNull(row) ? null : Encoding.UTF8.GetString(user.Bytes(row)),
                    rows.Column(3).Int64(row),
                    SessionCallsCodec.Decode(rows.Column(4).Bytes(row))));
            }
        }

        return sessions;
    }

    /// <summary>The table in an attached file; null where there is none, as in an old file that is open for reading.</summary>
    public static string? Find(DuckConnection connection, string catalog) => Tables(connection, catalog).Contains(Table) ? Of(catalog) : null;

    private static HashSet<string> Tables(DuckConnection connection, string catalog)
    {
        var tables = new HashSet<string>(StringComparer.Ordinal);
        using var rows = connection.Query(
            $"SELECT table_name FROM duckdb_tables() WHERE database_name = '{catalog}' AND starts_with(table_name, 'calls_v')", [], CancellationToken.None);
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                tables.Add(Encoding.UTF8.GetString(rows.Column(0).Bytes(row)));
            }
        }

        return tables;
    }
}
