using Gander.Telemetry;

namespace Gander.Stores;

/// <summary>What a store promises for log records; the rules are those of <see cref="ISpanStore"/>, with <see cref="LogBatch.EffectiveNanos"/> as the time.</summary>
public interface ILogStore
{
    /// <summary>Stores all batches in one transaction, as <see cref="ISpanStore.WriteAsync"/> does.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot take writes for now.</exception>
    Task<WriteOutcome> WriteAsync(IReadOnlyList<LogBatch> batches, CancellationToken cancellationToken);

    /// <summary>Finds records, newest first, ties in reverse order of arrival; the caller disposes the batch.</summary>
    Task<LogBatch> FindAsync(RecordQuery query, CancellationToken cancellationToken);

    /// <summary>All records that carry one of the session ids or one of the trace ids, inside <paramref name="near"/>, earliest first.</summary>
    Task<LogBatch> ReadSessionsAsync(
        IReadOnlyCollection<string> sessionIds, IReadOnlyCollection<TraceId> traceIds, TimeRange near, RecordDetail detail, CancellationToken cancellationToken);

    /// <summary>Records without session and trace from the given resources inside <paramref name="near"/>, earliest first: goose writes most logs so.</summary>
    Task<LogBatch> ReadLooseAsync(IReadOnlyCollection<ulong> resourceIds, TimeRange near, CancellationToken cancellationToken);

    /// <summary>The resources whose records without session and trace are in some exports; at most <paramref name="limit"/> of them.</summary>
    Task<HashSet<ulong>> ListLooseResourcesAsync(ExportRange exports, int limit, CancellationToken cancellationToken);

    /// <summary>The number of the last export stored; 0 when there is none.</summary>
    long LastSequence { get; }

    /// <summary>Records of some exports in order of arrival, as <see cref="ISpanStore.ReadExportsAsync"/> gives spans.</summary>
    IAsyncEnumerable<StoredExports<LogBatch>> ReadExportsAsync(ExportRange exports, RecordDetail detail, CancellationToken cancellationToken);
}
