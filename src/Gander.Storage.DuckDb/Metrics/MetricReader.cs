using Gander.Storage.DuckDb.Metrics.Codec;
using Gander.Storage.DuckDb.Metrics.Files;
using Gander.Storage.DuckDb.Metrics.Series;
using Gander.Storage.DuckDb.Native;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Metrics;

/// <summary>
/// One read of points: memory first, then files, so that points on their way from one to the other are seen at least once;
/// points seen twice are equal and count once.
/// </summary>
internal sealed class MetricReader(SeriesRegistry registry, Head head, MetricFiles files)
{
    private const long HeadRank = long.MaxValue / 2;

    private readonly ChunkDecoder _decoder = new();
    private readonly long[] _times = new long[Chunk.MaxPoints];
    private readonly long[] _starts = new long[Chunk.MaxPoints];
    private readonly double[] _values = new double[Chunk.MaxPoints];

    /// <summary>Reads numbers; see <see cref="IMetricStore.ReadSamplesAsync"/>.</summary>
    public void ReadSamples(DuckConnection connection, ReadOnlyMemory<int> seriesIds, TimeRange range, SampleBuffer samples, CancellationToken cancellationToken)
    {
        samples.Clear();
        using var slabs = new ByteSlabs();
        var order = new SampleOrder();
        foreach (var pieces in Find(connection, seriesIds, range, slabs, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (pieces.Entry?.Series.Kind is MetricKind.Gauge or MetricKind.Sum)
            {
                order.Begin();
                foreach (var chunk in pieces.Chunks)
                {
                    order.Piece(samples, chunk.Rank);
                    Add(chunk, range, samples);
                    order.Check(samples);
                }

                foreach (var (rank, open) in pieces.Open)
                {
                    order.Piece(samples, rank);
                    Add(open, range, samples);
                    order.Check(samples);
                }

                order.Finish(samples);
            }

            samples.EndRun();
        }
    }

    /// <summary>Reads histograms and summaries; see <see cref="IMetricStore.ReadDistributionsAsync"/>.</summary>
    public void ReadDistributions(DuckConnection connection, ReadOnlyMemory<int> seriesIds, TimeRange range, DistributionBuffer distributions, CancellationToken cancellationToken)
    {
        distributions.Clear();
        using var slabs = new ByteSlabs();
        var answer = new DistributionAnswer(distributions);
        var merger = new PointMerger();
        foreach (var pieces in Find(connection, seriesIds, range, slabs, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (pieces.Entry?.Series.Kind is MetricKind.Histogram or MetricKind.Summary)
            {
                Merge(pieces, merger);
                answer.Add(pieces.Entry.Series.Kind, merger.Merge().View, range);
            }

            distributions.EndRun();
        }
    }

    /// <summary>Reads points of any kind; see <see cref="IMetricStore.ReadPointsAsync"/>.</summary>
    public void ReadPoints(DuckConnection connection, ReadOnlyMemory<int> seriesIds, TimeRange range, MetricBatch batch, int limit, CancellationToken cancellationToken)
    {
        batch.Clear();
        using var slabs = new ByteSlabs();
        var merger = new PointMerger();
        var answer = new PointAnswer(batch, limit);
        foreach (var pieces in Find(connection, seriesIds, range, slabs, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Merge(pieces, merger);
            answer.Add(pieces.Entry?.Series, merger.Merge().View, range);
        }
    }

    // The chunks of each series by time, as they mostly are in order of time too; then the open columns. Sealed chunks of the
    // head stand among the chunks, and open columns of a running cut were written before those sealed after it: hence ranks.
    private Pieces[] Find(DuckConnection connection, ReadOnlyMemory<int> seriesIds, TimeRange range, ByteSlabs slabs, CancellationToken cancellationToken)
    {
        var entries = registry.Resolve(seriesIds.Span);
        var memory = head.Snapshot(entries);
        var positions = new Dictionary<int, int>(entries.Length);
        var pieces = new Pieces[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            pieces[i] = new Pieces(entries[i]);
            if (entries[i] is { } entry)
            {
                if (entry.FirstNanos < range.EndNanos && entry.LastNanos >= range.StartNanos)
                {
                    positions.TryAdd(entry.Series.Id, i);
                }
            }
        }

        foreach (var chunk in files.Read(connection, positions, range, slabs, cancellationToken))
        {
            pieces[chunk.Position].Chunks.Add(chunk);
        }

        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i] is { } entry && positions.TryGetValue(entry.Series.Id, out var first) && first != i)
            {
                pieces[i].Chunks.AddRange(pieces[first].Chunks);
            }
        }

        for (var i = 0; i < entries.Length; i++)
        {
            var rank = HeadRank;
            Add(pieces[i], memory[i].Cutting, range, ref rank);
            Add(pieces[i], memory[i].Current, range, ref rank);
            pieces[i].Chunks.Sort((left, right) => left.MinTime != right.MinTime ? left.MinTime.CompareTo(right.MinTime) : left.Rank.CompareTo(right.Rank));
        }

        return pieces;
    }

    private static void Add(Pieces pieces, HeadRuns? runs, TimeRange range, ref long rank)
    {
        if (runs is null)
        {
            return;
        }

        foreach (var chunk in runs.Chunks)
        {
            rank++;
            if (chunk.MaxTime >= range.StartNanos && chunk.MinTime < range.EndNanos)
            {
                pieces.Chunks.Add(new StoredChunk(0, rank, chunk.Form, chunk.Count, chunk.MinTime, chunk.MaxTime, chunk.Times, chunk.Data));
            }
        }

        if (runs.Open is { } open)
        {
            pieces.Open.Add((++rank, open));
        }
    }

    private void Merge(Pieces pieces, PointMerger merger)
    {
        merger.Begin();
        var written = pieces.Chunks.Select(chunk => (chunk.Rank, Points: new Func<PointView>(() => Decode(chunk))))
            .Concat(pieces.Open.Select(open => (open.Rank, Points: new Func<PointView>(() => open.Open))));
        foreach (var (_, points) in written.OrderBy(piece => piece.Rank))
        {
            merger.Add(points());
        }
    }

    private PointView Decode(in StoredChunk chunk)
    {
        var points = new PointColumns(chunk.Count);
        _decoder.Decode(chunk.Form, chunk.Count, chunk.Times.Span, chunk.Data.Span, points);
        return points.View;
    }

    private void Add(in StoredChunk chunk, TimeRange range, SampleBuffer samples)
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

    private static void Add(in PointView points, TimeRange range, SampleBuffer samples)
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

    private sealed class Pieces(SeriesEntry? entry)
    {
        public SeriesEntry? Entry { get; } = entry;

        public List<StoredChunk> Chunks { get; } = [];

        public List<(long Rank, PointView Open)> Open { get; } = [];
    }
}
