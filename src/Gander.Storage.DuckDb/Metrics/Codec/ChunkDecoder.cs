using System.Runtime.InteropServices;
using Gander.Stores;

namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>Decodes chunks. Remembers the times it decoded last, which the next chunk often shares. Not thread-safe.</summary>
/// <exception cref="InvalidDataException">Thrown by all members for data no encoder wrote.</exception>
internal sealed class ChunkDecoder
{
    private const int MaxExemplarBytes = 1 << 26;

    private readonly DistributionColumn _distributions = new();
    private readonly TimesMemory _times = new();
    private readonly long[] _starts = new long[Chunk.MaxPoints];
    private readonly long[] _bits = new long[Chunk.MaxPoints];

    /// <summary>Decodes numbers into columns of exactly the chunk's length; see <see cref="SampleBuffer"/> for what they hold.</summary>
    public void DecodeSamples(
        PointForm form, ReadOnlySpan<byte> timesBytes, ReadOnlySpan<byte> data, Span<long> times, Span<long> starts, Span<double> values)
    {
        _times.Of(timesBytes, times.Length).Nanos.CopyTo(times);
        var reader = new BitReader(data);
        StartColumn.Decode(ref reader, times, starts);
        DecodeValues(ref reader, form, values);
    }

    /// <summary>The times of a chunk; good until the next call of any member.</summary>
    public DecodedTimes TimesOf(ReadOnlySpan<byte> timesBytes, int count) => _times.Of(timesBytes, count);

    /// <summary>Decodes the numbers of a chunk alone, into exactly as many as it has.</summary>
    public void DecodeValues(PointForm form, DecodedTimes times, ReadOnlySpan<byte> data, Span<double> values)
    {
        var reader = new BitReader(data);
        if (!StartColumn.TrySkip(ref reader))
        {
            StartColumn.Decode(ref reader, times.Nanos, _starts.AsSpan(0, values.Length));
        }

        DecodeValues(ref reader, form, values);
    }

    private static void DecodeValues(ref BitReader reader, PointForm form, Span<double> values)
    {
        switch (form)
        {
            case PointForm.None:
                values.Fill(BitConverter.Int64BitsToDouble(SampleBuffer.StaleBits));
                break;
            case PointForm.Int:
                var integers = MemoryMarshal.Cast<double, long>(values);
                IntColumn.Decode(ref reader, integers);
                DoubleColumn.Scale(integers, 0);

                break;
            case PointForm.Double:
                DoubleColumn.Decode(ref reader, values);
                break;
            default:
                throw new InvalidDataException("A chunk of distributions has no samples.");
        }

        var extras = reader.ReadCount(values.Length);
        for (int i = 0, row = 0; i < extras; i++)
        {
            var extra = ReadExtra(ref reader, ref row, values.Length);
            if ((extra.Flags & 1) != 0)
            {
                values[row] = BitConverter.Int64BitsToDouble(SampleBuffer.StaleBits);
            }
        }
    }

    /// <summary>
    /// Decodes distributions as columns, a run at a time; false when some point says that it has no value, so that the runs
    /// that were taken do not hold.
    /// </summary>
    public bool TryDecodeRuns<TAcceptor>(int count, ReadOnlySpan<byte> timesBytes, ReadOnlySpan<byte> data, ref TAcceptor accept)
        where TAcceptor : struct, IDistributionRunAcceptor
    {
        var times = _times.Of(timesBytes, count).Nanos;
        var starts = _starts.AsSpan(0, count);
        var reader = new BitReader(data);
        StartColumn.Decode(ref reader, times, starts);
        for (var done = 0; done < count;)
        {
            var run = _distributions.DecodeRun(ref reader, count - done);
            accept.Accept(run, times.Slice(done, run.Rows), starts.Slice(done, run.Rows));
            done += run.Rows;
        }

        var extras = reader.ReadCount(count);
        for (int i = 0, row = 0; i < extras; i++)
        {
            if ((ReadExtra(ref reader, ref row, count).Flags & 1) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Decodes points of any form and adds them to <paramref name="points"/>.</summary>
    public void Decode(PointForm form, int count, ReadOnlySpan<byte> timesBytes, ReadOnlySpan<byte> data, PointColumns points)
    {
        var times = _times.Of(timesBytes, count).Nanos;
        var starts = _starts.AsSpan(0, count);
        var reader = new BitReader(data);
        StartColumn.Decode(ref reader, times, starts);
        if (form >= PointForm.Histogram)
        {
            // The extras stand behind the distributions: those are held back until both are known.
            var held = new HeldDistributions(new ByteWriter(), new (int, int)[count]);
            _distributions.Decode(ref reader, count, ref held);
            AddAll(ref reader, points, form, times, starts, held.Bytes.Written, held.Places);
            return;
        }

        var bits = _bits.AsSpan(0, count);
        switch (form)
        {
            case PointForm.None:
                bits.Clear();
                break;
            case PointForm.Int:
                IntColumn.Decode(ref reader, bits);
                break;
            default:
                DoubleColumn.Decode(ref reader, MemoryMarshal.Cast<long, double>(bits));
                break;
        }

        AddAll(ref reader, points, form, times, starts, default, default);
    }

    private void AddAll(
        ref BitReader reader, PointColumns points, PointForm form, ReadOnlySpan<long> times, ReadOnlySpan<long> starts, ReadOnlySpan<byte> payload, ReadOnlySpan<(int Offset, int Length)> places)
    {
        var extras = reader.ReadCount(times.Length);
        var row = 0;
        var extra = extras > 0 ? ReadExtra(ref reader, ref row, times.Length) : default;
        for (var i = 0; i < times.Length; i++)
        {
            if (form >= PointForm.Histogram)
            {
                points.AddDistribution(times[i], starts[i], form, payload.Slice(places[i].Offset, places[i].Length));
            }
            else
            {
                points.Add(times[i], starts[i], form, _bits[i]);
            }

            if (extras > 0 && extra.Index == i)
            {
                points.AddExtra(extra.Flags, extra.Exemplars);
                extra = --extras > 0 ? ReadExtra(ref reader, ref row, times.Length) : default;
            }
        }
    }

    private static PointExtra ReadExtra(ref BitReader reader, ref int row, int count)
    {
        row += reader.ReadCount(count - 1 - row);
        var flags = (uint)reader.ReadVarint();
        var exemplars = new byte[reader.ReadCount(MaxExemplarBytes)];
        reader.ReadBytes(exemplars);
        return new PointExtra(row, flags, exemplars);
    }

    private readonly struct HeldDistributions(ByteWriter bytes, (int Offset, int Length)[] places) : IDistributionAcceptor
    {
        public ByteWriter Bytes { get; } = bytes;

        public (int Offset, int Length)[] Places { get; } = places;

        public void Accept(int row, ReadOnlySpan<byte> distribution)
        {
            Places[row] = (Bytes.Length, distribution.Length);
            Bytes.WriteRaw(distribution);
        }
    }
}
