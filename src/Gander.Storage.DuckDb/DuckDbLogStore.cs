using Gander.Storage.DuckDb.Files;
using Gander.Storage.DuckDb.Queries;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb;

/// <summary>Log records in day files.</summary>
internal sealed class DuckDbLogStore(SignalPart<LogBatch> part) : ILogStore
{
    public Task<WriteOutcome> WriteAsync(IReadOnlyList<LogBatch> batches, CancellationToken cancellationToken) => part.Writer.WriteAsync(batches, cancellationToken);

    public Task<LogBatch> FindAsync(RecordQuery query, CancellationToken cancellationToken) => part.Reader.FindAsync(query, cancellationToken);

    public Task<LogBatch> ReadSessionsAsync(
        IReadOnlyCollection<string> sessionIds, IReadOnlyCollection<TraceId> traceIds, TimeRange near, RecordDetail detail, CancellationToken cancellationToken)
    {
        var filters = new List<SqlFilter>();
        var traces = traceIds.Where(id => !id.IsEmpty).ToList();
        if (sessionIds.Count > 0)
        {
            var values = new SqlValues();
            filters.Add(new SqlFilter(SessionFilter.Of(sessionIds, values), values.All));
        }

        if (traces.Count > 0)
        {
            // What the first filter brings is left out, so that no record comes twice.
            var values = new SqlValues();
            var ofTraces = SqlFilter.Of(traces, values);
            filters.Add(new SqlFilter(
                sessionIds.Count > 0 ? $"{ofTraces} AND NOT coalesce({SessionFilter.Of(sessionIds, values)}, false)" : ofTraces, values.All) { Traces = traces });
        }

        return part.Reader.ReadAsync(near, detail, cancellationToken, [.. filters]);
    }

    public Task<LogBatch> ReadLooseAsync(IReadOnlyCollection<ulong> resourceIds, TimeRange near, CancellationToken cancellationToken)
    {
        if (resourceIds.Count == 0)
        {
            return Task.FromResult(new LogBatch());
        }

        var values = new SqlValues();
        var filter = $"session IS NULL AND trace_id IS NULL AND resource_id IN (SELECT id FROM {SqlFilter.File}.resources WHERE hash IN {SqlValues.Join(resourceIds, values.Add)})";
        return part.Reader.ReadAsync(near, RecordDetail.Everything, cancellationToken, new SqlFilter(filter, values.All));
    }

    public async Task<HashSet<ulong>> ListLooseResourcesAsync(ExportRange exports, int limit, CancellationToken cancellationToken)
    {
        var values = new SqlValues();
        var (after, through) = (values.Add(exports.After), values.Add(exports.Through));
        var statement =
            $"""
            SELECT hash FROM {SqlFilter.File}.resources WHERE id IN (
              SELECT DISTINCT resource_id FROM {SqlFilter.File}.logs
              WHERE seq > {after} AND seq <= {through} AND session IS NULL AND trace_id IS NULL) LIMIT {values.Add(limit)}
            """;
        var resources = new HashSet<ulong>();
        await part.Reader.QueryFilesAsync(
            TimeRange.All,
            new SqlFilter(statement, values.All),
            rows =>
            {
                while (rows.NextChunk())
                {
                    for (var row = 0; row < rows.Count && resources.Count < limit; row++)
                    {
                        resources.Add(rows.Column(0).UInt64(row));
                    }
                }
            },
            cancellationToken);
        return resources;
    }

    public long LastSequence => part.LastSequence;

    public IAsyncEnumerable<StoredExports<LogBatch>> ReadExportsAsync(ExportRange exports, RecordDetail detail, CancellationToken cancellationToken) =>
        part.Reader.ReadExportsAsync(exports, detail, cancellationToken);
}
