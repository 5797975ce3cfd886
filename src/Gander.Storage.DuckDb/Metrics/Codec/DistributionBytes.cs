using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>
/// One distribution as bytes: which of the optional figures it has, its shape (what seldom changes: bounds, scale, offsets,
/// quantiles), its counts, its doubles. In the log and in the head; chunks take it apart again.
/// </summary>
internal static class DistributionBytes
{
    private const byte HasSum = 1;
    private const byte HasMin = 2;
    private const byte HasMax = 4;

    /// <summary>Writes the distribution of a point of <paramref name="form"/>.</summary>
    public static void Write(ByteWriter writer, ByteWriter shape, MetricBatch batch, PointForm form, int row)
    {
        shape.Truncate(0);
        switch (form)
        {
            case PointForm.Histogram:
                var histogram = batch.Histograms[row];
                WriteDoubles(shape, batch.Doubles.Values[histogram.Bounds.Start..histogram.Bounds.End]);
                WriteHead(writer, shape, histogram.Sum, histogram.Min, histogram.Max);
                writer.WriteVarint((ulong)histogram.Buckets.Count + 1);
                writer.WriteVarint(histogram.Count);
                WriteCounts(writer, batch, histogram.Buckets);
                WriteOptional(writer, histogram.Sum, histogram.Min, histogram.Max);
                break;
            case PointForm.ExponentialHistogram:
                var exponential = batch.ExponentialHistograms[row];
                WriteShape(shape, exponential);
                WriteHead(writer, shape, exponential.Sum, exponential.Min, exponential.Max);
                writer.WriteVarint((ulong)(exponential.Positive.Count + exponential.Negative.Count) + 2);
                writer.WriteVarint(exponential.Count);
                writer.WriteVarint(exponential.ZeroCount);
                WriteCounts(writer, batch, exponential.Positive);
                WriteCounts(writer, batch, exponential.Negative);
                WriteOptional(writer, exponential.Sum, exponential.Min, exponential.Max);
                break;
            default:
                var summary = batch.Summaries[row];
                WriteDoubles(shape, batch.Doubles.Values[summary.Quantiles.Start..summary.Quantiles.End]);
                WriteHead(writer, shape, null, null, null);
                writer.WriteVarint(1);
                writer.WriteVarint(summary.Count);
                writer.WriteVarint((ulong)summary.Values.Count + 1);
                writer.WriteDouble(summary.Sum);
                WriteRaw(writer, batch.Doubles.Values[summary.Values.Start..summary.Values.End]);
                break;
        }
    }

    /// <summary>Adds the distribution to the columns of <paramref name="batch"/> and returns its row there.</summary>
    public static int AddTo(MetricBatch batch, PointForm form, ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var mask = reader.ReadByte();
        var shape = new ByteReader(reader.ReadBytes());
        switch (form)
        {
            case PointForm.Histogram:
                var bounds = ReadDoubles(ref shape, batch);
                var bucketCount = reader.ReadCount() - 1;
                var count = reader.ReadVarint();
                var buckets = ReadCounts(ref reader, batch, bucketCount);
                ReadOptional(ref reader, mask, out var sum, out var min, out var max);
                batch.Histograms.Add(new HistogramRow(count, sum, min, max, bounds, buckets));
                return batch.Histograms.Count - 1;
            case PointForm.ExponentialHistogram:
                batch.ExponentialHistograms.Add(ReadExponential(ref reader, ref shape, mask, batch));
                return batch.ExponentialHistograms.Count - 1;
            default:
                var quantiles = ReadDoubles(ref shape, batch);
                _ = reader.ReadVarint();
                var total = reader.ReadVarint();
                var valueCount = reader.ReadCount() - 1;
                var totalSum = reader.ReadDouble();
                batch.Summaries.Add(new SummaryRow(total, totalSum, quantiles, ReadRaw(ref reader, batch, valueCount)));
                return batch.Summaries.Count - 1;
        }
    }

    /// <summary>The part of a distribution that seldom changes.</summary>
    public static ReadOnlySpan<byte> ShapeOf(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        reader.ReadByte();
        return reader.ReadBytes();
    }

    /// <summary>What must be equal for two distributions to fit into the same columns, apart from the number of counts.</summary>
    public static ReadOnlySpan<byte> KeyOf(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        reader.ReadByte();
        reader.ReadBytes();
        return bytes[..reader.Position];
    }

    /// <summary>How many counts there are.</summary>
    public static int CountsOf(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        reader.ReadByte();
        reader.ReadBytes();
        return reader.ReadCount();
    }

    /// <summary>Whether a histogram has a sum.</summary>
    public static bool HasSumIn(ReadOnlySpan<byte> bytes) => (bytes[0] & HasSum) != 0;

    /// <summary>
    /// Writes counts and doubles into row <paramref name="row"/> of blocks of columns, each <paramref name="rows"/> long; doubles
    /// for which the block has no column are left out.
    /// </summary>
    public static void Spread(ReadOnlySpan<byte> bytes, int row, int rows, Span<double> counts, Span<double> doubles)
    {
        var reader = new ByteReader(bytes);
        reader.ReadByte();
        reader.ReadBytes();
        var countColumns = reader.ReadCount();
        for (var column = 0; column < countColumns; column++)
        {
            counts[(column * rows) + row] = reader.ReadVarint();
        }

        var doubleColumns = reader.ReadCount();
        for (var at = row; at < doubles.Length && doubleColumns > 0; at += rows, doubleColumns--)
        {
            doubles[at] = reader.ReadDouble();
        }
    }

    /// <summary>The bounds or quantiles in the shape of a histogram or summary.</summary>
    public static double[] ValuesOf(ReadOnlySpan<byte> shape)
    {
        var reader = new ByteReader(shape);
        var values = new double[reader.ReadCount()];
        foreach (ref var value in values.AsSpan())
        {
            value = reader.ReadDouble();
        }

        return values;
    }

    private static void WriteShape(ByteWriter shape, in ExponentialHistogramRow row)
    {
        shape.WriteSigned(row.Scale);
        shape.WriteDouble(row.ZeroThreshold);
        shape.WriteSigned(row.PositiveOffset);
        shape.WriteVarint((ulong)row.Positive.Count);
        shape.WriteSigned(row.NegativeOffset);
        shape.WriteVarint((ulong)row.Negative.Count);
    }

    private static ExponentialHistogramRow ReadExponential(ref ByteReader reader, ref ByteReader shape, byte mask, MetricBatch batch)
    {
        var scale = (int)shape.ReadSigned();
        var threshold = shape.ReadDouble();
        var positiveOffset = (int)shape.ReadSigned();
        var positiveCount = (int)shape.ReadVarint();
        var negativeOffset = (int)shape.ReadSigned();
        var negativeCount = (int)shape.ReadVarint();
        _ = reader.ReadVarint();
        var count = reader.ReadVarint();
        var zeros = reader.ReadVarint();
        var positive = ReadCounts(ref reader, batch, positiveCount);
        var negative = ReadCounts(ref reader, batch, negativeCount);
        ReadOptional(ref reader, mask, out var sum, out var min, out var max);
        return new ExponentialHistogramRow(count, sum, min, max, scale, zeros, threshold, positiveOffset, positive, negativeOffset, negative);
    }

    private static void WriteHead(ByteWriter writer, ByteWriter shape, double? sum, double? min, double? max)
    {
        writer.WriteByte((byte)((sum.HasValue ? HasSum : 0) | (min.HasValue ? HasMin : 0) | (max.HasValue ? HasMax : 0)));
        writer.WriteBytes(shape.Written);
    }

    private static void WriteOptional(ByteWriter writer, double? sum, double? min, double? max)
    {
        writer.WriteVarint((ulong)((sum.HasValue ? 1 : 0) + (min.HasValue ? 1 : 0) + (max.HasValue ? 1 : 0)));
        foreach (var value in (ReadOnlySpan<double?>)[sum, min, max])
        {
            if (value is { } present)
            {
                writer.WriteDouble(present);
            }
        }
    }

    private static void ReadOptional(ref ByteReader reader, byte mask, out double? sum, out double? min, out double? max)
    {
        _ = reader.ReadVarint();
        sum = (mask & HasSum) != 0 ? reader.ReadDouble() : null;
        min = (mask & HasMin) != 0 ? reader.ReadDouble() : null;
        max = (mask & HasMax) != 0 ? reader.ReadDouble() : null;
    }

    private static void WriteDoubles(ByteWriter writer, ReadOnlySpan<double> values)
    {
        writer.WriteVarint((ulong)values.Length);
        WriteRaw(writer, values);
    }

    private static void WriteRaw(ByteWriter writer, ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            writer.WriteDouble(value);
        }
    }

    private static RowRange ReadDoubles(ref ByteReader reader, MetricBatch batch) => ReadRaw(ref reader, batch, reader.ReadCount());

    private static RowRange ReadRaw(ref ByteReader reader, MetricBatch batch, int count)
    {
        var start = batch.Doubles.Count;
        for (var i = 0; i < count; i++)
        {
            batch.Doubles.Add(reader.ReadDouble());
        }

        return new RowRange(start, batch.Doubles.Count);
    }

    private static void WriteCounts(ByteWriter writer, MetricBatch batch, RowRange rows)
    {
        foreach (var count in batch.Counts.Values[rows.Start..rows.End])
        {
            writer.WriteVarint(count);
        }
    }

    private static RowRange ReadCounts(ref ByteReader reader, MetricBatch batch, int count)
    {
        var start = batch.Counts.Count;
        for (var i = 0; i < count; i++)
        {
            batch.Counts.Add(reader.ReadVarint());
        }

        return new RowRange(start, batch.Counts.Count);
    }
}
