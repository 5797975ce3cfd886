using System.Globalization;
using Gander.Storage.DuckDb.Native;
using Gander.Storage.DuckDb.Records;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Files;

/// <summary>
/// Makes the tables of a file of records, brings those of an older version up to date, and reads what it holds.
/// </summary>
internal static class FileSchema
{
    /// <summary>The version this program writes.</summary>
    public const int Version = 1;

    /// <summary>Makes the tables of a new file, in one transaction, or brings an older file up to date.</summary>
    public static void Prepare<TBatch>(DuckConnection connection, string file, RecordTable<TBatch> table, long firstSequence)
        where TBatch : TelemetryBatch, new()
    {
        if (HasTable(connection, file, "format"))
        {
            // There is no older version yet; the first change of a table adds its step here.
            Check(connection, file);
            return;
        }

        connection.Execute("BEGIN");
        try
        {
            connection.Execute(table.CreateTable(file));
            connection.Execute(CreateExports(file));
            connection.Execute($"CREATE TABLE {file}.resources {SharedRows.CreateResources}");
            connection.Execute($"CREATE TABLE {file}.scopes {SharedRows.CreateScopes}");
            connection.Execute($"CREATE TABLE {file}.format (version INTEGER NOT NULL, first_sequence BIGINT NOT NULL)");
            connection.Execute($"INSERT INTO {file}.format VALUES ($1, $2)", SqlValue.Of((long)Version), SqlValue.Of(firstSequence));
            connection.Execute("COMMIT");
        }
        catch (DuckException)
        {
            TryRollback(connection);
            throw;
        }
    }

    public static string CreateExports(string file) =>
        $"""
        CREATE TABLE {file}.exports (seq BIGINT NOT NULL, records INTEGER NOT NULL, oldest_ns BIGINT NOT NULL, newest_ns BIGINT NOT NULL,
          fingerprint_high UBIGINT NOT NULL, fingerprint_low UBIGINT NOT NULL, arrived_ns BIGINT NOT NULL)
        """;

    /// <summary>Reads what the file holds and checks that its two accounts of it agree.</summary>
    /// <exception cref="DuckException">They do not, or the file is of a newer program.</exception>
    public static FileStats ReadStats(DuckConnection connection, string file, string table)
    {
        Check(connection, file);
        var rows = connection.QueryInt64($"SELECT count(*) FROM {file}.{table}") ?? 0;
        using var answer = connection.Query(
            $"""
            SELECT count(*), coalesce(sum(records), 0)::BIGINT, coalesce(min(oldest_ns) FILTER (records > 0), 0), coalesce(max(newest_ns) FILTER (records > 0), 0), coalesce(max(seq), 0),
              (SELECT first_sequence FROM {file}.format)
            FROM {file}.exports
            """,
            [],
            CancellationToken.None);
        answer.NextChunk();
        if (answer.Column(1).Int64(0) != rows)
        {
            throw new DuckException(string.Create(CultureInfo.InvariantCulture, $"Corrupt file: {rows} records where its exports count {answer.Column(1).Int64(0)}"));
        }

        var first = answer.Column(5).Int64(0);
        var last = answer.Column(0).Int64(0) == 0 ? first - 1 : answer.Column(4).Int64(0);
        return rows == 0
            ? FileStats.Empty(first) with { LastSequence = last }
            : new FileStats(rows, answer.Column(2).Int64(0), answer.Column(3).Int64(0), first, last);
    }

    /// <summary>Undoes a transaction that may have ended already.</summary>
    public static void TryRollback(DuckConnection connection)
    {
        try
        {
            connection.Execute("ROLLBACK");
        }
        catch (DuckException)
        {
            // A failed commit ends the transaction itself.
        }
    }

    private static void Check(DuckConnection connection, string file)
    {
        var version = connection.QueryInt64($"SELECT version::BIGINT FROM {file}.format") ?? 0;
        if (version != Version)
        {
            throw new NotSupportedException(string.Create(
                CultureInfo.InvariantCulture, $"The file {file} has version {version} and this program knows {Version}: run a newer Gander, or move the file away."));
        }
    }

    private static bool HasTable(DuckConnection connection, string file, string table) => connection.QueryInt64(
        "SELECT count(*) FROM duckdb_tables() WHERE database_name = $1 AND table_name = $2", SqlValue.Of(file), SqlValue.Of(table)) > 0;
}
