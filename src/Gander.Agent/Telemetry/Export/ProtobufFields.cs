namespace Gander.Agent.Telemetry.Export;

/// <summary>
/// Walks over the fields of a small protobuf message. It ends early where a message is broken: what the agent reads this way
/// only ever goes into a warning or a delay.
/// </summary>
internal ref struct ProtobufFields(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    /// <summary>The current field's number.</summary>
    public int Number { get; private set; }

    /// <summary>Its value, where it is a varint.</summary>
    public ulong Varint { get; private set; }

    /// <summary>Its bytes, where it has a length.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Goes to the next field.</summary>
    public bool Next()
    {
        Varint = 0;
        Bytes = default;
        if (_rest.IsEmpty || !TryVarint(out var tag))
        {
            return false;
        }

        Number = (int)(tag >> 3);
        switch (tag & 7)
        {
            case 0:
                var isRead = TryVarint(out var value);
                Varint = value;
                return isRead;
            case 1:
                return Skip(8);
            case 2:
                if (!TryVarint(out var length) || length > (ulong)_rest.Length)
                {
                    return false;
                }

                Bytes = _rest[..(int)length];
                return Skip((int)length);
            case 5:
                return Skip(4);
            default:
                return false;
        }
    }

    private bool Skip(int count)
    {
        if (count > _rest.Length)
        {
            return false;
        }

        _rest = _rest[count..];
        return true;
    }

    private bool TryVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < 10 && i < _rest.Length; i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
