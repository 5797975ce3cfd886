using Gander.Otlp;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Prometheus.RemoteWrite;

/// <summary>
/// Reads one native histogram, which both versions send alike: spans of buckets with counts as differences. Its bucket
/// <c>i</c> ends at <c>2^(i/2^schema)</c>, ours at <c>2^((i+1)/2^scale)</c>; its buckets with gaps become ours without.
/// </summary>
internal readonly ref struct WriteHistogram
{
    private const int CustomBounds = -53;
    private const int MaxBuckets = 65_536;
    private const uint PositiveSpans = 11;
    private const uint NegativeSpans = 8;
    private const ulong GaugeHint = 3;
    private const double MaxWhole = 1L << 53;

    private readonly TextSource _text;
    private readonly TextRef _range;
    private readonly WriteContext _context;
    private readonly Fields _fields;

    public WriteHistogram(in TextSource text, TextRef range, WriteContext context)
    {
        _text = text;
        (_range, _context) = (range, context);
        _fields = ReadFields(text, range);
    }

    /// <summary>Of explicit bounds or exponential.</summary>
    public MetricKind Kind => _fields.Schema == CustomBounds ? MetricKind.Histogram : MetricKind.ExponentialHistogram;

    /// <summary>Cumulative, or not said for a gauge histogram.</summary>
    public Temporality Temporality => _fields.ResetHint == GaugeHint ? Temporality.Unspecified : Temporality.Cumulative;

    /// <summary>Adds the distribution to the batch and makes its point; null, or what is wrong with it: then the batch may hold remains.</summary>
    public string? Read(long createdMillis, out PointRow point)
    {
        point = new PointRow { ValueKind = AttributeKind.Empty, Distribution = -1 };
        if (!_context.TryTime(_fields.Millis, out var nanos) || !_context.TryTime(_fields.StartMillis ?? createdMillis, out var startNanos))
        {
            return WriteRules.TimeOutOfRange;
        }

        (point.TimeNanos, point.StartNanos) = (nanos, startNanos);
        if (BitConverter.DoubleToInt64Bits(_fields.Sum) == SampleBuffer.StaleBits)
        {
            point.Flags = 1;
            return null;
        }

        if (!IsWhole(_fields.FloatCount) || !IsWhole(_fields.FloatZeroCount))
        {
            return WriteRules.CountsNotWhole;
        }

        return Kind == MetricKind.Histogram ? AddCustom(ref point) : AddExponential(ref point);
    }

    // prompb/types.proto and v2's, Histogram.
    private static Fields ReadFields(in TextSource text, TextRef range)
    {
        var fields = default(Fields);
        var reader = new ProtobufReader(text.Body, range);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case 1 << 3:
                    fields.Count = reader.ReadVarint();
                    break;
                case (2 << 3) | 1:
                    fields.FloatCount = reader.ReadDouble();
                    break;
                case (3 << 3) | 1:
                    fields.Sum = reader.ReadDouble();
                    break;
                case 4 << 3:
                    fields.Schema = reader.ReadZigZag32();
                    break;
                case (5 << 3) | 1:
                    fields.ZeroThreshold = reader.ReadDouble();
                    break;
                case 6 << 3:
                    fields.ZeroCount = reader.ReadVarint();
                    break;
                case (7 << 3) | 1:
                    fields.FloatZeroCount = reader.ReadDouble();
                    break;
                case 14 << 3:
                    fields.ResetHint = reader.ReadVarint();
                    break;
                case 15 << 3:
                    fields.Millis = (long)reader.ReadVarint();
                    break;
                case 17 << 3:
                    fields.StartMillis = (long)reader.ReadVarint();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return fields;
    }

    private static bool IsWhole(double count) => count is >= 0 and <= MaxWhole && count == Math.Floor(count);

    private string? AddExponential(ref PointRow point)
    {
        if (AddExponentialBuckets(PositiveSpans, out var positiveOffset, out var positive) is { } problem)
        {
            return problem;
        }

        if (AddExponentialBuckets(NegativeSpans, out var negativeOffset, out var negative) is { } other)
        {
            return other;
        }

        var row = new ExponentialHistogramRow(
            _fields.Count + (ulong)_fields.FloatCount,
            _fields.Sum,
            null,
            null,
            _fields.Schema,
            _fields.ZeroCount + (ulong)_fields.FloatZeroCount,
            _fields.ZeroThreshold,
            positiveOffset,
            positive,
            negativeOffset,
            negative);
        if (RecordRules.Check(row) is not null)
        {
            return WriteRules.SchemaUnknown;
        }

        point.Distribution = _context.Batch.ExponentialHistograms.Count;
        _context.Batch.ExponentialHistograms.Add(row);
        return null;
    }

    private string? AddExponentialBuckets(uint spansField, out int offset, out RowRange rows)
    {
        (offset, rows) = (0, default);
        if (ReadBuckets(spansField) is { } problem)
        {
            return problem;
        }

        var spans = _context.Scratch.Spans;
        if (spans.Count > 0)
        {
            var first = spans[0].Skipped - 1;
            if (first < int.MinValue)
            {
                return WriteRules.BucketsWrong;
            }

            offset = (int)first;
            spans[0] = (0, spans[0].Length);
        }

        return Fill(MaxBuckets, out rows);
    }

    private string? AddCustom(ref PointRow point)
    {
        var doubles = _context.Batch.Doubles;
        var (start, firstCount) = (doubles.Count, _context.Batch.Counts.Count);
        var reader = new ProtobufReader(_text.Body, _range);
        while (reader.TryReadTag(out var tag))
        {
            if (tag != ((16 << 3) | 2))
            {
                reader.Skip(tag);
                continue;
            }

            var packed = new ProtobufReader(_text.Body, reader.ReadRange());
            while (!packed.IsAtEnd)
            {
                DecodeContext.CheckCount(doubles.Count, _context.Limits.MaxAttributes, "bounds");
                doubles.Add(packed.ReadDouble());
            }
        }

        var bounds = new RowRange(start, doubles.Count);
        var values = doubles.Values[bounds.Start..bounds.End];
        if (RecordRules.CheckBuckets(values, values.Length + 1) is not null || (values.Length > 0 && (double.IsInfinity(values[0]) || double.IsInfinity(values[^1]))))
        {
            return WriteRules.BoundsWrong;
        }

        if ((ReadBuckets(PositiveSpans) ?? Fill(bounds.Count + 1, out _)) is { } problem)
        {
            return problem;
        }

        var counts = _context.Batch.Counts;
        AddZeros(counts, bounds.Count + 1 - (counts.Count - firstCount));
        point.Distribution = _context.Batch.Histograms.Count;
        _context.Batch.Histograms.Add(new HistogramRow(
            _fields.Count + (ulong)_fields.FloatCount, _fields.Sum, null, null, bounds, new RowRange(firstCount, counts.Count)));
        return null;
    }

    // Spans, differences and float counts of one sign are three fields in a row.
    private string? ReadBuckets(uint spansField)
    {
        var (spans, counts) = (_context.Scratch.Spans, _context.Scratch.Counts);
        spans.Clear();
        counts.Clear();
        var count = 0L;
        string? problem = null;
        var reader = new ProtobufReader(_text.Body, _range);
        while (problem is null && reader.TryReadTag(out var tag))
        {
            if (tag == ((spansField << 3) | 2))
            {
                DecodeContext.CheckCount(spans.Count, MaxBuckets, "spans of one histogram");
                spans.Add(ReadSpan(reader.ReadRange()));
            }
            else if (tag == (((spansField + 1) << 3) | 2))
            {
                problem = AddDifferences(reader.ReadRange(), ref count);
            }
            else if (tag == (((spansField + 2) << 3) | 2))
            {
                problem = AddFloats(reader.ReadRange());
            }
            else
            {
                reader.Skip(tag);
            }
        }

        return problem;
    }

    private string? AddDifferences(TextRef range, ref long count)
    {
        var counts = _context.Scratch.Counts;
        var reader = new ProtobufReader(_text.Body, range);
        while (!reader.IsAtEnd)
        {
            var raw = reader.ReadVarint();
            count += (long)(raw >> 1) ^ -(long)(raw & 1);
            if (count < 0 || counts.Count >= MaxBuckets)
            {
                return WriteRules.BucketsWrong;
            }

            counts.Add((ulong)count);
        }

        return null;
    }

    private string? AddFloats(TextRef range)
    {
        var counts = _context.Scratch.Counts;
        var reader = new ProtobufReader(_text.Body, range);
        while (!reader.IsAtEnd)
        {
            var count = reader.ReadDouble();
            if (!IsWhole(count))
            {
                return WriteRules.CountsNotWhole;
            }

            if (counts.Count >= MaxBuckets)
            {
                return WriteRules.BucketsWrong;
            }

            counts.Add((ulong)count);
        }

        return null;
    }

    private (long Skipped, uint Length) ReadSpan(TextRef range)
    {
        long skipped = 0;
        uint length = 0;
        var reader = new ProtobufReader(_text.Body, range);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case 1 << 3:
                    skipped = reader.ReadZigZag32();
                    break;
                case 2 << 3:
                    length = (uint)reader.ReadVarint();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return (skipped, length);
    }

    // Writes the counts with zeros in the gaps of the spans.
    private string? Fill(int maxRows, out RowRange rows)
    {
        var (spans, counts, target) = (_context.Scratch.Spans, _context.Scratch.Counts, _context.Batch.Counts);
        var start = target.Count;
        rows = default;
        var next = 0;
        foreach (var (skipped, length) in spans.Values)
        {
            if (skipped < 0 || length > (uint)(counts.Count - next) || target.Count - start + skipped + length > maxRows)
            {
                return WriteRules.BucketsWrong;
            }

            DecodeContext.CheckCount((int)(target.Count + skipped + length), _context.Limits.MaxAttributes, "buckets");
            AddZeros(target, skipped);
            for (var i = 0; i < length; i++)
            {
                target.Add(counts[next++]);
            }
        }

        rows = new RowRange(start, target.Count);
        return next == counts.Count ? null : WriteRules.BucketsWrong;
    }

    private static void AddZeros(Column<ulong> target, long count)
    {
        for (var i = 0L; i < count; i++)
        {
            target.Add(0);
        }
    }

    private struct Fields
    {
        public ulong Count;
        public double FloatCount;
        public double Sum;
        public int Schema;
        public double ZeroThreshold;
        public ulong ZeroCount;
        public double FloatZeroCount;
        public ulong ResetHint;
        public long Millis;
        public long? StartMillis;
    }
}
