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

    public async IAsyncEnumerable<LogBatch> ReadAfterAsync(long sequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var chunk in records.After(sequence).Chunk(100))
        {
            yield return await Answer(chunk, RecordDetail.Attributes);
        }
    }

    private static Task<LogBatch> Answer(IEnumerable<LogRecord> logs, RecordDetail detail) =>
        Task.FromResult(Some.LogBatch([.. logs.Select(record => record.At(detail))]));
}
