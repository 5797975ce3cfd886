using System.Runtime.CompilerServices;

namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>
/// How the residuals of one column are written: widths chosen for this column, so that no code carries a class it does not
/// use. Built from a count of residuals by width (0 to 64 bits).
/// </summary>
internal readonly struct BitPlan
{
    private const int AllZero = 0;
    private const int Fixed = 1;
    private const int ZeroOrLarge = 2;
    private const int ZeroSmallLarge = 3;
    private const int SmallLarge = 4;

    private BitPlan(int mode, int small, int large, long cost) => (Mode, Small, Large, Cost) = (mode, small, large, cost);

    /// <summary>Bits that all residuals take together.</summary>
    public long Cost { get; }

    private int Mode { get; }

    private int Small { get; }

    private int Large { get; }

    /// <summary>The cheapest plan for residuals of these widths.</summary>
    public static BitPlan For(ReadOnlySpan<int> widths)
    {
        var large = widths.Length - 1;
        while (large > 0 && widths[large] == 0)
        {
            large--;
        }

        if (large == 0)
        {
            return new BitPlan(AllZero, 0, 0, 0);
        }

        long total = 0;
        foreach (var count in widths)
        {
            total += count;
        }

        long zeros = widths[0];
        var best = new BitPlan(Fixed, 0, large, total * large);
        Better(ref best, new BitPlan(ZeroOrLarge, 0, large, zeros + ((total - zeros) * (large + 1))));
        var below = zeros;
        for (var small = 1; small < large; small++)
        {
            below += widths[small];
            Better(ref best, new BitPlan(SmallLarge, small, large, (below * (small + 1)) + ((total - below) * (large + 1))));
            Better(ref best, new BitPlan(ZeroSmallLarge, small, large, zeros + ((below - zeros) * (small + 2)) + ((total - below) * (large + 2))));
        }

        return best;
    }

    /// <summary>Reads the plan that <see cref="WriteHeader"/> wrote.</summary>
    public static BitPlan Read(ref BitReader reader)
    {
        var mode = (int)reader.Read(3);
        if (mode == AllZero)
        {
            return default;
        }

        var large = (int)reader.Read(6) + 1;
        var small = mode is SmallLarge or ZeroSmallLarge ? (int)reader.Read(6) + 1 : 0;
        return mode <= SmallLarge ? new BitPlan(mode, small, large, 0) : throw new InvalidDataException("A column in a chunk has an unknown code.");
    }

    /// <summary>Writes what a reader needs to know.</summary>
    public void WriteHeader(BitWriter writer)
    {
        writer.Write((ulong)Mode, 3);
        if (Mode != AllZero)
        {
            writer.Write((ulong)Large - 1, 6);
        }

        if (Mode is SmallLarge or ZeroSmallLarge)
        {
            writer.Write((ulong)Small - 1, 6);
        }
    }

    /// <summary>Writes one residual.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(BitWriter writer, ulong residual)
    {
        switch (Mode)
        {
            case AllZero:
                break;
            case Fixed:
                writer.Write(residual, Large);
                break;
            case ZeroOrLarge or ZeroSmallLarge when residual == 0:
                writer.Write(0, 1);
                break;
            case ZeroOrLarge:
                writer.Write(1, 1);
                writer.Write(residual, Large);
                break;
            case ZeroSmallLarge:
                var fits = residual >> Small == 0;
                writer.Write(fits ? 0b10UL : 0b11UL, 2);
                writer.Write(residual, fits ? Small : Large);
                break;
            default:
                var isSmall = residual >> Small == 0;
                writer.Write(isSmall ? 0UL : 1UL, 1);
                writer.Write(residual, isSmall ? Small : Large);
                break;
        }
    }

    /// <summary>Reads as many residuals as <paramref name="residuals"/> has room for, as signed numbers.</summary>
    public void Read(ref BitReader reader, Span<long> residuals)
    {
        switch (Mode)
        {
            case AllZero:
                residuals.Clear();
                break;
            case Fixed:
                for (var i = 0; i < residuals.Length; i++)
                {
                    residuals[i] = ZigZag.Decode(reader.Read(Large));
                }

                break;
            case ZeroOrLarge:
                for (var i = 0; i < residuals.Length; i++)
                {
                    residuals[i] = reader.ReadBit() ? ZigZag.Decode(reader.Read(Large)) : 0;
                }

                break;
            case ZeroSmallLarge:
                for (var i = 0; i < residuals.Length; i++)
                {
                    residuals[i] = !reader.ReadBit() ? 0 : ZigZag.Decode(reader.Read(reader.ReadBit() ? Large : Small));
                }

                break;
            default:
                for (var i = 0; i < residuals.Length; i++)
                {
                    residuals[i] = ZigZag.Decode(reader.Read(reader.ReadBit() ? Large : Small));
                }

                break;
        }
    }

    private static void Better(ref BitPlan best, BitPlan candidate)
    {
        if (candidate.Cost < best.Cost)
        {
            best = candidate;
        }
    }
}
