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

    /// <summary>Reads numbers; see <see cref="IMetricStore.ReadSamplesAsync"/>.</summary>
    public void ReadSamples(DuckConnection connection, ReadOnlyMemory<int> seriesIds, TimeRange range, SampleBuffer samples, CancellationToken cancellationToken)
    {
        samples.Clear();
        using var slabs = new ByteSlabs();
        var decoder = new SampleDecoder(range);
        foreach (var pieces in Find(connection, seriesIds, range, slabs, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            decoder.Read(pieces, samples);
        }
    }

    /// <summary>Finds numbers without decoding them; see <see cref="IMetricStore.OpenSamplesAsync"/>.</summary>
    public EncodedSamples OpenSamples(DuckConnection connection, ReadOnlyMemory<int> seriesIds, TimeRange range, CancellationToken cancellationToken)
    {
        var slabs = new ByteSlabs();
        try
        {
            return new EncodedSamples(Find(connection, seriesIds, range, slabs, cancellationToken), range, slabs);
        }
        catch
        {
            slabs.Dispose();
            throw;
        }
    }

    /// <summary>Reads histograms and summaries; see <see cref="IMetricStore.ReadDistributionsAsync"/>.</summary>
    public void ReadDistributions(DuckConnection connection, ReadOnlyMemory<int> seriesIds, TimeRange range, DistributionBuffer distributions, CancellationToken cancellationToken)
    {
        distributions.Clear();
        using var slabs = new ByteSlabs();
        var decoder = new DistributionDecoder(distributions, range);
        var merger = new PointMerger();
        foreach (var pieces in Find(connection, seriesIds, range, slabs, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (pieces.Entry?.Series.Kind is MetricKind.Histogram or MetricKind.Summary && !decoder.TryRead(pieces))
            {
                Merge(pieces, merger);
                decoder.Read(pieces, merger.Merge().View);
            }

            distributions.EndRun();
        }
    }

    /// <summary>Reads points of any kind; see <see cref="IMetricStore.ReadPointsAsync"/> and <see cref="IMetricStore.ReadExemplarsAsync"/>.</summary>
    public void ReadPoints(
        DuckConnection connection, ReadOnlyMemory<int> seriesIds, TimeRange range, MetricBatch batch, int limit, bool onlyExemplars, CancellationToken cancellationToken)
    {
        batch.Clear();
        using var slabs = new ByteSlabs();
        var merger = new PointMerger();
        var answer = new PointAnswer(batch, limit, onlyExemplars);
        foreach (var pieces in Find(connection, seriesIds, range, slabs, cancellationToken, onlyExemplars))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Merge(pieces, merger);
            answer.Add(pieces.Entry?.Series, merger.Merge().View, range);
        }
    }

    // The chunks of each series by time, as they mostly are in order of time too; then the open columns. Sealed chunks of the
    // head stand among the chunks, and open columns of a running cut were written before those sealed after it: hence ranks.
    private SeriesPieces[] Find(
        DuckConnection connection, ReadOnlyMemory<int> seriesIds, TimeRange range, ByteSlabs slabs, CancellationToken cancellationToken, bool onlyExemplars = false)
    {
        var entries = registry.Resolve(seriesIds.Span);
        var memory = head.Snapshot(entries);
        var positions = new Dictionary<int, int>(entries.Length);
        var pieces = new SeriesPieces[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            pieces[i] = new SeriesPieces(entries[i]);
            if (entries[i] is { } entry)
            {
                if (entry.FirstNanos < range.EndNanos && entry.LastNanos >= range.StartNanos)
                {
                    positions.TryAdd(entry.Series.Id, i);
                }
            }
        }

        foreach (ref readonly var chunk in files.Read(connection, positions, MetricOf(entries), range, onlyExemplars, slabs, cancellationToken))
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
            Add(pieces[i], memory[i].Cutting, range, onlyExemplars, ref rank);
            Add(pieces[i], memory[i].Current, range, onlyExemplars, ref rank);
            pieces[i].Chunks.Sort(static (left, right) => left.MinTime != right.MinTime ? left.MinTime.CompareTo(right.MinTime) : left.Rank.CompareTo(right.Rank));
        }

        return pieces;
    }

    private static int? MetricOf(SeriesEntry?[] entries)
    {
        int? metric = null;
        foreach (var entry in entries)
        {
            if (entry is not null && (metric ??= entry.Metric.Key) != entry.Metric.Key)
            {
                return null;
            }
        }

        return metric;
    }

    private static void Add(SeriesPieces pieces, HeadRuns? runs, TimeRange range, bool onlyExemplars, ref long rank)
    {
        if (runs is null)
        {
            return;
        }

        foreach (var chunk in runs.Chunks)
        {
            rank++;
            if (chunk.MaxTime >= range.StartNanos && chunk.MinTime < range.EndNanos && (chunk.HasExemplars || !onlyExemplars))
            {
                pieces.Chunks.Add(new StoredChunk(0, rank, chunk.Form, chunk.Count, chunk.MinTime, chunk.MaxTime, chunk.Times, chunk.Data));
            }
        }

        if (runs.Open is { } open)
        {
            pieces.Open.Add((++rank, open));
        }
    }

    private void Merge(SeriesPieces pieces, PointMerger merger)
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
}
