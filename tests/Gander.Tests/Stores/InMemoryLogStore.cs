using System.Runtime.CompilerServices;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Stores;

/// <summary>Log records in a list.</summary>
public sealed class InMemoryLogStore(InMemoryRecords<LogRecord> records) : ILogStore
{
    public Task<WriteOutcome> WriteAsync(IReadOnlyList<LogBatch> batches, CancellationToken cancellationToken) =>
        Task.FromResult(records.Write([.. batches.Select(batch => (batch.Fingerprint, LogRecord.ReadAll(batch)))]));

    public Task<LogBatch> FindAsync(RecordQuery query, CancellationToken cancellationToken) => Answer(records.Find(query), query.Detail);

    public Task<LogBatch> ReadSessionsAsync(
        IReadOnlyCollection<string> sessionIds, IReadOnlyCollection<TraceId> traceIds, TimeRange near, RecordDetail detail, CancellationToken cancellationToken) =>
        Answer(
            records.Earliest(record => near.Contains(record.OrderNanos)
                && ((record.SessionId is { } id && sessionIds.Contains(id)) || traceIds.Contains(record.TraceId))),
            detail);

    public Task<LogBatch> ReadLooseAsync(IReadOnlyCollection<ulong> resourceIds, TimeRange near, CancellationToken cancellationToken) =>
        Answer(
            records.Earliest(record => near.Contains(record.OrderNanos)
                && record.SessionId is null && record.TraceId.IsEmpty && resourceIds.Contains(record.Resource.Id)),
            RecordDetail.Everything);

    public Task<HashSet<ulong>> ListLooseResourcesAsync(ExportRange exports, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(records.Exports(exports).SelectMany(export => export.Records)
            .Where(record => record.SessionId is null && record.TraceId.IsEmpty).Select(record => record.Resource.Id).Take(limit).ToHashSet());

    public long LastSequence => records.LastSequence;

    public async IAsyncEnumerable<StoredExports<LogBatch>> ReadExportsAsync(
        ExportRange exports, RecordDetail detail, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (sequence, export) in records.Exports(exports))
        {
            yield return new StoredExports<LogBatch>(await Answer(export, detail), sequence);
        }
    }

    private static Task<LogBatch> Answer(IEnumerable<LogRecord> logs, RecordDetail detail) =>
        Task.FromResult(Some.LogBatch([.. logs.Select(record => record.At(detail))]));
}
