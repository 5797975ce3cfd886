using CsCheck;
using Gander.Storage.DuckDb.Metrics.Codec;
using Gander.Telemetry;

namespace Gander.Tests.Stores.Metrics;

public sealed class MetricCodecTests
{
    private const long Second = 1_000_000_000;
    private const long Start = 1_790_000_000 * Second;

    private static readonly double[] SpecialDoubles =
        [0.0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, 0.1, 1e300, 9007199254740993.0];

    private static readonly long[] SpecialLongs = [long.MinValue, long.MaxValue, 0, -1, 1L << 53];

    private static readonly Gen<double> AnyDouble = Gen.OneOf(
        Gen.Double,
        Gen.Long.Select(BitConverter.Int64BitsToDouble),
        Gen.Int[-1000, 1000].Select(value => value / 100.0),
        Gen.Int[0, SpecialDoubles.Length - 1].Select(index => SpecialDoubles[index]));

    private static readonly Gen<long> AnyLong = Gen.OneOf(
        Gen.Long, Gen.Long[-100, 100], Gen.Int[0, SpecialLongs.Length - 1].Select(index => SpecialLongs[index]));

    [Fact]
    public void Integers_of_any_size_come_back_exactly() =>
        AnyLong.Array[1, 300].Sample(values =>
        {
            var writer = new BitWriter();
            IntColumn.Encode(writer, values);
            var reader = new BitReader(writer.TakeBytes());
            var read = new long[values.Length];
            IntColumn.Decode(ref reader, read);
            return values.AsSpan().SequenceEqual(read);
        });

    [Fact]
    public void Doubles_come_back_bit_by_bit() =>
        Gen.OneOf(AnyDouble.Array[1, 300], Gen.Select(Gen.Int[0, 14], Gen.Int.Array[1, 300], (places, digits) => digits.Select(digit => digit / Math.Pow(10, places)).ToArray())).Sample(values =>
        {
            var bits = values.Select(BitConverter.DoubleToInt64Bits).ToArray();
            var writer = new BitWriter();
            DoubleColumn.Encode(writer, bits, new long[bits.Length]);
            var reader = new BitReader(writer.TakeBytes());
            var read = new double[values.Length];
            DoubleColumn.Decode(ref reader, read);
            return bits.AsSpan().SequenceEqual(read.Select(BitConverter.DoubleToInt64Bits).ToArray());
        });

    [Fact]
    public void Points_of_every_form_come_back_as_they_were() => AnyPoints().Sample(points => AssertRoundTrip(points));

    [Fact]
    public void Chunks_hold_a_bounded_number_of_points_of_one_form()
    {
        var points = new PointColumns(16);
        for (var i = 0; i < 1000; i++)
        {
            points.Add(Start + (i * Second), 0, i % 7 == 0 ? PointForm.Int : PointForm.Double, i);
        }

        var chunks = new List<Chunk>();
        new ChunkEncoder().Encode(points.View, chunks);

        Assert.Equal(1000, chunks.Sum(chunk => chunk.Count));
        Assert.All(chunks, chunk => Assert.InRange(chunk.Count, 1, Chunk.MaxPoints));
    }

    [Fact]
    public void Chunks_with_equal_times_share_them()
    {
        var encoder = new ChunkEncoder();
        var chunks = new List<Chunk>();
        for (var series = 0; series < 3; series++)
        {
            var points = new PointColumns(16);
            for (var i = 0; i < 50; i++)
            {
                points.Add(Start + (i * 15 * Second), Start, PointForm.Int, i * series);
            }

            encoder.Encode(points.View, chunks);
        }

        Assert.All(chunks, chunk => Assert.Same(chunks[0].Times, chunk.Times));
    }

    [Fact]
    public void Regular_counters_take_less_than_two_bytes_a_sample()
    {
        var random = new Random(1);
        var points = new PointColumns(Chunk.MaxPoints);
        var value = 0.0;
        for (var i = 0; i < Chunk.MaxPoints; i++)
        {
            value += random.Next(2000);
            points.Add(Start + (i * 15 * Second), Start, PointForm.Double, BitConverter.DoubleToInt64Bits(value));
        }

        var chunks = new List<Chunk>();
        new ChunkEncoder().Encode(points.View, chunks);

        Assert.InRange(chunks.Sum(chunk => chunk.Data.Length + chunk.Times.Length), 1, Chunk.MaxPoints * 2);
    }

    [Fact]
    public void Damaged_chunks_are_refused_and_never_read_out_of_bounds() =>
        Gen.Select(AnyPoints(), Gen.Int, Gen.Int[0, 255]).Sample((points, place, value) =>
        {
            var chunks = new List<Chunk>();
            new ChunkEncoder().Encode(points.View, chunks);
            var chunk = chunks[(place & 0xffff) % chunks.Count];
            var data = chunk.Data.ToArray();
            data[(place & int.MaxValue) % data.Length] = (byte)value;
            try
            {
                new ChunkDecoder().Decode(chunk.Form, chunk.Count, chunk.Times, data.AsSpan(0, data.Length - (place & 1)), new PointColumns(16));
            }
            catch (InvalidDataException)
            {
            }
        });

    private static void AssertRoundTrip(PointColumns points)
    {
        var chunks = new List<Chunk>();
        new ChunkEncoder().Encode(points.View, chunks);
        var decoder = new ChunkDecoder();
        var read = new List<(long Time, long Start, PointForm Form, string Value, uint Flags, string Exemplars)>();
        foreach (var chunk in chunks)
        {
            var decoded = new PointColumns(16);
            decoder.Decode(chunk.Form, chunk.Count, chunk.Times, chunk.Data, decoded);
            Assert.Equal(chunk.MinTime, decoded.View.Times[0]);
            Assert.Equal(chunk.MaxTime, decoded.View.Times[decoded.Count - 1]);
            read.AddRange(Describe(decoded.View));
        }

        Assert.Equal(Describe(points.View).OrderBy(point => point.Form).ThenBy(point => point.Time).ThenBy(point => point.Start), read);
    }

    private static List<(long Time, long Start, PointForm Form, string Value, uint Flags, string Exemplars)> Describe(PointView points)
    {
        var described = new List<(long, long, PointForm, string, uint, string)>();
        for (var i = 0; i < points.Count; i++)
        {
            var form = points.FormOf(i);
            var value = form >= PointForm.Histogram ? Convert.ToHexString(points.PayloadOf(i)) : $"{points.Bits[i]}";
            points.TryGetExtra(i, out var extra);
            described.Add((points.Times[i], points.StartOf(i), form, form == PointForm.None ? "" : value, extra.Flags, Convert.ToHexString(extra.Exemplars ?? [])));
        }

        return described;
    }

    // Points in order and all different, as a chunk wants them: of all forms, with starts of all habits.
    private static Gen<PointColumns> AnyPoints()
    {
        var step = Gen.OneOf(Gen.Const(15 * Second), Gen.Long[1, 20_000_000].Select(jitter => (15 * Second) + jitter), Gen.Long[0, 3], Gen.Long[0, 1L << 50]);
        var value = Gen.OneOf(
            AnyLong.Select(bits => (Form: PointForm.Int, Bits: bits)),
            AnyDouble.Select(number => (Form: PointForm.Double, Bits: BitConverter.DoubleToInt64Bits(number))),
            Gen.Const((Form: PointForm.None, Bits: 0L)),
            Gen.Long[0, 1 << 20].Select(seed => (Form: PointForm.Histogram, Bits: seed)),
            Gen.Long[0, 1 << 20].Select(seed => (Form: PointForm.ExponentialHistogram, Bits: seed)),
            Gen.Long[0, 1 << 20].Select(seed => (Form: PointForm.Summary, Bits: seed)));
        var point = Gen.Select(step, value, Gen.Int[0, 9]);
        return Gen.Select(point.Array[1, 300], Gen.Int[0, 5], AnyLong, AnyLong).Select((points, habit, origin, firstStart) =>
        {
            var columns = new PointColumns(4);
            var time = habit == 5 ? origin : Start;
            var start = firstStart;
            foreach (var (delta, (form, bits), odd) in points)
            {
                var next = unchecked(time + delta);
                if (next < time)
                {
                    break;
                }

                start = habit switch { 0 => 0, 1 => firstStart, 2 => time, 3 => firstStart + (odd * Second), _ => unchecked(next - (bits & 0xffff)) };
                if (next == time && columns.Count > 0 && start <= columns.View.StartOf(columns.Count - 1))
                {
                    continue;
                }

                time = next;
                if (form >= PointForm.Histogram)
                {
                    columns.AddDistribution(time, start, form, Distribution(form, (int)bits));
                }
                else
                {
                    columns.Add(time, start, form, bits);
                }

                if (odd == 7)
                {
                    columns.AddExtra((uint)(bits & 1), (bits & 2) == 0 ? [] : [1, 2, 3]);
                }
            }

            return columns;
        }).Where(columns => columns.Count > 0);
    }

    private static byte[] Distribution(PointForm form, int seed)
    {
        var random = new Random(seed);
        using var batch = new MetricBatch();
        var bounds = Fill(batch.Doubles, random.Next(3), () => random.Next(2) / 4.0);
        var buckets = Fill(batch.Counts, random.Next(4), () => (ulong)random.NextInt64(random.Next(2) == 0 ? 10 : long.MaxValue));
        double? Maybe() => random.Next(3) == 0 ? null : random.Next(5) == 0 ? random.NextDouble() : random.Next(100);
        batch.Histograms.Add(new HistogramRow(ulong.MaxValue - (ulong)random.Next(3), Maybe(), Maybe(), Maybe(), bounds, buckets));
        batch.ExponentialHistograms.Add(new ExponentialHistogramRow(
            (ulong)random.Next(9), Maybe(), Maybe(), Maybe(), random.Next(-10, 20), 3, random.Next(2) / 8.0, random.Next(-500, 500), buckets, random.Next(-2, 2), buckets));
        batch.Summaries.Add(new SummaryRow(7, random.NextDouble(), bounds, bounds));
        var writer = new ByteWriter();
        DistributionBytes.Write(writer, new ByteWriter(), batch, form, 0);
        return writer.Written.ToArray();
    }

    private static RowRange Fill<T>(Column<T> column, int count, Func<T> value)
        where T : struct
    {
        var start = column.Count;
        for (var i = 0; i < count; i++)
        {
            column.Add(value());
        }

        return new RowRange(start, column.Count);
    }
}
