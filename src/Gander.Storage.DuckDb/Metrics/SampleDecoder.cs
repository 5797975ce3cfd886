using Gander.Storage.DuckDb.Metrics.Codec;
using Gander.Storage.DuckDb.Metrics.Files;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Metrics;

/// <summary>Decodes the numbers of series, one after the other. Keeps its memory; not thread-safe.</summary>
internal sealed class SampleDecoder(TimeRange range)
{
    private readonly ChunkDecoder _decoder = new();
    private readonly SampleOrder _order = new();
    private readonly long[] _times = new long[Chunk.MaxPoints];
    private readonly long[] _starts = new long[Chunk.MaxPoints];
    private readonly double[] _values = new double[Chunk.MaxPoints];

    /// <summary>Adds one run: the samples of a series in the range, or none when it is of another kind.</summary>
    public void Read(SeriesPieces pieces, SampleBuffer samples)
    {
        if (pieces.Entry?.Series.Kind is MetricKind.Gauge or MetricKind.Sum)
        {
            _order.Begin();
            foreach (var chunk in pieces.Chunks)
            {
                _order.Piece(samples, chunk.Rank);
                Add(chunk, samples);
                _order.Check(samples);
            }

            foreach (var (rank, open) in pieces.Open)
            {
                _order.Piece(samples, rank);
                Add(open, samples);
                _order.Check(samples);
            }

            _order.Finish(samples);
        }

        samples.EndRun();
    }

    private void Add(in StoredChunk chunk, SampleBuffer samples)
    {
        if (range.Contains(chunk.MinTime) && range.Contains(chunk.MaxTime))
        {
            samples.Reserve(chunk.Count);
            var at = samples.Count;
            _decoder.DecodeSamples(
                chunk.Form,
                chunk.Times.Span,
                chunk.Data.Span,
                samples.Times.AsSpan(at, chunk.Count),
                samples.Starts.AsSpan(at, chunk.Count),
                samples.Values.AsSpan(at, chunk.Count));
            samples.Advance(chunk.Count);
            return;
        }

        var times = _times.AsSpan(0, chunk.Count);
        _decoder.DecodeSamples(chunk.Form, chunk.Times.Span, chunk.Data.Span, times, _starts.AsSpan(0, chunk.Count), _values.AsSpan(0, chunk.Count));
        var from = FirstAtOrAfter(times, range.StartNanos);
        var count = FirstAtOrAfter(times, range.EndNanos) - from;
        samples.Reserve(count);
        times.Slice(from, count).CopyTo(samples.Times.AsSpan(samples.Count));
        _starts.AsSpan(from, count).CopyTo(samples.Starts.AsSpan(samples.Count));
        _values.AsSpan(from, count).CopyTo(samples.Values.AsSpan(samples.Count));
        samples.Advance(count);
    }

    private void Add(in PointView points, SampleBuffer samples)
    {
        for (var row = 0; row < points.Count; row++)
        {
            if (!range.Contains(points.Times[row]))
            {
                continue;
            }

            samples.Reserve(1);
            samples.Times[samples.Count] = points.Times[row];
            samples.Starts[samples.Count] = points.StartOf(row);
            samples.Values[samples.Count] = ValueOf(points, row);
            samples.Advance(1);
        }
    }

    private static double ValueOf(in PointView points, int row)
    {
        var hasValue = !points.TryGetExtra(row, out var extra) || (extra.Flags & 1) == 0;
        return points.FormOf(row) switch
        {
            PointForm.Int when hasValue => points.Bits[row],
            PointForm.Double when hasValue => BitConverter.Int64BitsToDouble(points.Bits[row]),
            _ => BitConverter.Int64BitsToDouble(SampleBuffer.StaleBits),
        };
    }

    private static int FirstAtOrAfter(ReadOnlySpan<long> times, long time)
    {
        int low = 0, high = times.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = times[middle] < time ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
