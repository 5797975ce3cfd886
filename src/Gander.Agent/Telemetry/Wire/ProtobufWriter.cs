using System.Buffers.Binary;
using System.Text;

namespace Gander.Agent.Telemetry.Wire;

/// <summary>
/// Writes protobuf. A message's length is known only at its end, so four bytes are kept for it and filled with a varint of just that
/// length, which every reader takes; messages stay under 256 MiB.
/// </summary>
internal sealed class ProtobufWriter : OtlpWriter
{
    private const int LengthBytes = 4;
    private readonly Stack<int> _open = [];
    private byte[] _buffer = new byte[4_096];
    private int _length;

    public override int Length => _length;

    public override void BeginMessage(OtlpField field)
    {
        Tag(field, 2);
        Take(LengthBytes);
        _open.Push(_length);
    }

    public override void EndMessage()
    {
        var start = _open.Pop();
        var length = (uint)(_length - start);
        var at = _buffer.AsSpan(start - LengthBytes, LengthBytes);
        for (var i = 0; i < LengthBytes - 1; i++)
        {
            at[i] = (byte)(length | 0x80);
            length >>= 7;
        }

        at[LengthBytes - 1] = (byte)length;
    }

    public override void BeginList(OtlpField field)
    {
    }

    public override void BeginItem(OtlpField field) => BeginMessage(field);

    public override void EndList()
    {
    }

    public override void String(OtlpField field, string value)
    {
        Tag(field, 2);
        var bytes = Encoding.UTF8.GetByteCount(value);
        Varint((uint)bytes);
        Encoding.UTF8.GetBytes(value, Take(bytes));
    }

    public override void Bool(OtlpField field, bool value) => UInt32(field, value ? 1u : 0u);

    public override void Int64(OtlpField field, long value)
    {
        Tag(field, 0);
        Varint((ulong)value);
    }

    public override void Fixed64(OtlpField field, ulong value)
    {
        Tag(field, 1);
        BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);
    }

    public override void Fixed32(OtlpField field, uint value)
    {
        Tag(field, 5);
        BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);
    }

    public override void Double(OtlpField field, double value)
    {
        Tag(field, 1);
        BinaryPrimitives.WriteDoubleLittleEndian(Take(8), value);
    }

    public override void UInt32(OtlpField field, uint value)
    {
        Tag(field, 0);
        Varint(value);
    }

    public override void Id(OtlpField field, string hex)
    {
        Tag(field, 2);
        Varint((uint)hex.Length / 2);
        Convert.FromHexString(hex, Take(hex.Length / 2), out _, out _);
    }

    public override void Fixed64List(OtlpField field, ReadOnlySpan<ulong> values)
    {
        Tag(field, 2);
        Varint((uint)values.Length * 8);
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);
        }
    }

    public override void DoubleList(OtlpField field, ReadOnlySpan<double> values)
    {
        Tag(field, 2);
        Varint((uint)values.Length * 8);
        foreach (var value in values)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(Take(8), value);
        }
    }

    public override byte[] Finish() => _buffer.AsSpan(0, _length).ToArray();

    public override void Dispose()
    {
    }

    private void Tag(OtlpField field, int wireType) => Varint((uint)((field.Number << 3) | wireType));

    private void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            Take(1)[0] = (byte)(value | 0x80);
            value >>= 7;
        }

        Take(1)[0] = (byte)value;
    }

    private Span<byte> Take(int count)
    {
        if (_buffer.Length - _length < count)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, checked(_length + count)));
        }

        var taken = _buffer.AsSpan(_length, count);
        _length += count;
        return taken;
    }
}
