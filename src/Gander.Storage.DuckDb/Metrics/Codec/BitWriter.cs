using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>Writes bits, highest first, into memory that is kept between chunks. Not thread-safe.</summary>
internal sealed class BitWriter
{
    private byte[] _bytes = new byte[1024];
    private int _length;
    private ulong _word;
    private int _free = 64;

    /// <summary>Writes the low <paramref name="count"/> bits of <paramref name="value"/>, 1 to 64; higher bits must be zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ulong value, int count)
    {
        if (count < _free)
        {
            _free -= count;
            _word |= value << _free;
            return;
        }

        Spill(value, count);
    }

    /// <summary>Writes a number in groups of seven bits: small ones take a byte.</summary>
    public void WriteVarint(ulong value)
    {
        while (value >= 0x80)
        {
            Write((value & 0x7f) | 0x80, 8);
            value >>= 7;
        }

        Write(value, 8);
    }

    /// <summary>Writes a signed number as <see cref="WriteVarint"/> writes an unsigned one.</summary>
    public void WriteSigned(long value) => WriteVarint(ZigZag.Encode(value));

    /// <summary>Writes bytes as they are.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            Write(value, 8);
        }
    }

    /// <summary>All that was written, the last byte filled up with zeros; the writer is empty afterwards.</summary>
    public byte[] TakeBytes()
    {
        var tail = (64 - _free + 7) / 8;
        var taken = new byte[_length + tail];
        _bytes.AsSpan(0, _length).CopyTo(taken);
        Span<byte> last = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(last, _word);
        last[..tail].CopyTo(taken.AsSpan(_length));
        (_length, _word, _free) = (0, 0, 64);
        return taken;
    }

    private void Spill(ulong value, int count)
    {
        var rest = count - _free;
        _word |= value >> rest;
        if (_length + 8 > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)BitOperations.RoundUpToPowerOf2((uint)_length + 8));
        }

        BinaryPrimitives.WriteUInt64BigEndian(_bytes.AsSpan(_length), _word);
        _length += 8;
        _free = 64 - rest;
        _word = rest == 0 ? 0 : value << _free;
    }
}
