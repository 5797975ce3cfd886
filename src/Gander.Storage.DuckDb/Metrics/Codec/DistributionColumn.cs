using System.Runtime.InteropServices;

namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>
/// The distributions of a chunk. Points that follow each other and have the same shape form a run: the shape is written once,
/// then each bucket is a column of its own through all points of the run. Not thread-safe.
/// </summary>
internal sealed class DistributionColumn
{
    private readonly ByteWriter _assembled = new();
    private long[] _counts = [];
    private long[] _doubles = [];
    private long[] _scratch = [];

    /// <summary>Writes all distributions; each item of <paramref name="distributions"/> is a place in <paramref name="payload"/>.</summary>
    public void Encode(BitWriter writer, ReadOnlySpan<byte> payload, ReadOnlySpan<(int Offset, int Length)> distributions)
    {
        for (var first = 0; first < distributions.Length;)
        {
            var head = Parse(Slice(payload, distributions[first]));
            var end = first + 1;
            while (end < distributions.Length && head.IsLike(Parse(Slice(payload, distributions[end]))))
            {
                end++;
            }

            EncodeRun(writer, head, payload, distributions[first..end]);
            first = end;
        }
    }

    /// <summary>Reads <paramref name="count"/> distributions and gives each, as it was written, to <paramref name="accept"/>.</summary>
    public void Decode<TAcceptor>(ref BitReader reader, int count, ref TAcceptor accept)
        where TAcceptor : struct, IDistributionAcceptor, allows ref struct
    {
        for (var done = 0; done < count;)
        {
            var run = DecodeRun(ref reader, count - done);
            var (rows, counts, doubles) = (run.Rows, run.CountColumns, run.DoubleColumns);
            for (var row = 0; row < rows; row++)
            {
                _assembled.Truncate(0);
                _assembled.WriteByte(run.Mask);
                _assembled.WriteBytes(run.Shape);
                _assembled.WriteVarint((ulong)counts);
                for (var i = 0; i < counts; i++)
                {
                    _assembled.WriteVarint((ulong)_counts[(i * rows) + row]);
                }

                _assembled.WriteVarint((ulong)doubles);
                for (var i = 0; i < doubles; i++)
                {
                    _assembled.WriteInt64(_doubles[(i * rows) + row]);
                }

                accept.Accept(done + row, _assembled.Written);
            }

            done += rows;
        }
    }

    /// <summary>Reads the next run of the same shape as columns; what it returns is good until the next call.</summary>
    /// <param name="reader">The bytes.</param>
    /// <param name="most">Points that are left.</param>
    public DistributionRun DecodeRun(ref BitReader reader, int most)
    {
        var rows = reader.ReadCount(most);
        if (rows == 0)
        {
            throw new InvalidDataException("A run of distributions in a chunk is empty.");
        }

        var mask = (byte)reader.Read(8);
        var shape = new byte[reader.ReadCount(1 << 24)];
        reader.ReadBytes(shape);
        var counts = reader.ReadCount(1 << 24);
        var doubles = reader.ReadCount(1 << 24);
        DecodeColumns(ref reader, rows, counts, doubles);
        return new DistributionRun(rows, mask, shape, counts, _counts.AsSpan(0, rows * counts), doubles, MemoryMarshal.Cast<long, double>(_doubles.AsSpan(0, rows * doubles)));
    }

    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> payload, (int Offset, int Length) place) => payload.Slice(place.Offset, place.Length);

    private static Parts Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var mask = reader.ReadByte();
        var shape = reader.ReadBytes();
        var counts = reader.ReadCount();
        var firstCount = reader.Position;
        for (var i = 0; i < counts; i++)
        {
            reader.ReadVarint();
        }

        var doubles = reader.ReadCount();
        return new Parts(mask, shape, counts, bytes[firstCount..], doubles, bytes[reader.Position..]);
    }

    private void EncodeRun(BitWriter writer, Parts head, ReadOnlySpan<byte> payload, ReadOnlySpan<(int Offset, int Length)> places)
    {
        var rows = places.Length;
        Reserve(rows, head.Counts, head.Doubles);
        for (var row = 0; row < rows; row++)
        {
            var parts = Parse(Slice(payload, places[row]));
            var counts = new ByteReader(parts.CountBytes);
            for (var i = 0; i < parts.Counts; i++)
            {
                _counts[(i * rows) + row] = (long)counts.ReadVarint();
            }

            var doubles = new ByteReader(parts.DoubleBytes);
            for (var i = 0; i < parts.Doubles; i++)
            {
                _doubles[(i * rows) + row] = doubles.ReadInt64();
            }
        }

        writer.WriteVarint((ulong)rows);
        writer.Write(head.Mask, 8);
        writer.WriteVarint((ulong)head.Shape.Length);
        writer.WriteBytes(head.Shape);
        writer.WriteVarint((ulong)head.Counts);
        writer.WriteVarint((ulong)head.Doubles);
        for (var i = 0; i < head.Counts; i++)
        {
            IntColumn.Encode(writer, _counts.AsSpan(i * rows, rows));
        }

        for (var i = 0; i < head.Doubles; i++)
        {
            DoubleColumn.Encode(writer, _doubles.AsSpan(i * rows, rows), _scratch);
        }
    }

    private void DecodeColumns(ref BitReader reader, int rows, int counts, int doubles)
    {
        Reserve(rows, counts, doubles);
        for (var i = 0; i < counts; i++)
        {
            IntColumn.Decode(ref reader, _counts.AsSpan(i * rows, rows));
        }

        for (var i = 0; i < doubles; i++)
        {
            DoubleColumn.Decode(ref reader, MemoryMarshal.Cast<long, double>(_doubles.AsSpan(i * rows, rows)));
        }
    }

    private void Reserve(int rows, int counts, int doubles)
    {
        Reserve(ref _counts, (long)rows * counts);
        Reserve(ref _doubles, (long)rows * doubles);
        Reserve(ref _scratch, rows);
    }

    private static void Reserve(ref long[] array, long length)
    {
        if (length > 1 << 26)
        {
            throw new InvalidDataException("A run of distributions in a chunk is too large.");
        }

        if (array.Length < length)
        {
            array = new long[Math.Max(length, array.Length * 2L)];
        }
    }

    /// <summary>One distribution taken apart.</summary>
    private readonly ref struct Parts(byte mask, ReadOnlySpan<byte> shape, int counts, ReadOnlySpan<byte> countBytes, int doubles, ReadOnlySpan<byte> doubleBytes)
    {
        public byte Mask { get; } = mask;

        public ReadOnlySpan<byte> Shape { get; } = shape;

        public int Counts { get; } = counts;

        public ReadOnlySpan<byte> CountBytes { get; } = countBytes;

        public int Doubles { get; } = doubles;

        public ReadOnlySpan<byte> DoubleBytes { get; } = doubleBytes;

        public bool IsLike(Parts other) =>
            Mask == other.Mask && Counts == other.Counts && Doubles == other.Doubles && Shape.SequenceEqual(other.Shape);
    }
}
