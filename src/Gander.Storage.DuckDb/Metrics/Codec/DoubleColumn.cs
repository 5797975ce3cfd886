using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>
/// A column of doubles, kept bit by bit. Where every value is a decimal number with few places, as nearly all measured values
/// are, its digits go into an <see cref="IntColumn"/>; else each value is XORed with its predecessor (Gorilla, VLDB 2015, 4.1.2).
/// </summary>
internal static class DoubleColumn
{
    private const int MaxPlaces = 12;
    private const double MaxDigits = 1L << 53;
    private const int MaxLeading = 31;

    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12];

    /// <summary>Writes all values, given as their bits; <paramref name="digits"/> is scratch memory of at least that length.</summary>
    public static void Encode(BitWriter writer, ReadOnlySpan<long> bits, Span<long> digits)
    {
        if (TryScale(bits, digits, out var places))
        {
            writer.Write(1, 1);
            writer.Write((ulong)places, 4);
            IntColumn.Encode(writer, digits[..bits.Length]);
        }
        else
        {
            writer.Write(0, 1);
            EncodeXor(writer, bits);
        }
    }

    /// <summary>Reads as many values as <paramref name="values"/> has room for.</summary>
    public static void Decode(ref BitReader reader, Span<double> values)
    {
        var bits = MemoryMarshal.Cast<double, long>(values);
        if (!reader.ReadBit())
        {
            DecodeXor(ref reader, bits);
            return;
        }

        var places = (int)reader.Read(4);
        if (places > MaxPlaces)
        {
            throw new InvalidDataException("A column in a chunk has too many decimal places.");
        }

        IntColumn.Decode(ref reader, bits);
        Scale(bits, places);
    }

    /// <summary>Turns digits into the doubles they are of, in their place.</summary>
    public static void Scale(Span<long> digits, int places)
    {
        var divisor = Powers[places];
        var values = MemoryMarshal.Cast<long, double>(digits);
        var i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var divisors = Vector256.Create(divisor);
            for (; i <= digits.Length - Vector256<long>.Count; i += Vector256<long>.Count)
            {
                var numbers = Vector256.ConvertToDouble(Vector256.Create<long>(digits.Slice(i, Vector256<long>.Count)));
                (places == 0 ? numbers : numbers / divisors).CopyTo(values[i..]);
            }
        }

        for (; i < digits.Length; i++)
        {
            values[i] = places == 0 ? digits[i] : digits[i] / divisor;
        }
    }

    private static bool TryScale(ReadOnlySpan<long> bits, Span<long> digits, out int places)
    {
        places = 0;
        var firstWithPlaces = 0;
        for (var i = 0; i < bits.Length; i++)
        {
            while (!TryDigits(bits[i], places, out digits[i]))
            {
                if (places == MaxPlaces)
                {
                    return false;
                }

                places++;
                firstWithPlaces = i;
            }
        }

        for (var i = 0; i < firstWithPlaces; i++)
        {
            if (!TryDigits(bits[i], places, out digits[i]))
            {
                return false;
            }
        }

        return true;
    }

    // Division by a power of ten is correctly rounded, so equal bits here mean equal bits after decoding.
    private static bool TryDigits(long bits, int places, out long digits)
    {
        var value = BitConverter.Int64BitsToDouble(bits);
        var scaled = places == 0 ? value : Math.Round(value * Powers[places]);
        if (!(Math.Abs(scaled) < MaxDigits))
        {
            digits = 0;
            return false;
        }

        digits = (long)scaled;
        return BitConverter.DoubleToInt64Bits(places == 0 ? digits : digits / Powers[places]) == bits;
    }

    private static void EncodeXor(BitWriter writer, ReadOnlySpan<long> bits)
    {
        var previous = 0UL;
        int windowLeading = -1, windowTrailing = 0;
        foreach (var value in MemoryMarshal.Cast<long, ulong>(bits))
        {
            var difference = value ^ previous;
            previous = value;
            if (difference == 0)
            {
                writer.Write(0, 1);
                continue;
            }

            var leading = Math.Min(MaxLeading, BitOperations.LeadingZeroCount(difference));
            var trailing = BitOperations.TrailingZeroCount(difference);
            if (windowLeading >= 0 && leading >= windowLeading && trailing >= windowTrailing)
            {
                writer.Write(0b10, 2);
                writer.Write(difference >> windowTrailing, 64 - windowLeading - windowTrailing);
                continue;
            }

            var length = 64 - leading - trailing;
            writer.Write((0b11UL << 11) | ((ulong)(uint)leading << 6) | (uint)(length - 1), 13);
            writer.Write(difference >> trailing, length);
            (windowLeading, windowTrailing) = (leading, trailing);
        }
    }

    private static void DecodeXor(ref BitReader reader, Span<long> bits)
    {
        var value = 0UL;
        int length = 0, trailing = 0;
        for (var i = 0; i < bits.Length; i++)
        {
            if (reader.ReadBit())
            {
                if (reader.ReadBit())
                {
                    var leading = (int)reader.Read(5);
                    length = (int)reader.Read(6) + 1;
                    trailing = 64 - leading - length;
                }

                if (length == 0 || trailing < 0)
                {
                    throw new InvalidDataException("A column in a chunk has an impossible window.");
                }

                value ^= reader.Read(length) << trailing;
            }

            bits[i] = (long)value;
        }
    }
}
