namespace Gander.Storage.DuckDb.Metrics.Series;

/// <summary>
/// The latest streams of a cumulative series, by start, each with the time of its last point: enough to see, in whatever order
/// points come, that one stream began before another ended.
/// </summary>
internal struct StreamTimes
{
    private const int MaxStreams = 8;

    private (long Start, long Last)[]? _streams;
    private int _count;

    /// <summary>Notes a point; true when its stream overlaps another one.</summary>
    public bool Overlaps(long timeNanos, long startNanos)
    {
        _streams ??= new (long, long)[1];
        var at = _count;
        while (at > 0 && _streams[at - 1].Start > startNanos)
        {
            at--;
        }

        if (at > 0 && _streams[at - 1].Start == startNanos)
        {
            at--;
            _streams[at].Last = Math.Max(_streams[at].Last, timeNanos);
        }
        else if (at == 0 && _count == MaxStreams)
        {
            // Older than all that are remembered: it can only be compared with the first of them.
            return _streams[0].Start < timeNanos;
        }
        else
        {
            at = Insert(at, startNanos, timeNanos);
        }

        return (at > 0 && startNanos < _streams[at - 1].Last) || (at + 1 < _count && _streams[at + 1].Start < _streams[at].Last);
    }

    private int Insert(int at, long startNanos, long timeNanos)
    {
        var streams = _streams!;
        if (_count == MaxStreams)
        {
            streams.AsSpan(1, at - 1).CopyTo(streams);
            streams[at - 1] = (startNanos, timeNanos);
            return at - 1;
        }

        if (_count == streams.Length)
        {
            Array.Resize(ref streams, _count * 2);
            _streams = streams;
        }

        streams.AsSpan(at, _count - at).CopyTo(streams.AsSpan(at + 1));
        streams[at] = (startNanos, timeNanos);
        _count++;
        return at;
    }
}
