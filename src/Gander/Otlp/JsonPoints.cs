using System.Text.Json;
using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>Reads data points from OTLP/JSON into columns.</summary>
internal static class JsonPoints
{
    /// <summary>What the points of one metric are read with.</summary>
    public readonly record struct Target(MetricBatch Batch, DecodeContext Context, int Metric, MetricKind Kind, string? Problem);

    /// <summary>Reads the point whose object the reader has entered.</summary>
    public static void Read(ref Utf8JsonReader reader, in JsonSource source, in Target target, int index)
    {
        var batch = target.Batch;
        var rollback = new PointRollback(batch);
        var attributes = default(RowRange);
        var point = new PointRow { Metric = target.Metric, Distribution = -1 };
        var shape = default(Shape);
        while (JsonFields.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("attributes"u8))
            {
                var dropped = 0U;
                attributes = JsonValues.ReadAttributes(ref reader, source, batch.Attributes, ref dropped, target.Context.Limits.MaxAttributes);
            }
            else if (reader.ValueTextEquals("startTimeUnixNano"u8))
            {
                point.StartNanos = JsonFields.ReadNanos(ref reader);
            }
            else if (reader.ValueTextEquals("timeUnixNano"u8))
            {
                point.TimeNanos = JsonFields.ReadNanos(ref reader);
            }
            else if (reader.ValueTextEquals("flags"u8))
            {
                point.Flags = JsonFields.ReadUInt32(ref reader);
            }
            else if (reader.ValueTextEquals("exemplars"u8))
            {
                ReadExemplars(ref reader, source, target);
            }
            else if (target.Kind is MetricKind.Gauge or MetricKind.Sum)
            {
                (point.ValueKind, point.ValueBits) = ReadValue(ref reader, point.ValueKind, point.ValueBits);
            }
            else
            {
                shape.Read(ref reader, target);
            }
        }

        point.Attributes = attributes;
        var problem = shape.Add(ref point, target);
        rollback.Finish(ref point, target.Problem ?? problem, batch, target.Context, index);
    }

    private static (AttributeKind Kind, long Bits) ReadValue(ref Utf8JsonReader reader, AttributeKind kind, long bits)
    {
        var isDouble = reader.ValueTextEquals("asDouble"u8);
        if (!isDouble && !reader.ValueTextEquals("asInt"u8))
        {
            JsonFields.SkipValue(ref reader);
            return (kind, bits);
        }

        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? (kind, bits)
            : isDouble ? (AttributeKind.Double, BitConverter.DoubleToInt64Bits(JsonFields.Double(ref reader)))
            : (AttributeKind.Int, JsonFields.Int64(ref reader));
    }

    private static void ReadExemplars(ref Utf8JsonReader reader, in JsonSource source, in Target target)
    {
        if (!JsonFields.TryEnterArray(ref reader))
        {
            return;
        }

        while (JsonFields.NextObject(ref reader))
        {
            DecodeContext.CheckCount(target.Batch.Exemplars.Count, target.Context.Limits.MaxRecords, "exemplars");
            long time = 0, bits = 0;
            var kind = AttributeKind.Empty;
            TraceId traceId = default;
            SpanId spanId = default;
            RowRange attributes = default;
            while (JsonFields.NextProperty(ref reader))
            {
                if (reader.ValueTextEquals("timeUnixNano"u8))
                {
                    time = JsonFields.ReadNanos(ref reader);
                }
                else if (reader.ValueTextEquals("traceId"u8))
                {
                    traceId = JsonFields.ReadTraceId(ref reader, out _);
                }
                else if (reader.ValueTextEquals("spanId"u8))
                {
                    spanId = JsonFields.ReadSpanId(ref reader, out _);
                }
                else if (reader.ValueTextEquals("filteredAttributes"u8))
                {
                    var dropped = 0U;
                    attributes = JsonValues.ReadAttributes(ref reader, source, target.Batch.Attributes, ref dropped, target.Context.Limits.MaxAttributes);
                }
                else
                {
                    (kind, bits) = ReadValue(ref reader, kind, bits);
                }
            }

            target.Batch.Exemplars.Add(new Exemplar(time, kind, bits, traceId, spanId, attributes));
        }
    }

    /// <summary>The distribution of one point while it is read.</summary>
    private struct Shape
    {
        private ulong _count;
        private ulong _zeroCount;
        private double? _sum;
        private double? _min;
        private double? _max;
        private int _scale;
        private double _zeroThreshold;
        private int _positiveOffset;
        private int _negativeOffset;
        private RowRange _bounds;
        private RowRange _buckets;
        private RowRange _positive;
        private RowRange _negative;
        private RowRange _quantiles;
        private RowRange _values;

        public void Read(ref Utf8JsonReader reader, in Target target)
        {
            if (reader.ValueTextEquals("count"u8))
            {
                _count = JsonFields.ReadUInt64(ref reader);
            }
            else if (reader.ValueTextEquals("sum"u8))
            {
                _sum = JsonFields.ReadOptionalDouble(ref reader);
            }
            else if (target.Kind == MetricKind.Summary)
            {
                ReadSummary(ref reader, target);
            }
            else if (reader.ValueTextEquals("min"u8))
            {
                _min = JsonFields.ReadOptionalDouble(ref reader);
            }
            else if (reader.ValueTextEquals("max"u8))
            {
                _max = JsonFields.ReadOptionalDouble(ref reader);
            }
            else if (target.Kind == MetricKind.Histogram)
            {
                ReadHistogram(ref reader, target);
            }
            else
            {
                ReadExponential(ref reader, target);
            }
        }

        public readonly string? Add(ref PointRow point, in Target target)
        {
            var batch = target.Batch;
            switch (target.Kind)
            {
                case MetricKind.Histogram:
                    point.Distribution = batch.Histograms.Count;
                    batch.Histograms.Add(new HistogramRow(_count, _sum, _min, _max, _bounds, _buckets));
                    return RecordRules.CheckBuckets(batch.Doubles.Values[_bounds.Start.._bounds.End], _buckets.Count);
                case MetricKind.ExponentialHistogram:
                    var histogram = new ExponentialHistogramRow(
                        _count, _sum, _min, _max, _scale, _zeroCount, _zeroThreshold, _positiveOffset, _positive, _negativeOffset, _negative);
                    point.Distribution = batch.ExponentialHistograms.Count;
                    batch.ExponentialHistograms.Add(histogram);
                    return RecordRules.Check(histogram);
                case MetricKind.Summary:
                    point.Distribution = batch.Summaries.Count;
                    batch.Summaries.Add(new SummaryRow(_count, _sum ?? 0, _quantiles, _values));
                    return null;
                default:
                    return null;
            }
        }

        private void ReadHistogram(ref Utf8JsonReader reader, in Target target)
        {
            if (reader.ValueTextEquals("explicitBounds"u8))
            {
                _bounds = ReadDoubles(ref reader, target);
            }
            else if (reader.ValueTextEquals("bucketCounts"u8))
            {
                _buckets = ReadCounts(ref reader, target);
            }
            else
            {
                JsonFields.SkipValue(ref reader);
            }
        }

        private void ReadExponential(ref Utf8JsonReader reader, in Target target)
        {
            if (reader.ValueTextEquals("scale"u8))
            {
                _scale = JsonFields.ReadInt32(ref reader);
            }
            else if (reader.ValueTextEquals("zeroCount"u8))
            {
                _zeroCount = JsonFields.ReadUInt64(ref reader);
            }
            else if (reader.ValueTextEquals("zeroThreshold"u8))
            {
                _zeroThreshold = JsonFields.ReadDouble(ref reader);
            }
            else if (reader.ValueTextEquals("positive"u8))
            {
                (_positiveOffset, _positive) = ReadBuckets(ref reader, target);
            }
            else if (reader.ValueTextEquals("negative"u8))
            {
                (_negativeOffset, _negative) = ReadBuckets(ref reader, target);
            }
            else
            {
                JsonFields.SkipValue(ref reader);
            }
        }

        private void ReadSummary(ref Utf8JsonReader reader, in Target target)
        {
            if (!reader.ValueTextEquals("quantileValues"u8))
            {
                JsonFields.SkipValue(ref reader);
                return;
            }

            // Quantiles and their values are two ranges of one column: two walks.
            var again = reader;
            _quantiles = ReadQuantiles(ref reader, "quantile"u8, target);
            _values = ReadQuantiles(ref again, "value"u8, target);
        }

        private static RowRange ReadQuantiles(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, in Target target)
        {
            var doubles = target.Batch.Doubles;
            var start = doubles.Count;
            if (!JsonFields.TryEnterArray(ref reader))
            {
                return default;
            }

            while (JsonFields.NextObject(ref reader))
            {
                var value = 0.0;
                while (JsonFields.NextProperty(ref reader))
                {
                    if (reader.ValueTextEquals(name))
                    {
                        value = JsonFields.ReadDouble(ref reader);
                    }
                    else
                    {
                        JsonFields.SkipValue(ref reader);
                    }
                }

                DecodeContext.CheckCount(doubles.Count, target.Context.Limits.MaxAttributes, "quantiles");
                doubles.Add(value);
            }

            return new RowRange(start, doubles.Count);
        }

        private static (int Offset, RowRange Counts) ReadBuckets(ref Utf8JsonReader reader, in Target target)
        {
            var offset = 0;
            RowRange counts = default;
            if (!JsonFields.TryEnterObject(ref reader))
            {
                return (offset, counts);
            }

            while (JsonFields.NextProperty(ref reader))
            {
                if (reader.ValueTextEquals("offset"u8))
                {
                    offset = JsonFields.ReadInt32(ref reader);
                }
                else if (reader.ValueTextEquals("bucketCounts"u8))
                {
                    counts = ReadCounts(ref reader, target);
                }
                else
                {
                    JsonFields.SkipValue(ref reader);
                }
            }

            return (offset, counts);
        }

        private static RowRange ReadCounts(ref Utf8JsonReader reader, in Target target)
        {
            var counts = target.Batch.Counts;
            var start = counts.Count;
            if (!JsonFields.TryEnterArray(ref reader))
            {
                return default;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                DecodeContext.CheckCount(counts.Count, target.Context.Limits.MaxAttributes, "bucket counts");
                counts.Add(JsonFields.UInt64(ref reader));
            }

            return new RowRange(start, counts.Count);
        }

        private static RowRange ReadDoubles(ref Utf8JsonReader reader, in Target target)
        {
            var doubles = target.Batch.Doubles;
            var start = doubles.Count;
            if (!JsonFields.TryEnterArray(ref reader))
            {
                return default;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                DecodeContext.CheckCount(doubles.Count, target.Context.Limits.MaxAttributes, "explicit bounds");
                doubles.Add(JsonFields.Double(ref reader));
            }

            return new RowRange(start, doubles.Count);
        }
    }
}
