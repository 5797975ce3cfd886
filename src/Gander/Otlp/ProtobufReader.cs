using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>
/// Reads one protobuf message forward, in place and without allocation. Positions count from the start of the whole body, so
/// that a string's place in the body is its <see cref="TextRef"/>. Every read that would leave the message throws
/// <see cref="OtlpDecodeException"/>.
/// </summary>
internal ref struct ProtobufReader
{
    private const int MaxGroupDepth = 32;
    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;

    /// <summary>Reads the message that fills <paramref name="range"/> of <paramref name="body"/>.</summary>
    public ProtobufReader(ReadOnlySpan<byte> body, TextRef range)
    {
        _bytes = body[..(range.Offset + range.Length)];
        _position = range.Offset;
    }

    /// <summary>Reads the next tag: the field number times 8 plus the wire type, so that a field of an unexpected wire type falls through to <see cref="Skip(uint)"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadTag(out uint tag)
    {
        var position = _position;
        if ((uint)position >= (uint)_bytes.Length)
        {
            tag = 0;
            return false;
        }

        tag = _bytes[position];
        if (tag < 0x80)
        {
            _position = position + 1;
        }
        else
        {
            tag = ReadLongTag();
        }

        if (tag < 8)
        {
            Throw("field number 0");
        }

        return true;
    }

    /// <summary>Reads a variable-length integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadVarint()
    {
        var position = _position;
        if ((uint)position < (uint)_bytes.Length && _bytes[position] < 0x80)
        {
            _position = position + 1;
            return _bytes[position];
        }

        return ReadLongVarint();
    }

    /// <summary>Reads a zigzag-encoded 32-bit integer.</summary>
    public int ReadZigZag32()
    {
        var value = (uint)ReadVarint();
        return (int)(value >> 1) ^ -(int)(value & 1);
    }

    /// <summary>Reads the place of a string, of bytes, of a packed field or of a message.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TextRef ReadRange()
    {
        var length = ReadVarint();
        var position = _position;
        if (length > (ulong)(_bytes.Length - position))
        {
            Throw("a length that reaches past the end of its message");
        }

        _position = position + (int)length;
        return new TextRef(position, (int)length);
    }

    /// <summary>Reads the bytes of a string or bytes field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> ReadBytes()
    {
        var range = ReadRange();
        return _bytes.Slice(range.Offset, range.Length);
    }

    /// <summary>Reads eight bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadFixed64()
    {
        if (_bytes.Length - _position < 8)
        {
            Throw("a 64-bit value that is cut off");
        }

        var value = BinaryPrimitives.ReadUInt64LittleEndian(_bytes[_position..]);
        _position += 8;
        return value;
    }

    /// <summary>Reads eight bytes as a double.</summary>
    public double ReadDouble() => BitConverter.UInt64BitsToDouble(ReadFixed64());

    /// <summary>Reads four bytes.</summary>
    public uint ReadFixed32()
    {
        if (_bytes.Length - _position < 4)
        {
            Throw("a 32-bit value that is cut off");
        }

        var value = BinaryPrimitives.ReadUInt32LittleEndian(_bytes[_position..]);
        _position += 4;
        return value;
    }

    /// <summary>Whether the message has been read to its end.</summary>
    public readonly bool IsAtEnd => _position >= _bytes.Length;

    /// <summary>Passes over the value of an unknown field.</summary>
    public void Skip(uint tag) => Skip(tag, 0);

    /// <summary>Reports a value that no message of this type can hold.</summary>
    [DoesNotReturn]
    public readonly void Throw(string what) => throw new OtlpDecodeException($"not a valid protobuf message: {what} at byte {_position}");

    private void Skip(uint tag, int depth)
    {
        switch (tag & 7)
        {
            case 0:
                ReadVarint();
                break;
            case 1:
                ReadFixed64();
                break;
            case 2:
                ReadRange();
                break;
            case 3:
                SkipGroup(tag, depth);
                break;
            case 5:
                ReadFixed32();
                break;
            default:
                Throw("an unknown wire type");
                break;
        }
    }

    private void SkipGroup(uint start, int depth)
    {
        if (depth >= MaxGroupDepth)
        {
            Throw("groups nested too deeply");
        }

        while (TryReadTag(out var tag))
        {
            if ((tag & 7) == 4)
            {
                if (tag >> 3 != start >> 3)
                {
                    Throw("the end of another group");
                }

                return;
            }

            Skip(tag, depth + 1);
        }

        Throw("a group without an end");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint ReadLongTag()
    {
        var value = ReadLongVarint();
        if (value > uint.MaxValue)
        {
            Throw("a field number out of range");
        }

        return (uint)value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong ReadLongVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if ((uint)_position >= (uint)_bytes.Length)
            {
                Throw("an integer that is cut off");
            }

            var part = _bytes[_position++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        Throw("an integer of more than ten bytes");
        return 0;
    }
}
