using System.Text;
using Gander.Storage.DuckDb.Files;
using Gander.Storage.DuckDb.Queries;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb;

/// <summary>Spans in day files.</summary>
internal sealed class DuckDbSpanStore(SignalPart<SpanBatch> part) : ISpanStore
{
    // The root is the earliest span without a parent; times are added as wide numbers, since a sum may leave 64 bits.
    private const string SummariseTraces =
        """
        SELECT trace_id, min(time_ns), coalesce(TRY_CAST(max(time_ns::HUGEINT + duration_ns) AS BIGINT), max(time_ns)), count(*), count(*) FILTER (status = 2),
          min(time_ns) FILTER (parent_id IS NULL),
          arg_min(coalesce(name, ''), [time_ns, seq, rowid]) FILTER (parent_id IS NULL),
          arg_min(coalesce(service, ''), [time_ns, seq, rowid]) FILTER (parent_id IS NULL),
          arg_min(seq, [time_ns, seq, rowid]) FILTER (parent_id IS NULL)
        FROM ({rows}) GROUP BY trace_id
        """;

    private const string SummarisedColumns = "trace_id, time_ns, duration_ns, seq, rowid, parent_id, status, name, service";

    public Task<WriteOutcome> WriteAsync(IReadOnlyList<SpanBatch> batches, CancellationToken cancellationToken) => part.Writer.WriteAsync(batches, cancellationToken);

    public Task<SpanBatch> FindAsync(RecordQuery query, CancellationToken cancellationToken) => part.Reader.FindAsync(query, cancellationToken);

    public Task<SpanBatch> ReadTraceAsync(TraceId traceId, TimeRange? near, CancellationToken cancellationToken)
    {
        var filter = traceId.IsEmpty ? new SqlFilter("trace_id IS NULL", []) : OfTraces([traceId]);
        return part.Reader.ReadAsync(near ?? TimeRange.All, RecordDetail.Everything, cancellationToken, filter);
    }

    public async Task<SpanBatch> ReadTracesAsync(IReadOnlyCollection<TraceId> traceIds, TimeRange? near, RecordDetail detail, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(traceIds.Count, 1_000);
        if (traceIds.Count == 0)
        {
            return new SpanBatch();
        }

        return await part.Reader.ReadAsync(near ?? TimeRange.All, detail, cancellationToken, OfTraces(traceIds));
    }

    public async Task<HashSet<TraceId>> ListTracesAsync(ExportRange exports, int limit, CancellationToken cancellationToken)
    {
        var values = new SqlValues();
        var statement =
            $"""
            SELECT trace_id FROM {SqlFilter.File}.spans WHERE seq > {values.Add(exports.After)} AND seq <= {values.Add(exports.Through)} AND trace_id IS NOT NULL
            GROUP BY trace_id ORDER BY max(seq) DESC LIMIT {values.Add(limit)}
            """;
        var traces = new HashSet<TraceId>();
        await part.Reader.QueryFilesAsync(
            TimeRange.All,
            new SqlFilter(statement, values.All),
            rows =>
            {
                while (rows.NextChunk())
                {
                    for (var row = 0; row < rows.Count; row++)
                    {
                        traces.Add(rows.Column(0).TraceId(row));
                    }
                }
            },
            cancellationToken);
        return traces;
    }

    public async Task<IReadOnlyList<TraceSummary>> SummariseTracesAsync(IReadOnlyCollection<TraceId> traceIds, TimeRange near, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(traceIds.Count, 1_000);
        if (traceIds.Count == 0)
        {
            return [];
        }

        var summaries = new Dictionary<TraceId, (TraceSummary Summary, (long Nanos, long Sequence) Root)>();
        await part.Reader.QueryFoundAsync(
            near,
            OfTraces(traceIds),
            SummarisedColumns,
            SummariseTraces,
            rows =>
            {
                while (rows.NextChunk())
                {
                    for (var row = 0; row < rows.Count; row++)
                    {
                        Merge(summaries, rows, row);
                    }
                }
            },
            cancellationToken);
        return [.. summaries.Values.Select(entry => entry.Summary)];
    }

    public async Task<SpanBatch> ReadSessionsAsync(IReadOnlyCollection<string> sessionIds, TimeRange near, RecordDetail detail, CancellationToken cancellationToken)
    {
        if (sessionIds.Count == 0)
        {
            return new SpanBatch();
        }

        var values = new SqlValues();
        var named = new SqlFilter(SessionFilter.Of(sessionIds, values), values.All);
        var traces = await TracesAsync(named, near, cancellationToken);
        if (traces.Count == 0)
        {
            return new SpanBatch();
        }

        var unnamedValues = new SqlValues();
        var unnamed = new SqlFilter($"{SqlFilter.Of(traces, unnamedValues)} AND session IS NULL", unnamedValues.All) { Traces = traces };
        return await part.Reader.ReadAsync(near, detail, cancellationToken, named, unnamed);
    }

    public long LastSequence => part.LastSequence;

    public IAsyncEnumerable<StoredExports<SpanBatch>> ReadExportsAsync(ExportRange exports, RecordDetail detail, CancellationToken cancellationToken) =>
        part.Reader.ReadExportsAsync(exports, detail, cancellationToken);

    private async Task<HashSet<TraceId>> TracesAsync(SqlFilter filter, TimeRange near, CancellationToken cancellationToken)
    {
        var values = filter.Values.Count;
        var statement = $"SELECT DISTINCT trace_id FROM {SqlFilter.File}.spans WHERE time_ns >= ${values + 1} AND time_ns < ${values + 2} AND {filter.Template}";
        var traces = new HashSet<TraceId>();
        await part.Reader.QueryFilesAsync(
            near,
            new SqlFilter(statement, [.. filter.Values, Native.SqlValue.Of(near.StartNanos), Native.SqlValue.Of(near.EndNanos)]),
            rows =>
            {
                while (rows.NextChunk())
                {
                    for (var row = 0; row < rows.Count; row++)
                    {
                        traces.Add(rows.Column(0).TraceId(row));
                    }
                }
            },
            cancellationToken);
        return traces;
    }

    private static SqlFilter OfTraces(IReadOnlyCollection<TraceId> traceIds)
    {
        var values = new SqlValues();
        return new SqlFilter(SqlFilter.Of(traceIds, values), values.All) { Traces = traceIds };
    }

    private static void Merge(Dictionary<TraceId, (TraceSummary Summary, (long Nanos, long Sequence) Root)> summaries, Native.DuckRows rows, int row)
    {
        var id = rows.Column(0).TraceId(row);
        var hasRoot = !rows.Column(5).IsNull(row);
        var root = hasRoot ? (rows.Column(5).Int64(row), rows.Column(8).Int64(row)) : (long.MaxValue, long.MaxValue);
        var found = new TraceSummary(
            id,
            rows.Column(1).Int64(row),
            rows.Column(2).Int64(row),
            (int)rows.Column(3).Int64(row),
            (int)rows.Column(4).Int64(row),
            hasRoot ? Encoding.UTF8.GetString(rows.Column(6).Bytes(row)) : null,
            hasRoot ? Encoding.UTF8.GetString(rows.Column(7).Bytes(row)) : null);
        if (summaries.TryGetValue(id, out var known))
        {
            var (first, second) = root.CompareTo(known.Root) < 0 ? (found, known.Summary) : (known.Summary, found);
            found = first with
            {
                StartNanos = Math.Min(first.StartNanos, second.StartNanos),
                EndNanos = Math.Max(first.EndNanos, second.EndNanos),
                Spans = first.Spans + second.Spans,
                Errors = first.Errors + second.Errors,
            };
            root = root.CompareTo(known.Root) < 0 ? root : known.Root;
        }

        summaries[id] = (found, root);
    }
}
