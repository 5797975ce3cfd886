using Gander.Storage.DuckDb.Metrics.Codec;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Metrics;

/// <summary>
/// Decodes histograms and summaries of series, one after the other: column by column where pieces follow each other in time,
/// point by point where they do not. Not thread-safe.
/// </summary>
internal sealed class DistributionDecoder(DistributionBuffer buffer, TimeRange range)
{
    private readonly DistributionAnswer _answer = new(buffer);
    private readonly ChunkDecoder _decoder = new();

    /// <summary>Adds the segments of a series; false, with nothing added, when its pieces must be merged first.</summary>
    public bool TryRead(SeriesPieces pieces)
    {
        var kind = pieces.Entry!.Series.Kind;
        var segments = buffer.Segments.Count;
        var last = long.MinValue;
        var isFirst = true;
        foreach (var chunk in pieces.Chunks)
        {
            var target = new Target(_answer, kind, range);
            if (chunk.Form < PointForm.Histogram
                || (!isFirst && chunk.MinTime <= last)
                || !_decoder.TryDecodeRuns(chunk.Count, chunk.Times.Span, chunk.Data.Span, ref target))
            {
                buffer.Truncate(segments);
                return false;
            }

            (last, isFirst) = (chunk.MaxTime, false);
        }

        foreach (var (_, open) in pieces.Open)
        {
            if (!open.IsAscending || (!isFirst && open.Times[0] <= last))
            {
                buffer.Truncate(segments);
                return false;
            }

            _answer.Add(kind, open, range);
            (last, isFirst) = (open.Times[open.Count - 1], false);
        }

        return true;
    }

    /// <summary>Adds the segments of a series whose points were merged.</summary>
    public void Read(SeriesPieces pieces, in PointView merged) => _answer.Add(pieces.Entry!.Series.Kind, merged, range);

    private readonly struct Target(DistributionAnswer answer, MetricKind kind, TimeRange range) : IDistributionRunAcceptor
    {
        public void Accept(in DistributionRun run, ReadOnlySpan<long> times, ReadOnlySpan<long> starts) => answer.Add(kind, run, times, starts, range);
    }
}
