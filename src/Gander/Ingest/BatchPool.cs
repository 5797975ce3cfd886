using System.Collections.Concurrent;
using Gander.Telemetry;

namespace Gander.Ingest;

/// <summary>Keeps cleared batches for reuse, as their columns are large. A batch that grew unusually is dropped instead. Thread-safe.</summary>
public sealed class BatchPool<TBatch>
    where TBatch : TelemetryBatch, new()
{
    private const int MaxPooled = 32;
    private const int MaxTextBytes = 4 * 1024 * 1024;
    private const int MaxRecords = 20_000;
    private const int MaxAttributes = 200_000;

    private readonly ConcurrentBag<TBatch> _batches = [];

    /// <summary>An empty batch.</summary>
    public TBatch Rent() => _batches.TryTake(out var batch) ? batch : new TBatch();

    /// <summary>Takes a batch back; the caller must not touch it again.</summary>
    public void Return(TBatch batch)
    {
        if (batch.Text.Length > MaxTextBytes || batch.Count > MaxRecords || batch.Attributes.Count > MaxAttributes || _batches.Count >= MaxPooled)
        {
            batch.Dispose();
            return;
        }

        batch.Clear();
        _batches.Add(batch);
    }
}
