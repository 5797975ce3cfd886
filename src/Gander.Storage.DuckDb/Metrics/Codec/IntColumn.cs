using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>
/// A column of 64-bit integers, kept exactly: the first value, then what remains of the others after predicting them by
/// zero, by their predecessor or by the last step, whichever is cheapest. Arithmetic wraps, so every value is allowed.
/// </summary>
internal static class IntColumn
{
    private const int Widths = 65;

    /// <summary>Writes all values; nothing for none.</summary>
    public static void Encode(BitWriter writer, ReadOnlySpan<long> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        writer.WriteSigned(values[0]);
        var plan = Choose(values, out var order);
        writer.Write((ulong)order, 2);
        plan.WriteHeader(writer);
        long previous = values[0], step = 0;
        for (var i = 1; i < values.Length; i++)
        {
            var value = values[i];
            var delta = value - previous;
            plan.Write(writer, ZigZag.Encode(order switch { 0 => value, 1 => delta, _ => delta - step }));
            (previous, step) = (value, delta);
        }
    }

    /// <summary>About how many bits <see cref="Encode"/> would use.</summary>
    public static long Cost(ReadOnlySpan<long> values) => values.IsEmpty ? 0 : Width(values[0]) + Choose(values, out _).Cost;

    /// <summary>Reads as many values as <paramref name="values"/> has room for.</summary>
    public static void Decode(ref BitReader reader, Span<long> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        var value = reader.ReadSigned();
        var order = (int)reader.Read(2);
        values[0] = value;
        BitPlan.Read(ref reader).Read(ref reader, values[1..]);
        if (order == 1)
        {
            for (var i = 1; i < values.Length; i++)
            {
                values[i] = value += values[i];
            }
        }
        else if (order == 2)
        {
            long step = 0;
            for (var i = 1; i < values.Length; i++)
            {
                step += values[i];
                values[i] = value += step;
            }
        }
        else if (order != 0)
        {
            throw new InvalidDataException("A column in a chunk has an unknown order.");
        }
    }

    private static BitPlan Choose(ReadOnlySpan<long> values, out int order)
    {
        Span<int> widths = stackalloc int[3 * Widths];
        widths.Clear();
        long previous = values[0], step = 0;
        for (var i = 1; i < values.Length; i++)
        {
            var value = values[i];
            var delta = value - previous;
            widths[Width(value)]++;
            widths[Widths + Width(delta)]++;
            widths[(2 * Widths) + Width(delta - step)]++;
            (previous, step) = (value, delta);
        }

        var best = BitPlan.For(widths[..Widths]);
        order = 0;
        for (var candidate = 1; candidate <= 2; candidate++)
        {
            var plan = BitPlan.For(widths.Slice(candidate * Widths, Widths));
            if (plan.Cost < best.Cost)
            {
                (best, order) = (plan, candidate);
            }
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Width(long value) => 64 - BitOperations.LeadingZeroCount(ZigZag.Encode(value));
}
