using System.Globalization;
using System.Text;
using Gander.Sessions;
using Gander.Sessions.Usage;
using Gander.Storage.DuckDb.Native;
using Gander.Storage.DuckDb.Queries;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Sessions;

/// <summary>
/// The rows of usage of all sessions. They name their session by a hash of its key, so that rows stay small and sessions are
/// counted fast; who and where it was stands in the table of sessions.
/// </summary>
internal static class UsageTable
{
    /// <summary>What an absurd count is held to, so that no sum of them leaves the numbers.</summary>
    private const long Most = 1_000_000_000_000_000;

    private const string Table = "usage_v1";

    private const long DayNanos = 86_400_000_000_000;

    // In the order in which they are read.
    private static readonly string[] Summed =
    [
        "input", "output", "cache_read", "cache_write", "cache_write_5m", "cache_write_1h", "reasoning",
        "CASE WHEN reported = 1 THEN input + output ELSE 0 END", "CASE WHEN reported = 0 AND priced = 1 THEN input + output ELSE 0 END",
        "CASE WHEN reported = 0 AND priced = 0 THEN input + output ELSE 0 END", "reported_picos", "priced_picos",
        "CASE WHEN reported = 1 THEN reported_picos ELSE priced_picos END", "model_calls", "model_errors", "tool_calls", "tool_failures",
        "turns", "lines_added", "lines_removed", "commits", "pull_requests",
    ];

    private const int IdentityColumns = 5;
    private const int SumColumns = 25;

    private static readonly string[] SessionColumns = ["session UBIGINT", "email VARCHAR", "account VARCHAR", "team VARCHAR", "host VARCHAR", "repository VARCHAR", "project VARCHAR"];

    private static readonly string[] RowColumns =
    [
        "start_ns", "model", "provider", "tool", "band", "reported", "priced", "reported_picos", "priced_picos", "input", "output", "cache_read", "cache_write",
        "cache_write_5m", "cache_write_1h", "reasoning", "model_calls", "model_errors", "tool_calls", "tool_failures", "turns", "lines_added", "lines_removed",
        "commits", "pull_requests", "price_table",
    ];

    /// <summary>Makes the table where there is none, with the columns that the table of sessions needs for it; whether it did.</summary>
    public static bool TryBegin(DuckConnection connection, string catalog)
    {
        if (Exists(connection, catalog))
        {
            return false;
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
        $"""
        CREATE TABLE {catalog}.{Table} (session UBIGINT NOT NULL, start_ns BIGINT NOT NULL, model VARCHAR NOT NULL, provider VARCHAR NOT NULL, tool VARCHAR NOT NULL,
          band UTINYINT NOT NULL, reported UTINYINT NOT NULL, priced UTINYINT NOT NULL, reported_picos BIGINT NOT NULL, priced_picos BIGINT NOT NULL,
          input BIGINT NOT NULL, output BIGINT NOT NULL, cache_read BIGINT NOT NULL, cache_write BIGINT NOT NULL, cache_write_5m BIGINT NOT NULL,
          cache_write_1h BIGINT NOT NULL, reasoning BIGINT NOT NULL, model_calls INTEGER NOT NULL, model_errors INTEGER NOT NULL, tool_calls INTEGER NOT NULL,
          tool_failures INTEGER NOT NULL, turns INTEGER NOT NULL, lines_added BIGINT NOT NULL, lines_removed BIGINT NOT NULL, commits BIGINT NOT NULL,
          pull_requests BIGINT NOT NULL, price_table VARCHAR NOT NULL)
        """;

    /// <summary>What names a session in the rows.</summary>
    public static ulong SessionOf(string key) => ContentHash.Of(key);

    /// <summary>Adds rows after removing those of <paramref name="goneKeys"/>, inside the transaction that is open.</summary>
    public static void Save(DuckConnection connection, string catalog, IReadOnlyList<SessionUsage> usage, IReadOnlyCollection<string> goneKeys)
    {
        if (goneKeys.Count > 0)
        {
            var values = new SqlValues();
            connection.Execute($"DELETE FROM {catalog}.{Table} WHERE session IN {SqlValues.Join(goneKeys.Select(SessionOf), values.Add)}", [.. values.All]);
        }

        using var rows = new ChunkAppender(connection, catalog, Table);
        foreach (var session in usage)
        {
            var hash = SessionOf(session.Key);
            var table = Encoding.UTF8.GetBytes(session.PriceTable);
            foreach (var row in session.Rows)
            {
                Append(rows, hash, table, row);
            }
        }

        rows.Flush();
    }

    /// <summary>
    /// The statement that answers a question: first sums by session, so that few rows meet who and where it was, and so that
    /// sessions are counted without holding a set of them for each group.
    /// </summary>
    public static string Select(string catalog, UsageQuery query, SqlValues values)
    {
        var parts = query.By.Where(dimension => PartColumn(dimension) is not null).ToList();
        var rows = new List<string> { $"start_ns >= {values.Add(query.Range.StartNanos)}", $"start_ns < {values.Add(query.Range.EndNanos)}" };
        AddEqual(rows, "model", query.Model);
        AddEqual(rows, "provider", query.Provider);
        AddEqual(rows, "tool", query.Tool);
        if (query.Session is { } key)
        {
            rows.Add($"session = {values.Add(SessionOf(key))}");
        }

        var sessions = new List<string> { "true" };
        AddEqual(sessions, "s.agent", query.Agent);
        AddEqual(sessions, "s.status", query.Status);
        AddEqual(sessions, "coalesce(s.host, '')", query.Host);
        AddEqual(sessions, "coalesce(s.repository, '')", query.Repository);
        AddEqual(sessions, "coalesce(s.project, '')", query.Project);

        List<string> own = ["session", .. parts.Select(part => PartColumn(part)!)];
        var columns = query.By.Select(dimension => SessionColumn(dimension) ?? $"p{Number(parts.IndexOf(dimension))}")
            .Concat(["s.user_name", "s.email", "s.account", "s.team", "s.host"]).ToList();
        return $"""
            WITH parts AS (
              SELECT {List(own.Select((column, index) => index == 0 ? column : $"{column} AS p{Number(index - 1)}"))},
                {List(Summed.Select((sum, index) => $"sum({sum}) AS n{Number(index)}"))},
                min(CASE WHEN priced = 1 THEN price_table END) AS first_table, max(CASE WHEN priced = 1 THEN price_table END) AS last_table
              FROM {catalog}.{Table} WHERE {string.Join(" AND ", rows)} GROUP BY {Positions(own.Count)})
            SELECT {List(columns)},
              {List(Summed.Select((_, index) => $"sum(n{Number(index)})"))}, count(*), min(first_table), max(last_table)
            FROM parts JOIN {catalog}.sessions s ON s.session = parts.session
            WHERE {string.Join(" AND ", sessions)} GROUP BY {Positions(columns.Count)} LIMIT {Number(query.MaxGroups + 1L)}
            """;

        void AddEqual(List<string> conditions, string column, string? value)
        {
            if (value is not null)
            {
                conditions.Add($"{column} = {values.Add(value)}");
            }
        }
    }

    private static string List(IEnumerable<string> columns) => string.Join(", ", columns);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    // Positions, as expressions with parameters would have to be repeated.
    private static string Positions(int count) => List(Enumerable.Range(1, count).Select(position => Number(position)));

    /// <summary>Sums of what <see cref="Select"/> selects; none where there is no table, as in an old file that is open for reading.</summary>
    public static IReadOnlyList<UsageGroup> Sum(DuckConnection connection, string catalog, string sql, UsageQuery query, SqlValues values, CancellationToken cancellationToken)
    {
        var groups = new List<UsageGroup>();
        if (!Exists(connection, catalog))
        {
            return groups;
        }

        using var rows = connection.Query(sql, [.. values.All], cancellationToken);
        while (rows.NextChunk())
        {
            var columns = Enumerable.Range(0, query.By.Count + IdentityColumns + SumColumns).Select(rows.Column).ToArray();
            for (var row = 0; row < rows.Count; row++)
            {
                groups.Add(ReadGroup(columns, row, query.By));
            }
        }

        return groups;
    }

    /// <summary>The statement for the rows of the first sessions of a list.</summary>
    public static string SelectRows(string catalog, string conditions, int limit) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        WITH chosen AS (SELECT key, session, start_ns AS began FROM {catalog}.sessions WHERE {conditions} AND session IN (SELECT session FROM {catalog}.{Table})
          ORDER BY start_ns DESC, key LIMIT {limit})
        SELECT c.key, {string.Join(", ", RowColumns.Select(column => $"u.{column}"))} FROM chosen c JOIN {catalog}.{Table} u USING (session)
          ORDER BY c.began DESC, c.key, u.start_ns, u.model, u.provider, u.tool, u.band, u.reported, u.priced
        """);

    /// <summary>The rows of sessions that <see cref="SelectRows"/> selects.</summary>
    public static IReadOnlyList<SessionUsage> Read(DuckConnection connection, string catalog, string sql, SqlValues values, CancellationToken cancellationToken)
    {
        var sessions = new List<SessionUsage>();
        if (!Exists(connection, catalog))
        {
            return sessions;
        }

        using var rows = connection.Query(sql, [.. values.All], cancellationToken);
        var own = new List<UsageRow>();
        while (rows.NextChunk())
        {
            var columns = Enumerable.Range(0, RowColumns.Length + 1).Select(rows.Column).ToArray();
            for (var row = 0; row < rows.Count; row++)
            {
                var key = Utf8(columns[0], row);
                if (sessions.Count == 0 || sessions[^1].Key != key)
                {
                    sessions.Add(new SessionUsage(key, Utf8(columns[^1], row), own = []));
                }

                own.Add(ReadRow(columns, row));
            }
        }

        return sessions;
    }

    private static bool Exists(DuckConnection connection, string catalog) => connection.QueryInt64(
        $"SELECT count(*) FROM duckdb_tables() WHERE database_name = '{catalog}' AND table_name = '{Table}'") > 0;

    private static UsageRow ReadRow(DuckVector[] columns, int row)
    {
        return new UsageRow
        {
            StartNanos = Int64(1),
            Model = Utf8(columns[2], row),
            Provider = Utf8(columns[3], row),
            Tool = Utf8(columns[4], row),
            Band = columns[5].UInt8(row),
            IsReported = columns[6].UInt8(row) == 1,
            IsPriced = columns[7].UInt8(row) == 1,
            ReportedPicos = Int64(8),
            PricedPicos = Int64(9),
            Tokens = new TokenUsage(Int64(10), Int64(11), Int64(12), Int64(13), Int64(16)) { CacheWriteFiveMinutes = Int64(14), CacheWriteOneHour = Int64(15) },
            ModelCalls = columns[17].Int32(row),
            ModelErrors = columns[18].Int32(row),
            ToolCalls = columns[19].Int32(row),
            ToolFailures = columns[20].Int32(row),
            Turns = columns[21].Int32(row),
            LinesAdded = Int64(22),
            LinesRemoved = Int64(23),
            Commits = Int64(24),
            PullRequests = Int64(25),
        };

        long Int64(int column) => columns[column].Int64(row);
    }

    private static string Utf8(DuckVector column, int row) => Encoding.UTF8.GetString(column.Bytes(row));

    private static void Append(ChunkAppender rows, ulong session, byte[] table, in UsageRow row)
    {
        rows.UInt64(0, session);
        rows.Int64(1, row.StartNanos);
        rows.Text(2, Encoding.UTF8.GetBytes(row.Model));
        rows.Text(3, Encoding.UTF8.GetBytes(row.Provider));
        rows.Text(4, Encoding.UTF8.GetBytes(row.Tool));
        rows.UInt8(5, row.Band);
        rows.UInt8(6, row.IsReported ? (byte)1 : (byte)0);
        rows.UInt8(7, row.IsPriced ? (byte)1 : (byte)0);
        rows.Int64(8, row.ReportedPicos);
        rows.Int64(9, row.PricedPicos);
        ReadOnlySpan<long> counts =
        [
            row.Tokens.Input, row.Tokens.Output, row.Tokens.CacheRead, row.Tokens.CacheWrite, row.Tokens.CacheWriteFiveMinutes, row.Tokens.CacheWriteOneHour, row.Tokens.Reasoning,
        ];
        for (var i = 0; i < counts.Length; i++)
        {
            rows.Int64(10 + i, Math.Clamp(counts[i], -Most, Most));
        }

        rows.Int32(17, row.ModelCalls);
        rows.Int32(18, row.ModelErrors);
        rows.Int32(19, row.ToolCalls);
        rows.Int32(20, row.ToolFailures);
        rows.Int32(21, row.Turns);
        rows.Int64(22, row.LinesAdded);
        rows.Int64(23, row.LinesRemoved);
        rows.Int64(24, row.Commits);
        rows.Int64(25, row.PullRequests);
        rows.Text(26, table);
        rows.EndRow();
    }

    private static string? SessionColumn(UsageDimension dimension) => dimension switch
    {
        UsageDimension.Agent => "s.agent",
        UsageDimension.Host => "s.host",
        UsageDimension.Repository => "s.repository",
        UsageDimension.Project => "s.project",
        UsageDimension.Session => "s.key",
        UsageDimension.Status => "s.status",
        _ => null,
    };

    private static string? PartColumn(UsageDimension dimension) => dimension switch
    {
        UsageDimension.Model => "model",
        UsageDimension.Provider => "provider",
        UsageDimension.Tool => "tool",
        UsageDimension.Day => $"start_ns - start_ns % {Number(DayNanos)}",
        UsageDimension.Hour => "start_ns",
        _ => null,
    };

    private static UsageGroup ReadGroup(DuckVector[] columns, int row, IReadOnlyList<UsageDimension> by)
    {
        var values = new string?[by.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = by[i] switch
            {
                UsageDimension.Day => UsageTime.Day(columns[i].Int64(row)),
                UsageDimension.Hour => UsageTime.Hour(columns[i].Int64(row)),
                _ => Text(columns[i], row),
            };
        }

        var at = by.Count;
        var identity = new UsageIdentity(Text(columns[at], row), Text(columns[at + 1], row), Text(columns[at + 2], row), Text(columns[at + 3], row), Text(columns[at + 4], row));
        at += IdentityColumns;
        var sums = new UsageSums
        {
            Tokens = new TokenUsage(Next(), Next(), Next(), Next(), 0) { CacheWriteFiveMinutes = Next(), CacheWriteOneHour = Next() } with { Reasoning = Next() },
            ReportedTokens = Next(),
            PricedTokens = Next(),
            UnpricedTokens = Next(),
            ReportedPicos = columns[at++].Int128(row),
            PricedPicos = columns[at++].Int128(row),
            CostPicos = columns[at++].Int128(row),
            ModelCalls = Next(),
            ModelErrors = Next(),
            ToolCalls = Next(),
            ToolFailures = Next(),
            Turns = Next(),
            LinesAdded = Next(),
            LinesRemoved = Next(),
            Commits = Next(),
            PullRequests = Next(),
        };
        var sessions = columns[at++].Int64(row);
        return new UsageGroup(values, identity, sums, sessions, Text(columns[at], row), Text(columns[at + 1], row));

        long Next() => (long)Int128.Clamp(columns[at++].Int128(row), long.MinValue, long.MaxValue);
    }

    private static string? Text(DuckVector column, int row)
    {
        var bytes = column.Bytes(row);
        return bytes.IsEmpty ? null : Encoding.UTF8.GetString(bytes);
    }
}
