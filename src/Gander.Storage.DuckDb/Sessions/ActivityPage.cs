using System.Globalization;
using System.Runtime.InteropServices;
using Gander.Sessions.Usage;
using Gander.Storage.DuckDb.Native;
using Gander.Storage.DuckDb.Queries;
using Gander.Stores;

namespace Gander.Storage.DuckDb.Sessions;

/// <summary>
/// Reads what sessions did, some thousands at a time in the order of their starts. Which they are is found first and alone, so
/// that what they did, which is many bytes, is neither sorted nor read for others.
/// </summary>
internal static class ActivityPage
{
    /// <summary>Sessions of a page: what one statement brings into memory.</summary>
    private const int MaxSessions = 4_096;

    // The columns of the statement below.
    private const int IdentityTexts = 3;
    private const int Usage = 11;
    private const int Calls = 12;

    /// <summary>Reads the page behind a session; answers the last session of it, or null when there are no more.</summary>
    public static (long StartNanos, string Key)? Read(
        DuckConnection connection, string catalog, ActivityQuery query, (long StartNanos, string Key)? after, SessionActivityHandler take, CancellationToken cancellationToken)
    {
        if (UsageTable.Find(connection, catalog) is not { } usage)
        {
            return null;
        }

        var last = FindLast(connection, catalog, query, after, cancellationToken);
        var calls = query.Calls ? CallTable.Find(connection, catalog) : null;
        var values = new SqlValues();
        var sql = $"""
            SELECT start_ns, end_ns, agent, user_name, email, account, team, host, repository, project, status,
              {(query.Usage ? "usage" : "NULL::BLOB")}, {(calls is null ? "NULL::BLOB" : "calls")}
            FROM (SELECT * FROM {catalog}.sessions WHERE {Conditions(query, after, last, values)}) s
            {(query.Usage ? $"LEFT JOIN {usage} USING (session)" : "")} {(calls is null ? "" : $"LEFT JOIN {calls} USING (key)")}
            """;
        using var rows = connection.Query(sql, [.. values.All], cancellationToken);
        var (texts, cursor, usageRows) = (new UsageNames(), new UsageCursor(), new List<UsageRow>());
        while (rows.NextChunk())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var columns = Enumerable.Range(0, rows.ColumnCount).Select(rows.Column).ToArray();
            for (var row = 0; row < rows.Count; row++)
            {
                ReadUsage(columns[Usage].Bytes(row), query, cursor, usageRows);
                take(new SessionActivity
                {
                    StartNanos = columns[0].Int64(row),
                    EndNanos = columns[1].Int64(row),
                    Agent = Text(2) ?? "",
                    Identity = new UsageIdentity(Text(IdentityTexts), Text(IdentityTexts + 1), Text(IdentityTexts + 2), Text(IdentityTexts + 3), Text(IdentityTexts + 4)),
                    Repository = Text(8),
                    Project = Text(9),
                    Status = SessionStatusName.Parse(Text(10)),
                    Usage = CollectionsMarshal.AsSpan(usageRows),
                    Calls = columns[Calls].Bytes(row),
                });

                string? Text(int column) => texts[texts.Of(columns[column].Bytes(row))];
            }
        }

        return last;
    }

    // The end of the page; null where the rest fits on it.
    private static (long StartNanos, string Key)? FindLast(
        DuckConnection connection, string catalog, ActivityQuery query, (long StartNanos, string Key)? after, CancellationToken cancellationToken)
    {
        var values = new SqlValues();
        var offset = (MaxSessions - 1).ToString(CultureInfo.InvariantCulture);
        using var rows = connection.Query(
            $"SELECT start_ns, key FROM {catalog}.sessions WHERE {Conditions(query, after, null, values)} ORDER BY start_ns, key LIMIT 1 OFFSET {offset}", [.. values.All], cancellationToken);
        return rows.NextChunk() ? (rows.Column(0).Int64(0), System.Text.Encoding.UTF8.GetString(rows.Column(1).Bytes(0))) : null;
    }

    private static void ReadUsage(ReadOnlySpan<byte> bytes, ActivityQuery query, UsageCursor cursor, List<UsageRow> rows)
    {
        rows.Clear();
        if (bytes.IsEmpty)
        {
            return;
        }

        cursor.Open(bytes);
        var texts = cursor.Texts();
        while (cursor.NextRow())
        {
            if (cursor.StartNanos < query.Range.EndNanos && cursor.StartNanos + UsageRow.HourNanos > query.Range.StartNanos && (texts[cursor.Tool].Length == 0 || cursor.HasChanges))
            {
                rows.Add(cursor.Row(texts));
            }
        }
    }

    private static string Conditions(ActivityQuery query, (long StartNanos, string Key)? after, (long StartNanos, string Key)? last, SqlValues values)
    {
        var conditions = new List<string> { $"start_ns < {values.Add(query.Range.EndNanos)} AND end_ns >= {values.Add(query.Range.StartNanos)}" };
        if (query.Agent is { } agent)
        {
            conditions.Add($"agent = {values.Add(agent)}");
        }

        if (after is { } before)
        {
            conditions.Add($"(start_ns > {values.Add(before.StartNanos)} OR (start_ns = {values.Add(before.StartNanos)} AND key > {values.Add(before.Key)}))");
        }

        if (last is { } end)
        {
            conditions.Add($"(start_ns < {values.Add(end.StartNanos)} OR (start_ns = {values.Add(end.StartNanos)} AND key <= {values.Add(end.Key)}))");
        }

        return string.Join(" AND ", conditions);
    }
}
