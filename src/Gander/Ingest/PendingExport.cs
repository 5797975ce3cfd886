using Gander.Telemetry;

namespace Gander.Ingest;

/// <summary>
/// One export on its way: a rented batch, the bytes it holds, and the answer that its sender waits for. Whoever began it
/// disposes it; once it is submitted the queue keeps the batch until it is written and seen, whatever becomes of the sender.
/// </summary>
public sealed class PendingExport<TBatch> : IDisposable
    where TBatch : TelemetryBatch, new()
{
    private const long Step = 65_536;

    private readonly IngestQueue<TBatch> _queue;
    private readonly HeldBytes _held;
    private long _taken;
    private bool _isSubmitted;

    internal PendingExport(IngestQueue<TBatch> queue, HeldBytes held, TBatch batch) => (_queue, _held, Batch) = (queue, held, batch);

    /// <summary>The batch to fill. Not to be touched after <see cref="SubmitAsync"/>.</summary>
    public TBatch Batch { get; }

    internal int Rejected { get; private set; }

    internal string? Message { get; private set; }

    internal TaskCompletionSource<ExportOutcome> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Counts that this export holds <paramref name="totalBytes"/> in all; false when the server holds too much already.</summary>
    public bool TryHold(long totalBytes)
    {
        if (totalBytes <= _taken)
        {
            return true;
        }

        var more = (totalBytes - _taken + Step - 1) / Step * Step;
        if (!_held.TryTake(more))
        {
            return false;
        }

        _taken += more;
        return true;
    }

    /// <summary>Counts the columns that decoding filled; they may be many times the body. False when the server holds too much already.</summary>
    public bool TryHoldDecoded() => TryHold(Batch.Text.Length + (Batch.Count * 256L) + (Batch.Attributes.Count * 32L));

    /// <summary>Stores the batch. Returns when it is durable and readable, or refused.</summary>
    /// <param name="rejected">Records that decoding refused.</param>
    /// <param name="message">Why.</param>
    /// <param name="cancellationToken">Stops waiting; the export may be stored all the same.</param>
    public Task<ExportOutcome> SubmitAsync(int rejected, string? message, CancellationToken cancellationToken)
    {
        (Rejected, Message) = (rejected, message);
        _isSubmitted = true;
        return _queue.SubmitAsync(this, cancellationToken);
    }

    /// <summary>Gives batch and bytes back, unless the export was submitted.</summary>
    public void Dispose()
    {
        if (!_isSubmitted)
        {
            _isSubmitted = true;
            _queue.Abandon(this);
        }
    }

    internal void ReleaseBytes()
    {
        _held.Release(_taken);
        _taken = 0;
    }
}
