using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>Reads what <see cref="BitWriter"/> wrote.</summary>
/// <exception cref="InvalidDataException">Thrown by every member when the data end too early.</exception>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    /// <summary>Bits that a look-ahead holds at least; where the data end sooner, zeros follow.</summary>
    public const int PeekedBits = 57;

    /// <summary>The next bits, the first one highest, without taking them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ulong Peek()
    {
        var index = _position >> 3;
        return (index <= _bytes.Length - 8 ? BinaryPrimitives.ReadUInt64BigEndian(_bytes[index..]) : NearEnd(_bytes, index)) << (_position & 7);
    }

    /// <summary>Takes bits that were looked at. Only <see cref="CheckEnd"/> tells whether there were that many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int count) => _position += count;

    /// <summary>Throws when more bits were taken than there are.</summary>
    public readonly void CheckEnd()
    {
        if (_position > _bytes.Length * 8L)
        {
            throw Short();
        }
    }

    /// <summary>Reads <paramref name="count"/> bits, 1 to 64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Read(int count)
    {
        if (count > PeekedBits)
        {
            return (Read(count - 32) << 32) | Read(32);
        }

        var value = Peek() >> (64 - count);
        _position += count;
        CheckEnd();
        return value;
    }

    /// <summary>Reads one bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool ReadBit()
    {
        var index = _position >> 3;
        if (index >= _bytes.Length)
        {
            throw Short();
        }

        return (_bytes[index] & (0x80 >> (_position++ & 7))) != 0;
    }

    /// <summary>Reads what <see cref="BitWriter.WriteVarint"/> wrote.</summary>
    public ulong ReadVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var group = Read(8);
            value |= (group & 0x7f) << shift;
            if (group < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number in a chunk is too long.");
    }

    /// <summary>Reads a count of at most <paramref name="limit"/>.</summary>
    public int ReadCount(int limit)
    {
        var count = ReadVarint();
        return count <= (ulong)limit ? (int)count : throw new InvalidDataException("A count in a chunk is too large.");
    }

    /// <summary>Reads what <see cref="BitWriter.WriteSigned"/> wrote.</summary>
    public long ReadSigned() => ZigZag.Decode(ReadVarint());

    /// <summary>Reads as many bytes as <paramref name="bytes"/> has room for.</summary>
    public void ReadBytes(Span<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)Read(8);
        }
    }

    private static InvalidDataException Short() => new("A chunk ends too early.");

    // The eight bytes from a place that fewer follow, zeros behind the end.
    private static ulong NearEnd(ReadOnlySpan<byte> bytes, int index)
    {
        var word = 0UL;
        for (var i = 0; i < 8; i++)
        {
            word = (word << 8) | (index + i < bytes.Length ? bytes[index + i] : 0UL);
        }

        return word;
    }
}
