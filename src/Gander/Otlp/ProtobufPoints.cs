using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>Reads the data points of opentelemetry/proto/metrics/v1/metrics.proto into columns.</summary>
internal static class ProtobufPoints
{
    /// <summary>Reads all points of one metric; <paramref name="index"/> counts points over the whole export.</summary>
    public static void Read(in TextSource text, TextRef data, MetricKind kind, in ProtobufMetrics.Target target, ref int index)
    {
        var points = new ProtobufReader(text.Body, data);
        while (ProtobufEnvelope.TryReadItem(ref points, 1, out var range))
        {
            DecodeContext.CheckCount(index, target.Context.Limits.MaxRecords, "data points");
            var rollback = new PointRollback(target.Batch);
            var attributes = default(AttributeOwner);
            var point = new PointRow { Metric = target.Metric, Distribution = -1 };
            var problem = kind switch
            {
                MetricKind.Histogram => ReadHistogram(text, range, target, rollback, ref point, ref attributes),
                MetricKind.ExponentialHistogram => ReadExponential(text, range, target, ref point, ref attributes),
                MetricKind.Summary => ReadSummary(text, range, target, rollback, ref point, ref attributes),
                _ => ReadNumber(text, range, target, ref point, ref attributes),
            };
            point.Attributes = attributes.Range;
            rollback.Finish(ref point, target.Problem ?? problem, target.Batch, target.Context, index++);
        }
    }

    private static string? ReadNumber(
        in TextSource text, TextRef range, in ProtobufMetrics.Target target, ref PointRow point, ref AttributeOwner attributes)
    {
        var reader = new ProtobufReader(text.Body, range);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (2 << 3) | 1:
                    point.StartNanos = (long)reader.ReadFixed64();
                    break;
                case (3 << 3) | 1:
                    point.TimeNanos = (long)reader.ReadFixed64();
                    break;
                case (4 << 3) | 1:
                    (point.ValueKind, point.ValueBits) = (AttributeKind.Double, (long)reader.ReadFixed64());
                    break;
                case (5 << 3) | 2:
                    ReadExemplar(text, reader.ReadRange(), target);
                    break;
                case (6 << 3) | 1:
                    (point.ValueKind, point.ValueBits) = (AttributeKind.Int, (long)reader.ReadFixed64());
                    break;
                case (7 << 3) | 2:
                    ReadAttribute(text, reader.ReadRange(), target, ref attributes);
                    break;
                case 8 << 3:
                    point.Flags = (uint)reader.ReadVarint();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return null;
    }

    private static string? ReadHistogram(
        in TextSource text, TextRef range, in ProtobufMetrics.Target target, in PointRollback start, ref PointRow point, ref AttributeOwner attributes)
    {
        ulong count = 0;
        double? sum = null, min = null, max = null;
        var batch = target.Batch;
        var reader = new ProtobufReader(text.Body, range);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (2 << 3) | 1:
                    point.StartNanos = (long)reader.ReadFixed64();
                    break;
                case (3 << 3) | 1:
                    point.TimeNanos = (long)reader.ReadFixed64();
                    break;
                case (4 << 3) | 1:
                    count = reader.ReadFixed64();
                    break;
                case (5 << 3) | 1:
                    sum = reader.ReadDouble();
                    break;
                case (6 << 3) | 2:
                    AddPackedFixed(text.Body, reader.ReadRange(), batch.Counts);
                    break;
                case (6 << 3) | 1:
                    batch.Counts.Add(reader.ReadFixed64());
                    break;
                case (7 << 3) | 2:
                    AddPackedDoubles(text.Body, reader.ReadRange(), batch.Doubles);
                    break;
                case (7 << 3) | 1:
                    batch.Doubles.Add(reader.ReadDouble());
                    break;
                case (8 << 3) | 2:
                    ReadExemplar(text, reader.ReadRange(), target);
                    break;
                case (9 << 3) | 2:
                    ReadAttribute(text, reader.ReadRange(), target, ref attributes);
                    break;
                case 10 << 3:
                    point.Flags = (uint)reader.ReadVarint();
                    break;
                case (11 << 3) | 1:
                    min = reader.ReadDouble();
                    break;
                case (12 << 3) | 1:
                    max = reader.ReadDouble();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        var bounds = new RowRange(start.Doubles, batch.Doubles.Count);
        var buckets = new RowRange(start.Counts, batch.Counts.Count);
        point.Distribution = batch.Histograms.Count;
        batch.Histograms.Add(new HistogramRow(count, sum, min, max, bounds, buckets));
        return RecordRules.CheckBuckets(batch.Doubles.Values[bounds.Start..bounds.End], buckets.Count);
    }

    private static string? ReadExponential(
        in TextSource text, TextRef range, in ProtobufMetrics.Target target, ref PointRow point, ref AttributeOwner attributes)
    {
        ulong count = 0, zeroCount = 0;
        double? sum = null, min = null, max = null;
        var scale = 0;
        var zeroThreshold = 0.0;
        TextRef positive = default, negative = default;
        var reader = new ProtobufReader(text.Body, range);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (1 << 3) | 2:
                    ReadAttribute(text, reader.ReadRange(), target, ref attributes);
                    break;
                case (2 << 3) | 1:
                    point.StartNanos = (long)reader.ReadFixed64();
                    break;
                case (3 << 3) | 1:
                    point.TimeNanos = (long)reader.ReadFixed64();
                    break;
                case (4 << 3) | 1:
                    count = reader.ReadFixed64();
                    break;
                case (5 << 3) | 1:
                    sum = reader.ReadDouble();
                    break;
                case 6 << 3:
                    scale = reader.ReadZigZag32();
                    break;
                case (7 << 3) | 1:
                    zeroCount = reader.ReadFixed64();
                    break;
                case (8 << 3) | 2:
                    positive = reader.ReadRange();
                    break;
                case (9 << 3) | 2:
                    negative = reader.ReadRange();
                    break;
                case 10 << 3:
                    point.Flags = (uint)reader.ReadVarint();
                    break;
                case (11 << 3) | 2:
                    ReadExemplar(text, reader.ReadRange(), target);
                    break;
                case (12 << 3) | 1:
                    min = reader.ReadDouble();
                    break;
                case (13 << 3) | 1:
                    max = reader.ReadDouble();
                    break;
                case (14 << 3) | 1:
                    zeroThreshold = reader.ReadDouble();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        var (positiveOffset, positiveCounts) = ReadBuckets(text.Body, positive, target);
        var (negativeOffset, negativeCounts) = ReadBuckets(text.Body, negative, target);
        var histogram = new ExponentialHistogramRow(
            count, sum, min, max, scale, zeroCount, zeroThreshold, positiveOffset, positiveCounts, negativeOffset, negativeCounts);
        point.Distribution = target.Batch.ExponentialHistograms.Count;
        target.Batch.ExponentialHistograms.Add(histogram);
        return RecordRules.Check(histogram);
    }

    private static string? ReadSummary(
        in TextSource text, TextRef range, in ProtobufMetrics.Target target, in PointRollback start, ref PointRow point, ref AttributeOwner attributes)
    {
        ulong count = 0;
        double sum = 0;
        var quantiles = 0;
        var doubles = target.Batch.Doubles;
        var reader = new ProtobufReader(text.Body, range);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (2 << 3) | 1:
                    point.StartNanos = (long)reader.ReadFixed64();
                    break;
                case (3 << 3) | 1:
                    point.TimeNanos = (long)reader.ReadFixed64();
                    break;
                case (4 << 3) | 1:
                    count = reader.ReadFixed64();
                    break;
                case (5 << 3) | 1:
                    sum = reader.ReadDouble();
                    break;
                case (6 << 3) | 2:
                    DecodeContext.CheckCount(doubles.Count, target.Context.Limits.MaxAttributes, "quantiles");
                    doubles.Add(ReadQuantile(text.Body, reader.ReadRange()).Quantile);
                    quantiles++;
                    break;
                case (7 << 3) | 2:
                    ReadAttribute(text, reader.ReadRange(), target, ref attributes);
                    break;
                case 8 << 3:
                    point.Flags = (uint)reader.ReadVarint();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        // Quantiles and their values are two ranges of one column: the values are read in a second walk.
        var values = new ProtobufReader(text.Body, range);
        while (ProtobufEnvelope.TryReadItem(ref values, 6, out var item))
        {
            doubles.Add(ReadQuantile(text.Body, item).Value);
        }

        var middle = start.Doubles + quantiles;
        point.Distribution = target.Batch.Summaries.Count;
        target.Batch.Summaries.Add(new SummaryRow(
            count, sum, new RowRange(start.Doubles, middle), new RowRange(middle, doubles.Count)));
        return null;
    }

    private static void ReadAttribute(in TextSource text, TextRef range, in ProtobufMetrics.Target target, ref AttributeOwner attributes)
    {
        var dropped = 0U;
        ProtobufValues.ReadAttribute(text, range, target.Batch.Attributes, ref attributes, ref dropped, target.Context.Limits.MaxAttributes);
    }

    private static void ReadExemplar(in TextSource text, TextRef range, in ProtobufMetrics.Target target)
    {
        var batch = target.Batch;
        DecodeContext.CheckCount(batch.Exemplars.Count, target.Context.Limits.MaxRecords, "exemplars");
        var attributes = default(AttributeOwner);
        long time = 0, bits = 0;
        var kind = AttributeKind.Empty;
        TraceId traceId = default;
        SpanId spanId = default;
        var reader = new ProtobufReader(text.Body, range);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (2 << 3) | 1:
                    time = (long)reader.ReadFixed64();
                    break;
                case (3 << 3) | 1:
                    (kind, bits) = (AttributeKind.Double, (long)reader.ReadFixed64());
                    break;
                case (4 << 3) | 2:
                    SpanId.TryRead(reader.ReadBytes(), out spanId);
                    break;
                case (5 << 3) | 2:
                    TraceId.TryRead(reader.ReadBytes(), out traceId);
                    break;
                case (6 << 3) | 1:
                    (kind, bits) = (AttributeKind.Int, (long)reader.ReadFixed64());
                    break;
                case (7 << 3) | 2:
                    ReadAttribute(text, reader.ReadRange(), target, ref attributes);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        batch.Exemplars.Add(new Exemplar(time, kind, bits, traceId, spanId, attributes.Range));
    }

    private static (int Offset, RowRange Counts) ReadBuckets(ReadOnlySpan<byte> body, TextRef range, in ProtobufMetrics.Target target)
    {
        var counts = target.Batch.Counts;
        var limit = target.Context.Limits.MaxAttributes;
        var start = counts.Count;
        var offset = 0;
        var reader = new ProtobufReader(body, range);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case 1 << 3:
                    offset = reader.ReadZigZag32();
                    break;
                case 2 << 3:
                    DecodeContext.CheckCount(counts.Count, limit, "bucket counts");
                    counts.Add(reader.ReadVarint());
                    break;
                case (2 << 3) | 2:
                    var packed = new ProtobufReader(body, reader.ReadRange());
                    while (!packed.IsAtEnd)
                    {
                        DecodeContext.CheckCount(counts.Count, limit, "bucket counts");
                        counts.Add(packed.ReadVarint());
                    }

                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return (offset, new RowRange(start, counts.Count));
    }

    private static (double Quantile, double Value) ReadQuantile(ReadOnlySpan<byte> body, TextRef range)
    {
        double quantile = 0, value = 0;
        var reader = new ProtobufReader(body, range);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (1 << 3) | 1:
                    quantile = reader.ReadDouble();
                    break;
                case (2 << 3) | 1:
                    value = reader.ReadDouble();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return (quantile, value);
    }

    private static void AddPackedFixed(ReadOnlySpan<byte> body, TextRef range, Column<ulong> target)
    {
        var reader = new ProtobufReader(body, range);
        while (!reader.IsAtEnd)
        {
            target.Add(reader.ReadFixed64());
        }
    }

    private static void AddPackedDoubles(ReadOnlySpan<byte> body, TextRef range, Column<double> target)
    {
        var reader = new ProtobufReader(body, range);
        while (!reader.IsAtEnd)
        {
            target.Add(reader.ReadDouble());
        }
    }
}
