using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Api.Search;

/// <summary>
/// Walks over the records of a search, newest first, page after page, while others write. A record written during the walk is
/// met when its time is older than where the walk stands; no record is met twice and none is left out.
/// </summary>
/// <typeparam name="TBatch">Spans or log records.</typeparam>
/// <param name="query">What to find; its limit is how many are read at a time.</param>
/// <param name="start">Where to go on, or null for the newest.</param>
/// <param name="find">Asks the store.</param>
/// <param name="time">The time of a row.</param>
/// <param name="hash">A hash of what tells a row from others of the same time.</param>
/// <param name="keepBatches">Whether batches live as long as the walk; else until the next one is read.</param>
internal sealed class RecordWalk<TBatch>(
    RecordQuery query,
    PageCursor? start,
    Func<RecordQuery, CancellationToken, Task<TBatch>> find,
    Func<TBatch, int, long> time,
    Func<TBatch, int, ulong> hash,
    bool keepBatches) : IDisposable
    where TBatch : TelemetryBatch
{
    // Records of one nanosecond that are searched for the last one given out.
    private const int MaxTies = 10_000;

    // A store may end an answer early when it grows large. A small one that is short is the last.
    private const int LargeAnswerBytes = 512 * 1024;

    private readonly List<TBatch> _batches = [];
    private RecordCursor? _position = start?.Position;
    private (TBatch Batch, int Row)? _last;
    private ulong _lastHash = start?.LastRecord ?? 0;
    private bool _resuming = start is not null;
    private bool _ended;

    /// <summary>The batch of the next record.</summary>
    public TBatch Batch { get; private set; } = null!;

    /// <summary>The row of the next record.</summary>
    public int Row { get; private set; }

    /// <summary>Records read so far, whether they were taken or not.</summary>
    public int Scanned { get; private set; }

    /// <summary>Where the walk stands: after all records taken. Null before the first.</summary>
    public PageCursor? Position => _position is { } position ? new PageCursor(position, LastHash, []) : null;

    private ulong LastHash => _last is { } last ? hash(last.Batch, last.Row) : _lastHash;

    /// <summary>Whether there is a next record; reads on when needed.</summary>
    public async ValueTask<bool> HasNextAsync(CancellationToken cancellationToken)
    {
        if (_batches.Count > 0 && Row < Batch.Count)
        {
            return true;
        }

        if (_ended)
        {
            return false;
        }

        if (_resuming)
        {
            _resuming = false;
            await ResumeAsync(cancellationToken);
        }
        else
        {
            await ReadAsync(query with { After = _position }, cancellationToken);
        }

        return await HasNextAsync(cancellationToken);
    }

    /// <summary>Moves past the next record.</summary>
    public void Take()
    {
        var at = time(Batch, Row);
        _position = _position is { } position && position.TimeNanos == at ? position with { Skip = position.Skip + 1 } : new RecordCursor(at, 1);
        _last = (Batch, Row);
        Row++;
    }

    /// <inheritdoc/>
    public void Dispose() => Release();

    // Goes one record back, to see that the last one given out still stands where it stood.
    private async Task ResumeAsync(CancellationToken cancellationToken)
    {
        var stored = _position!.Value;
        var back = Math.Max(0, stored.Skip - 1);
        await ReadAsync(query with { After = stored with { Skip = back } }, cancellationToken);
        if (Batch.Count > 0 && IsLast(Batch, 0, stored))
        {
            Row = 1;
            return;
        }

        // Records of the same nanosecond arrived or were deleted in between: look for the last one among them.
        using var ties = await find(query with { After = stored with { Skip = 0 }, Limit = MaxTies }, cancellationToken);
        for (var row = 0; row < ties.Count && time(ties, row) == stored.TimeNanos; row++)
        {
            if (IsLast(ties, row, stored))
            {
                _position = stored with { Skip = row + 1 };
                break;
            }
        }

        await ReadAsync(query with { After = _position }, cancellationToken);
    }

    private bool IsLast(TBatch batch, int row, RecordCursor position) =>
        time(batch, row) == position.TimeNanos && hash(batch, row) == start!.LastRecord;

    private async Task ReadAsync(RecordQuery part, CancellationToken cancellationToken)
    {
        if (!keepBatches)
        {
            (_lastHash, _last) = (LastHash, null);
            Release();
        }

        Batch = await find(part, cancellationToken);
        _batches.Add(Batch);
        Row = 0;
        Scanned += Batch.Count;
        _ended = Batch.Count == 0 || (Batch.Count < part.Limit && Batch.Text.Length < LargeAnswerBytes);
    }

    private void Release()
    {
        _batches.ForEach(batch => batch.Dispose());
        _batches.Clear();
    }
}
