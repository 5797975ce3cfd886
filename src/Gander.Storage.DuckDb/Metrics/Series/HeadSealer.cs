using Gander.Storage.DuckDb.Metrics.Codec;

namespace Gander.Storage.DuckDb.Metrics.Series;

/// <summary>Turns points in memory into chunks. Not thread-safe; the list it returns is valid until the next call.</summary>
internal sealed class HeadSealer
{
    private readonly ChunkEncoder _encoder = new();
    private readonly ChunkDecoder _decoder = new();
    private readonly PointMerger _merger = new();
    private readonly PointColumns _joined = new(Chunk.MaxPoints);
    private readonly List<Chunk> _chunks = [];

    /// <summary>Encodes points that were written one after the other.</summary>
    public List<Chunk> Seal(in PointView points)
    {
        _chunks.Clear();
        if (points.IsAscending)
        {
            _encoder.Encode(points, _chunks);
        }
        else
        {
            _merger.Begin();
            _merger.Add(points);
            _encoder.Encode(_merger.Merge().View, _chunks);
        }

        return _chunks;
    }

    /// <summary>
    /// Encodes all points of a cut. Those that were sealed one behind the other are put into as few chunks as they fit; where
    /// points came late all are merged, so that no two chunks of a cut hold the same point.
    /// </summary>
    public List<Chunk> Seal(HeadRuns runs)
    {
        if (!AreApart(runs))
        {
            _merger.Begin();
            foreach (var chunk in runs.Chunks)
            {
                var points = new PointColumns(chunk.Count);
                _decoder.Decode(chunk.Form, chunk.Count, chunk.Times, chunk.Data, points);
                _merger.Add(points.View);
            }

            if (runs.Open is { } late)
            {
                _merger.Add(late);
            }

            _chunks.Clear();
            _encoder.Encode(_merger.Merge().View, _chunks);
            return _chunks;
        }

        _chunks.Clear();
        if (runs.Chunks.Length + (runs.Open is null ? 0 : 1) == 1)
        {
            _chunks.AddRange(runs.Chunks);
            Encode(runs.Open);
            return _chunks;
        }

        // Halves that belong together become one; where forms alternate there are more than halves, and order is all that counts.
        _joined.Clear();
        foreach (var chunk in runs.Chunks)
        {
            if (_joined.Count + chunk.Count > Chunk.MaxPoints)
            {
                Encode(_joined.View);
                _joined.Clear();
            }

            _decoder.Decode(chunk.Form, chunk.Count, chunk.Times, chunk.Data, _joined);
        }

        if (runs.Open is { } rest && _joined.Count + rest.Count <= Chunk.MaxPoints)
        {
            for (var row = 0; row < rest.Count; row++)
            {
                _joined.AddFrom(rest, row);
            }

            Encode(_joined.View);
        }
        else
        {
            Encode(_joined.View);
            Encode(runs.Open);
        }

        return _chunks;
    }

    private void Encode(PointView? points)
    {
        if (points is { Count: > 0 } some)
        {
            _encoder.Encode(some, _chunks);
        }
    }

    private static bool AreApart(HeadRuns runs)
    {
        var last = long.MinValue;
        var isFirst = true;
        foreach (var chunk in runs.Chunks)
        {
            if (!isFirst && chunk.MinTime <= last)
            {
                return false;
            }

            (last, isFirst) = (chunk.MaxTime, false);
        }

        return runs.Open is not { } open || (open.IsAscending && (isFirst || open.Times[0] > last));
    }
}
