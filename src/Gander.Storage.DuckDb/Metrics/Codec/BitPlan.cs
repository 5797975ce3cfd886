using System.Numerics;
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
                ReadFixed(ref reader, residuals, Large);
                break;
            case ZeroOrLarge:
                ReadSparse(ref reader, residuals, Large, Large, flags: 1);
                break;
            case ZeroSmallLarge:
                ReadSparse(ref reader, residuals, Small, Large, flags: 2);
                break;
            default:
                ReadMixed(ref reader, residuals, Small, Large);
                break;
        }
    }

    private static void ReadFixed(ref BitReader reader, Span<long> residuals, int width)
    {
        var bits = reader;
        for (var i = 0; i < residuals.Length; i++)
        {
            residuals[i] = ZigZag.Decode(Take(ref bits, 0, width));
        }

        bits.CheckEnd();
        reader = bits;
    }

    // A zero is a zero bit: runs of them are taken at once.
    private static void ReadSparse(ref BitReader reader, Span<long> residuals, int small, int large, int flags)
    {
        var bits = reader;
        for (var i = 0; i < residuals.Length;)
        {
            var word = bits.Peek();
            if ((long)word >= 0)
            {
                var run = Math.Min(Math.Min(BitOperations.LeadingZeroCount(word), BitReader.PeekedBits), residuals.Length - i);
                residuals.Slice(i, run).Clear();
                bits.Skip(run);
                i += run;
                continue;
            }

            residuals[i++] = ZigZag.Decode(Take(ref bits, flags, (word & (1UL << 62)) != 0 ? large : small));
        }

        bits.CheckEnd();
        reader = bits;
    }

    private static void ReadMixed(ref BitReader reader, Span<long> residuals, int small, int large)
    {
        var bits = reader;
        for (var i = 0; i < residuals.Length; i++)
        {
            residuals[i] = ZigZag.Decode(Take(ref bits, 1, (long)bits.Peek() < 0 ? large : small));
        }

        bits.CheckEnd();
        reader = bits;
    }

    /// <summary>Takes some flags, which were looked at before, and returns the number behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Take(ref BitReader bits, int flags, int width)
    {
        if (flags + width <= BitReader.PeekedBits)
        {
            var value = (bits.Peek() << flags) >> (64 - width);
            bits.Skip(flags + width);
            return value;
        }

        bits.Skip(flags);
        return bits.Read(width);
    }

    private static void Better(ref BitPlan best, BitPlan candidate)
    {
        if (candidate.Cost < best.Cost)
        {
            best = candidate;
        }
    }
}
