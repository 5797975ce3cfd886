using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>Reads what <see cref="ByteWriter"/> wrote.</summary>
/// <exception cref="InvalidDataException">Thrown by every member when the data end too early.</exception>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>Whether everything was read.</summary>
    public readonly bool AtEnd => Position == _bytes.Length;

    /// <summary>Reads one byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte ReadByte() => Position < _bytes.Length ? _bytes[Position++] : throw Short();

    /// <summary>Reads what <see cref="ByteWriter.WriteVarint"/> wrote.</summary>
    public ulong ReadVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var group = ReadByte();
            value |= (ulong)(group & 0x7f) << shift;
            if (group < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number is too long.");
    }

    /// <summary>Reads a count of things of at least one byte each, so that a damaged count cannot ask for much memory.</summary>
    public int ReadCount()
    {
        var count = ReadVarint();
        return count <= (ulong)(_bytes.Length - Position) ? (int)count : throw Short();
    }

    /// <summary>Reads what <see cref="ByteWriter.WriteSigned"/> wrote.</summary>
    public long ReadSigned() => ZigZag.Decode(ReadVarint());

    /// <summary>Reads eight bytes.</summary>
    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(ReadRaw(8));

    /// <summary>Reads the eight bytes of a double.</summary>
    public double ReadDouble() => BitConverter.Int64BitsToDouble(ReadInt64());

    /// <summary>Reads bytes without a length.</summary>
    public ReadOnlySpan<byte> ReadRaw(int count)
    {
        if (count > _bytes.Length - Position)
        {
            throw Short();
        }

        var read = _bytes.Slice(Position, count);
        Position += count;
        return read;
    }

    /// <summary>Reads bytes behind their length.</summary>
    public ReadOnlySpan<byte> ReadBytes() => ReadRaw(ReadCount());

    /// <summary>Reads text.</summary>
    public string ReadText() => Encoding.UTF8.GetString(ReadBytes());

    private static InvalidDataException Short() => new("The data end too early.");
}
