using Gander.Storage.DuckDb.Metrics.Codec;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Metrics;

/// <summary>Fills a buffer with histograms and summaries that were merged point by point.</summary>
internal sealed class DistributionAnswer(DistributionBuffer buffer)
{
    private byte[] _shape = [];
    private double[] _layout = [];

    /// <summary>Adds those points of a series that are in the range; they are in order.</summary>
    public void Add(MetricKind kind, in PointView points, TimeRange range)
    {
        for (var row = 0; row < points.Count;)
        {
            if (!range.Contains(points.Times[row]))
            {
                row++;
                continue;
            }

            var end = row + 1;
            while (end < points.Count && range.Contains(points.Times[end]) && AreAlike(points, row, end))
            {
                end++;
            }

            AddSegment(kind, points, row, end);
            row = end;
        }
    }

    /// <summary>Adds those points of a run that are in the range.</summary>
    public void Add(MetricKind kind, in DistributionRun run, ReadOnlySpan<long> times, ReadOnlySpan<long> starts, TimeRange range)
    {
        var from = FirstAtOrAfter(times, range.StartNanos);
        var rows = FirstAtOrAfter(times, range.EndNanos) - from;
        if (rows <= 0)
        {
            return;
        }

        var isSummary = kind == MetricKind.Summary;
        var layout = LayoutOf(run.Shape);
        var countColumns = isSummary ? 1 : run.CountColumns;
        var hasSum = isSummary || DistributionBytes.HasSumIn([run.Mask]);
        var doubleColumns = isSummary ? layout.Length + 1 : hasSum ? 1 : 0;
        buffer.Add(rows, layout, countColumns, hasSum, doubleColumns, out var toTimes, out var toStarts, out var counts, out var doubles);
        times.Slice(from, rows).CopyTo(toTimes);
        starts.Slice(from, rows).CopyTo(toStarts);
        for (var column = 0; column < countColumns; column++)
        {
            var source = run.Counts(column).Slice(from, rows);
            var target = counts.Slice(column * rows, rows);
            for (var row = 0; row < target.Length; row++)
            {
                target[row] = (ulong)source[row];
            }
        }

        for (var column = 0; column < Math.Min(doubleColumns, run.DoubleColumns); column++)
        {
            run.Doubles(column).Slice(from, rows).CopyTo(doubles.Slice(column * rows, rows));
        }
    }

    private static int FirstAtOrAfter(ReadOnlySpan<long> times, long time)
    {
        var at = times.BinarySearch(time);
        at = at < 0 ? ~at : at;
        while (at > 0 && times[at - 1] == time)
        {
            at--;
        }

        return at;
    }

    private static bool HasValue(in PointView points, int row) =>
        points.FormOf(row) >= PointForm.Histogram && (!points.TryGetExtra(row, out var extra) || (extra.Flags & 1) == 0);

    private static bool AreAlike(in PointView points, int row, int other)
    {
        var hasValue = HasValue(points, row);
        return hasValue == HasValue(points, other)
            && (!hasValue || (DistributionBytes.KeyOf(points.PayloadOf(row)).SequenceEqual(DistributionBytes.KeyOf(points.PayloadOf(other)))
                && DistributionBytes.CountsOf(points.PayloadOf(row)) == DistributionBytes.CountsOf(points.PayloadOf(other))));
    }

    private void AddSegment(MetricKind kind, in PointView points, int first, int end)
    {
        var rows = end - first;
        if (!HasValue(points, first))
        {
            buffer.Add(rows, null, 0, false, 0, out var emptyTimes, out var emptyStarts, out _, out _);
            CopyTimes(points, first, emptyTimes, emptyStarts);
            return;
        }

        var isSummary = kind == MetricKind.Summary;
        var head = points.PayloadOf(first);
        var layout = LayoutOf(DistributionBytes.ShapeOf(head));
        var columns = isSummary ? 1 : DistributionBytes.CountsOf(head);
        var hasSum = isSummary || DistributionBytes.HasSumIn(head);
        var doubleColumns = isSummary ? layout.Length + 1 : hasSum ? 1 : 0;
        buffer.Add(rows, layout, columns, hasSum, doubleColumns, out var times, out var starts, out var counts, out var doubles);
        CopyTimes(points, first, times, starts);
        for (var row = 0; row < rows; row++)
        {
            DistributionBytes.Spread(points.PayloadOf(first + row), row, rows, counts, doubles);
        }
    }

    private static void CopyTimes(in PointView points, int first, Span<long> times, Span<long> starts)
    {
        points.Times.AsSpan(first, times.Length).CopyTo(times);
        points.CopyStarts(first, starts);
    }

    private double[] LayoutOf(ReadOnlySpan<byte> shape)
    {
        if (!shape.SequenceEqual(_shape))
        {
            (_shape, _layout) = (shape.ToArray(), DistributionBytes.ValuesOf(shape));
        }

        return _layout;
    }
}
