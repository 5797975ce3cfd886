using Gander.Query.PromQl.Series;
using Gander.Stores;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>Takes single figures out of histograms and summaries. Adds up buckets once and in place.</summary>
internal static class DistributionParts
{
    /// <summary>Makes every bucket column count the buckets below it too, as Prometheus counts them.</summary>
    public static void AddUpBuckets(DistributionBuffer buffer)
    {
        var counts = buffer.Counts;
        foreach (var segment in buffer.Segments)
        {
            for (var column = 2; column < segment.CountColumns; column++)
            {
                var below = counts.Slice(segment.Counts + ((column - 1) * segment.Rows), segment.Rows);
                var own = counts.Slice(segment.Counts + (column * segment.Rows), segment.Rows);
                for (var row = 0; row < own.Length; row++)
                {
                    own[row] += below[row];
                }
            }
        }
    }

    /// <summary>Adds a figure of all points of a run that have it; points without a value become staleness markers.</summary>
    /// <param name="buffer">The points, with buckets added up.</param>
    /// <param name="run">Which run.</param>
    /// <param name="origin">Which figure.</param>
    /// <param name="points">Takes them.</param>
    public static void Add(DistributionBuffer buffer, int run, in SeriesOrigin origin, PointScratch points)
    {
        var range = buffer.Run(run);
        for (var i = range.Start; i < range.End; i++)
        {
            var segment = buffer.Segments[i];
            var (times, starts) = (segment.Row, segment.Rows);
            if (segment.Layout is null)
            {
                points.Add(buffer.Times.Slice(times, starts), buffer.Starts.Slice(times, starts)).Fill(StaleMarker.Value);
            }
            else if (TryColumn(buffer, segment, origin, out var column))
            {
                column.CopyTo(points.Add(buffer.Times.Slice(times, starts), buffer.Starts.Slice(times, starts)));
            }
        }
    }

    private static bool TryColumn(DistributionBuffer buffer, in DistributionSegment segment, in SeriesOrigin origin, out ReadOnlySpan<double> column)
    {
        column = default;
        var index = origin.Part is SeriesPart.Bucket or SeriesPart.Quantile && !double.IsPositiveInfinity(origin.Bound)
            ? Array.BinarySearch(segment.Layout!, origin.Bound)
            : 0;
        switch (origin.Part)
        {
            case SeriesPart.Bucket when index >= 0 && double.IsPositiveInfinity(origin.Bound):
            case SeriesPart.Count:
                column = buffer.Counts.Slice(segment.Counts, segment.Rows);
                return true;
            case SeriesPart.Bucket when index >= 0 && index + 1 < segment.CountColumns:
                column = buffer.Counts.Slice(segment.Counts + ((index + 1) * segment.Rows), segment.Rows);
                return true;
            case SeriesPart.Sum when segment.HasSum:
                column = buffer.Doubles.Slice(segment.Doubles, segment.Rows);
                return true;
            case SeriesPart.Quantile when index >= 0:
                column = buffer.Doubles.Slice(segment.Doubles + ((index + 1) * segment.Rows), segment.Rows);
                return true;
            default:
                return false;
        }
    }
}
