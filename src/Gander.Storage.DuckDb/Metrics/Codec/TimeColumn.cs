namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>
/// The times of a chunk, ascending. They are bytes of their own, because points of one export share them: equal columns take
/// no room in a dictionary-compressed table and are decoded once.
/// </summary>
internal static class TimeColumn
{
    private static readonly long[] Units = [1_000_000_000, 1_000_000, 1_000, 1];

    /// <summary>Writes all times; <paramref name="scratch"/> has at least that length.</summary>
    public static void Encode(BitWriter writer, ReadOnlySpan<long> times, Span<long> scratch)
    {
        var unit = UnitOf(times);
        writer.Write((ulong)unit, 2);
        writer.Write((ulong)times[0], 64);
        var origin = times[0];
        for (var i = 0; i < times.Length; i++)
        {
            scratch[i] = (times[i] - origin) / Units[unit];
        }

        IntColumn.Encode(writer, scratch[..times.Length]);
    }

    /// <summary>Reads as many times as <paramref name="times"/> has room for.</summary>
    public static void Decode(ReadOnlySpan<byte> bytes, Span<long> times)
    {
        var reader = new BitReader(bytes);
        var unit = Units[(int)reader.Read(2)];
        var origin = (long)reader.Read(64);
        IntColumn.Decode(ref reader, times);
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = origin + (times[i] * unit);
        }
    }

    private static int UnitOf(ReadOnlySpan<long> times)
    {
        var origin = times[0];
        if (times[^1] - origin < 0)
        {
            return Units.Length - 1;
        }

        var unit = 0;
        foreach (var time in times)
        {
            while ((time - origin) % Units[unit] != 0)
            {
                unit++;
            }
        }

        return unit;
    }
}
