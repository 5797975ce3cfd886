using Gander.Sessions.Facts;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Sessions.Indexing;

/// <summary>
/// Facts that were observed and wait to be folded. Observing only appends, so that ingest never waits for a fold. Above its
/// limit it drops everything and says so: the store has it all. Thread-safe.
/// </summary>
internal sealed class PendingFacts(int maxFacts)
{
    private readonly Lock _spanLock = new();
    private readonly Lock _logLock = new();
    private readonly FactReader _spanReader = new();
    private readonly FactReader _logReader = new();
    private readonly FactPieces<SpanFacts> _spans = new();
    private readonly Lock _pointLock = new();
    private readonly PointReader _pointReader = new(new FactReader());
    private List<PointFacts> _points = [];
    private bool _pointsOverflowed;
    private List<LogFacts> _events = [];
    private List<LogFacts> _logs = [];
    private int _spanCount;
    private long _spanSequence;
    private long _logSequence;
    private bool _overflowed;

    /// <summary>Whether anything waits.</summary>
    public bool IsEmpty => Volatile.Read(ref _spanCount) == 0 && Volatile.Read(ref _logs).Count == 0 && Volatile.Read(ref _points).Count == 0
        && !Volatile.Read(ref _pointsOverflowed) && !Volatile.Read(ref _overflowed);

    /// <summary>Facts that wait.</summary>
    public int Count => Volatile.Read(ref _spanCount) + Volatile.Read(ref _logs).Count;

    /// <summary>Whether something was dropped that the store has to be asked for.</summary>
    public bool HasOverflowed => Volatile.Read(ref _overflowed);

    /// <summary>Counts all that is stored already as observed and dropped.</summary>
    public void StartAfter(FoldProgress stored)
    {
        lock (_spanLock)
        {
            lock (_logLock)
            {
                (_spanSequence, _logSequence) = (stored.Spans, stored.Logs);
                _overflowed = true;
            }
        }
    }

    /// <summary>Reads the facts of a batch that was stored.</summary>
    public void Add(SpanBatch batch, long sequence)
    {
        lock (_spanLock)
        {
            _spanSequence = Math.Max(_spanSequence, sequence);
            if (_spans.Count + batch.Count > maxFacts)
            {
                Volatile.Write(ref _overflowed, true);
                _spans.Clear();
                _spanCount = 0;
                _events.Clear();
                return;
            }

            for (var row = 0; row < batch.Count; row++)
            {
                var span = _spanReader.Read(batch, row);
                if (span.Role == SpanRole.Noise)
                {
                    continue;
                }

                _spans.Add(span);
                if (span.Status == 2)
                {
                    AddEvents(batch, span);
                }
            }

            _spanCount = _spans.Count;
        }
    }

    /// <inheritdoc cref="Add(SpanBatch, long)"/>
    public void Add(LogBatch batch, long sequence)
    {
        lock (_logLock)
        {
            _logSequence = Math.Max(_logSequence, sequence);
            if (_logs.Count + batch.Count > maxFacts)
            {
                Volatile.Write(ref _overflowed, true);
                _logs.Clear();
                return;
            }

            for (var row = 0; row < batch.Count; row++)
            {
                _logReader.Read(batch, row, out var record);
                if (record.Kind != LogFactKind.Other || record.Session.Length > 0)
                {
                    _logs.Add(record);
                }
            }
        }
    }

    /// <summary>Reads the points of a batch that was stored and that tell of sessions.</summary>
    public void Add(MetricBatch batch)
    {
        lock (_pointLock)
        {
            _pointReader.Read(batch, _points.Add);
            if (_points.Count > maxFacts)
            {
                Volatile.Write(ref _pointsOverflowed, true);
                _points.Clear();
            }
        }
    }

    /// <summary>Has the store asked for the points of sessions.</summary>
    public void MarkPointsOverflowed() => Volatile.Write(ref _pointsOverflowed, true);

    /// <summary>Has the store asked for what was observed since the last save.</summary>
    public void MarkOverflowed()
    {
        lock (_spanLock)
        {
            _overflowed = true;
        }
    }

    /// <summary>Hands over all that waits. Give the spans back to <see cref="Recycle"/>.</summary>
    public PendingContent Take()
    {
        lock (_spanLock)
        {
            lock (_logLock)
            {
                lock (_pointLock)
                {
                    var content = new PendingContent(
                        _spans.Take(), [.. _events, .. _logs], _points, new FoldProgress(_spanSequence, _logSequence), _overflowed, _pointsOverflowed);
                    _spanCount = 0;
                    _events = [];
                    _logs = [];
                    _points = [];
                    _overflowed = _pointsOverflowed = false;
                    return content;
                }
            }
        }
    }

    /// <summary>Takes back the memory of <see cref="Take"/>.</summary>
    public void Recycle(PendingContent content)
    {
        lock (_spanLock)
        {
            _spans.Recycle(content.Spans);
        }
    }

    private void AddEvents(SpanBatch batch, SpanFacts span)
    {
        var events = batch.EventRanges[span.Row];
        for (var row = events.Start; row < events.End; row++)
        {
            if (_spanReader.TryReadEvent(batch, span, row, out var note))
            {
                _events.Add(note);
            }
        }
    }
}
