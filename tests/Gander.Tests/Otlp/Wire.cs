using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Gander.Tests.Otlp;

/// <summary>Writes protobuf messages by field number, so that what the decoder reads was not written by anything it shares code with.</summary>
internal sealed class Wire
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public byte[] Bytes => _bytes.WrittenSpan.ToArray();

    public Wire Varint(int field, ulong value, bool evenIfZero = false)
    {
        if (value != 0 || evenIfZero)
        {
            Write(((ulong)field << 3) | 0);
            Write(value);
        }

        return this;
    }

    public Wire Fixed64(int field, ulong value, bool evenIfZero = false)
    {
        if (value != 0 || evenIfZero)
        {
            Write(((ulong)field << 3) | 1);
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
            _bytes.Write(bytes);
        }

        return this;
    }

    public Wire Double(int field, double value) => Fixed64(field, BitConverter.DoubleToUInt64Bits(value), evenIfZero: true);

    public Wire Fixed32(int field, uint value)
    {
        if (value != 0)
        {
            Write(((ulong)field << 3) | 5);
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
            _bytes.Write(bytes);
        }

        return this;
    }

    public Wire Text(int field, string value) => value.Length == 0 ? this : Field(field, Encoding.UTF8.GetBytes(value));

    public Wire Field(int field, ReadOnlySpan<byte> value)
    {
        Write(((ulong)field << 3) | 2);
        Write((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    public Wire Message(int field, Wire message) => Field(field, message.Bytes);

    public Wire Packed(int field, IEnumerable<ulong> values, bool isFixed)
    {
        var packed = new Wire();
        foreach (var value in values)
        {
            if (isFixed)
            {
                packed._bytes.Write(BitConverter.GetBytes(value));
            }
            else
            {
                packed.Write(value);
            }
        }

        return Field(field, packed.Bytes);
    }

    private void Write(ulong value)
    {
        while (value >= 0x80)
        {
            _bytes.Write([(byte)(value | 0x80)]);
            value >>= 7;
        }

        _bytes.Write([(byte)value]);
    }
}
