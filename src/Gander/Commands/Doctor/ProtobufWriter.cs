using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Gander.Commands.Doctor;

/// <summary>Writes the few fields of protobuf that a probe has (protobuf encoding, "Message Structure").</summary>
internal sealed class ProtobufWriter
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Length = 2;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>What was written.</summary>
    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public ProtobufWriter Number(int field, ulong value)
    {
        WriteVarint(Tag(field, Varint));
        WriteVarint(value);
        return this;
    }

    public ProtobufWriter Fixed(int field, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        WriteVarint(Tag(field, Fixed64));
        _bytes.Write(bytes);
        return this;
    }

    public ProtobufWriter Double(int field, double value) => Fixed(field, BitConverter.DoubleToInt64Bits(value));

    public ProtobufWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtobufWriter Message(int field, ProtobufWriter message) => Bytes(field, message.ToArray());

    public ProtobufWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        WriteVarint(Tag(field, Length));
        WriteVarint((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    private static ulong Tag(int field, int type) => ((ulong)field << 3) | (uint)type;

    private void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.Write([(byte)(value | 0x80)]);
        }

        _bytes.Write([(byte)value]);
    }
}
