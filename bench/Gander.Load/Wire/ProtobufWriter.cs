using System.Buffers.Binary;

namespace Gander.Load.Wire;

/// <summary>
/// Writes protobuf messages into one growing buffer (protobuf.dev/programming-guides/encoding). A nested message is written in
/// place and moved by a byte or two when its length turns out to need them. Not thread-safe.
/// </summary>
internal sealed class ProtobufWriter
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;

    private byte[] _buffer = new byte[1 << 20];
    private int _length;

    /// <summary>What has been written; valid until the next call.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public void Clear() => _length = 0;

    /// <summary>Starts a nested message; pass what it returns to <see cref="End"/>.</summary>
    public int Begin(int field)
    {
        Tag(field, LengthDelimited);
        Reserve(1);
        return ++_length;
    }

    /// <summary>Ends the nested message that starts at <paramref name="start"/>.</summary>
    public void End(int start)
    {
        var size = _length - start;
        var more = VarintSize((ulong)size) - 1;
        if (more > 0)
        {
            Reserve(more);
            _buffer.AsSpan(start, size).CopyTo(_buffer.AsSpan(start + more));
        }

        _length = start - 1;
        RawVarint((ulong)size);
        _length += size;
    }

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, LengthDelimited);
        RawVarint((ulong)value.Length);
        Reserve(value.Length);
        value.CopyTo(_buffer.AsSpan(_length));
        _length += value.Length;
    }

    public void Integer(int field, long value)
    {
        Tag(field, Varint);
        RawVarint((ulong)value);
    }

    public void Fixed(int field, ulong value)
    {
        Tag(field, Fixed64);
        RawFixed(value);
    }

    public void Real(int field, double value) => Fixed(field, (ulong)BitConverter.DoubleToInt64Bits(value));

    /// <summary>Trace and span ids: bytes in big-endian order.</summary>
    public void Id(int field, ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        Bytes(field, bytes);
    }

    /// <inheritdoc cref="Id(int, ulong)"/>
    public void Id(int field, ulong high, ulong low)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], low);
        Bytes(field, bytes);
    }

    /// <summary>A packed repeated field of fixed 64-bit integers.</summary>
    public void PackedFixed(int field, List<long> values)
    {
        Tag(field, LengthDelimited);
        RawVarint((ulong)values.Count * 8);
        foreach (var value in values)
        {
            RawFixed((ulong)value);
        }
    }

    /// <summary>A packed repeated field of integers that are not negative.</summary>
    public void PackedIntegers(int field, List<int> values)
    {
        Tag(field, LengthDelimited);
        RawVarint((ulong)values.Sum(value => VarintSize((ulong)value)));
        foreach (var value in values)
        {
            RawVarint((ulong)value);
        }
    }

    /// <summary>A packed repeated field of doubles.</summary>
    public void PackedReal(int field, ReadOnlySpan<double> values)
    {
        Tag(field, LengthDelimited);
        RawVarint((ulong)values.Length * 8);
        foreach (var value in values)
        {
            RawFixed((ulong)BitConverter.DoubleToInt64Bits(value));
        }
    }

    private void Tag(int field, int wireType) => RawVarint((ulong)((field << 3) | wireType));

    private void RawFixed(ulong value)
    {
        Reserve(8);
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.AsSpan(_length), value);
        _length += 8;
    }

    private void RawVarint(ulong value)
    {
        Reserve(10);
        while (value >= 0x80)
        {
            _buffer[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[_length++] = (byte)value;
    }

    private void Reserve(int bytes)
    {
        if (_length + bytes > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
        }
    }

    private static int VarintSize(ulong value)
    {
        var size = 1;
        while (value >= 0x80)
        {
            value >>= 7;
            size++;
        }

        return size;
    }
}
