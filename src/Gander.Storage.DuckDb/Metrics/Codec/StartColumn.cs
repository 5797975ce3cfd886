namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>
/// The stream start times of a chunk. One stream, no start, intervals that touch, and a few streams in turn (several short
/// processes that send the same series) each have a code that costs next to nothing a point.
/// </summary>
internal static class StartColumn
{
    private const int None = 0;
    private const int Same = 1;
    private const int Touching = 2;
    private const int Listed = 3;
    private const int ByValue = 4;
    private const int ByAge = 5;
    private const int MaxListed = 32;

    /// <summary>Writes the starts of points at <paramref name="times"/>; <paramref name="scratch"/> has at least that length.</summary>
    public static void Encode(BitWriter writer, ReadOnlySpan<long> starts, ReadOnlySpan<long> times, Span<long> scratch)
    {
        scratch = scratch[..starts.Length];
        var first = starts[0];
        if (!starts.ContainsAnyExcept(first))
        {
            writer.Write(first == 0 ? None : (ulong)Same, 3);
            if (first != 0)
            {
                writer.WriteSigned(times[0] - first);
            }
        }
        else if (starts[1..].SequenceEqual(times[..^1]))
        {
            writer.Write(Touching, 3);
            writer.WriteSigned(times[0] - first);
        }
        else if (!TryEncodeList(writer, starts, times[0], scratch))
        {
            for (var i = 0; i < starts.Length; i++)
            {
                scratch[i] = times[i] - starts[i];
            }

            var byAge = IntColumn.Cost(scratch) < IntColumn.Cost(starts);
            writer.Write(byAge ? (ulong)ByAge : ByValue, 3);
            IntColumn.Encode(writer, byAge ? scratch : starts);
        }
    }

    /// <summary>Reads the starts of points at <paramref name="times"/>.</summary>
    public static void Decode(ref BitReader reader, ReadOnlySpan<long> times, Span<long> starts)
    {
        switch ((int)reader.Read(3))
        {
            case None:
                starts.Clear();
                break;
            case Same:
                starts.Fill(times[0] - reader.ReadSigned());
                break;
            case Touching:
                starts[0] = times[0] - reader.ReadSigned();
                times[..^1].CopyTo(starts[1..]);
                break;
            case Listed:
                DecodeList(ref reader, times[0], starts);
                break;
            case ByValue:
                IntColumn.Decode(ref reader, starts);
                break;
            case ByAge:
                IntColumn.Decode(ref reader, starts);
                for (var i = 0; i < starts.Length; i++)
                {
                    starts[i] = times[i] - starts[i];
                }

                break;
            default:
                throw new InvalidDataException("The starts in a chunk have an unknown code.");
        }
    }

    /// <summary>Passes over starts that take no room because there are none; false, with nothing read, when there are some.</summary>
    public static bool TrySkip(ref BitReader reader)
    {
        var hasNone = reader.Peek() >> 61 == None;
        if (hasNone)
        {
            reader.Read(3);
        }

        return hasNone;
    }

    private static bool TryEncodeList(BitWriter writer, ReadOnlySpan<long> starts, long firstTime, Span<long> indexes)
    {
        Span<long> listed = stackalloc long[MaxListed];
        var count = 0;
        for (var i = 0; i < starts.Length; i++)
        {
            var index = listed[..count].IndexOf(starts[i]);
            if (index < 0)
            {
                if (count == MaxListed || count > starts.Length / 2)
                {
                    return false;
                }

                index = count++;
                listed[index] = starts[i];
            }

            indexes[i] = index;
        }

        writer.Write(Listed, 3);
        writer.Write((ulong)count - 1, 5);
        foreach (var start in listed[..count])
        {
            writer.WriteSigned(firstTime - start);
        }

        IntColumn.Encode(writer, indexes);
        return true;
    }

    private static void DecodeList(ref BitReader reader, long firstTime, Span<long> starts)
    {
        Span<long> listed = stackalloc long[MaxListed];
        var count = (int)reader.Read(5) + 1;
        for (var i = 0; i < count; i++)
        {
            listed[i] = firstTime - reader.ReadSigned();
        }

        IntColumn.Decode(ref reader, starts);
        foreach (ref var start in starts)
        {
            start = (ulong)start < (ulong)count ? listed[(int)start] : throw new InvalidDataException("A start in a chunk is not listed.");
        }
    }
}
