using System.Runtime.InteropServices;
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

    /// <summary>Reads a series as <see cref="IEncodedSamples.TryRead"/> promises.</summary>
    public int TryRead(SeriesPieces pieces, Span<long> timesMillis, Span<double> values)
    {
        if (pieces.Entry?.Series.Kind is not (MetricKind.Gauge or MetricKind.Sum))
        {
            return 0;
        }

        var count = 0;
        foreach (ref readonly var chunk in CollectionsMarshal.AsSpan(pieces.Chunks))
        {
            var added = TryAdd(chunk, timesMillis, values, count);
            if (added < 0)
            {
                return -1;
            }

            count += added;
        }

        foreach (var (_, open) in pieces.Open)
        {
            var added = TryAdd(open, timesMillis, values, count);
            if (added < 0)
            {
                return -1;
            }

            count += added;
        }

        return count;
    }

    private int TryAdd(in StoredChunk chunk, Span<long> timesMillis, Span<double> values, int at)
    {
        var times = _decoder.TimesOf(chunk.Times.Span, chunk.Count);
        var (from, to) = (0, chunk.Count);
        if (!range.Contains(chunk.MinTime) || !range.Contains(chunk.MaxTime))
        {
            (from, to) = (FirstAtOrAfter(times.Nanos, range.StartNanos), FirstAtOrAfter(times.Nanos, range.EndNanos));
        }

        if (!times.AreApart || (from < to && at > 0 && times.Millis[from] <= timesMillis[at - 1]))
        {
            return -1;
        }

        if (to - from == chunk.Count)
        {
            _decoder.DecodeValues(chunk.Form, times, chunk.Data.Span, values.Slice(at, chunk.Count));
        }
        else if (from < to)
        {
            var all = _values.AsSpan(0, chunk.Count);
            _decoder.DecodeValues(chunk.Form, times, chunk.Data.Span, all);
            all[from..to].CopyTo(values[at..]);
        }

        times.Millis[from..to].CopyTo(timesMillis[at..]);
        return to - from;
    }

    private int TryAdd(in PointView points, Span<long> timesMillis, Span<double> values, int at)
    {
        var count = 0;
        for (var row = 0; row < points.Count; row++)
        {
            if (!range.Contains(points.Times[row]))
            {
                continue;
            }

            var millis = DecodedTimes.MillisOf(points.Times[row]);
            if (at + count > 0 && millis <= timesMillis[at + count - 1])
            {
                return -1;
            }

            (timesMillis[at + count], values[at + count]) = (millis, ValueOf(points, row));
            count++;
        }

        return count;
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
