using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>Reads what <see cref="BitWriter"/> wrote.</summary>
/// <exception cref="InvalidDataException">Thrown by every member when the data end too early.</exception>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    /// <summary>Reads <paramref name="count"/> bits, 1 to 64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Read(int count)
    {
        var index = _position >> 3;
        var skip = _position & 7;
        if (index + 9 <= _bytes.Length)
        {
            _position += count;
            var word = BinaryPrimitives.ReadUInt64BigEndian(_bytes[index..]) << skip;
            var value = word >> (64 - count);
            return count + skip <= 64 ? value : value | ((ulong)_bytes[index + 8] >> (72 - count - skip));
        }

        return ReadNearEnd(count);
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

    private ulong ReadNearEnd(int count)
    {
        if (_position + count > _bytes.Length * 8L)
        {
            throw Short();
        }

        var value = 0UL;
        for (var i = 0; i < count; i++)
        {
            value = (value << 1) | (ReadBit() ? 1UL : 0UL);
        }

        return value;
    }
}
