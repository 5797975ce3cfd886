using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>Writes numbers and text as bytes into memory that grows and is kept. Not thread-safe.</summary>
internal sealed class ByteWriter
{
    private byte[] _bytes = new byte[1024];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>All bytes written; invalid after the next write.</summary>
    public Span<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>The bytes written, for reading and writing at once; invalid after the next write.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    /// <summary>Writes one byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteByte(byte value)
    {
        if (Length == _bytes.Length)
        {
            Grow(1);
        }

        _bytes[Length++] = value;
    }

    /// <summary>Writes an unsigned number in groups of seven bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteVarint(ulong value)
    {
        if (_bytes.Length - Length < 10)
        {
            Grow(10);
        }

        while (value >= 0x80)
        {
            _bytes[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _bytes[Length++] = (byte)value;
    }

    /// <summary>Writes a signed number in groups of seven bits.</summary>
    public void WriteSigned(long value) => WriteVarint(ZigZag.Encode(value));

    /// <summary>Writes eight bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteInt64(long value)
    {
        if (_bytes.Length - Length < 8)
        {
            Grow(8);
        }

        BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(Length), value);
        Length += 8;
    }

    /// <summary>Writes the eight bytes of a double.</summary>
    public void WriteDouble(double value) => WriteInt64(BitConverter.DoubleToInt64Bits(value));

    /// <summary>Writes bytes as they are.</summary>
    public void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length - Length < bytes.Length)
        {
            Grow(bytes.Length);
        }

        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Writes bytes behind their length.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        WriteVarint((ulong)bytes.Length);
        WriteRaw(bytes);
    }

    /// <summary>Writes text as UTF-8 behind its length.</summary>
    public void WriteText(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        WriteVarint((ulong)length);
        if (_bytes.Length - Length < length)
        {
            Grow(length);
        }

        Encoding.UTF8.GetBytes(text, _bytes.AsSpan(Length));
        Length += length;
    }

    /// <summary>Writes four bytes at <paramref name="offset"/>, over bytes written before.</summary>
    public void PatchUInt32(int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Written[offset..], value);

    /// <summary>Drops the bytes from <paramref name="length"/> on.</summary>
    public void Truncate(int length) => Length = length;

    private void Grow(int more) =>
        Array.Resize(ref _bytes, (int)Math.Min(BitOperations.RoundUpToPowerOf2((ulong)Length + (ulong)more), (ulong)Array.MaxLength));
}
