using System.Text;

namespace Gander.Sessions.Calls;

/// <summary>
/// Reads the calls that <see cref="SessionCallsCodec.Encode"/> wrote one by one, for those who add up many sessions and keep
/// none. Equal texts of one session are one object.
/// </summary>
public ref struct SessionCallReader
{
    private readonly string[] _texts;
    private readonly ReadOnlySpan<byte> _bytes;
    private int _at;
    private long _before;

    /// <summary>Begins to read.</summary>
    /// <exception cref="FormatException">The bytes are of another version, or damaged.</exception>
    public SessionCallReader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes[0] != SessionCallsCodec.Version)
        {
            throw new FormatException("The calls of a session are written in another version.");
        }

        _bytes = bytes;
        _at = 1;
        _texts = new string[ReadCount()];
        for (var i = 0; i < _texts.Length; i++)
        {
            var length = ReadCount();
            _texts[i] = Encoding.UTF8.GetString(_bytes.Slice(_at, length));
            _at += length;
        }

        Left = ReadCount();
    }

    /// <summary>Calls that were not read yet.</summary>
    public int Left { get; private set; }

    /// <summary>Reads the next call; false at the end.</summary>
    /// <exception cref="FormatException">The bytes are damaged.</exception>
    public bool TryRead(out SessionCall call)
    {
        if (Left == 0)
        {
            call = default;
            return false;
        }

        Left--;
        var flags = Read();
        call = new SessionCall
        {
            Kind = (StepKind)(flags & 7),
            Status = (StepStatus)((flags >> 3) & 7),
            DurationProvenance = (DurationProvenance)((flags >> 6) & 3),
            TokensSource = (FigureSource)((flags >> 8) & 7),
            OutcomeSource = (FigureSource)((flags >> 11) & 7),
            Name = ReadText(),
            Provider = ReadText(),
            McpServer = ReadText(),
            Subagent = ReadText(),
            Error = ReadText(),
            Turn = (int)Read(),
            Step = (int)Read(),
            StartNanos = _before = unchecked(_before + ReadSigned()),
            DurationNanos = ReadOptional(),
            FirstByteNanos = ReadOptional(),
            Tokens = (flags & SessionCallsCodec.HasTokens) == 0 ? null : ReadTokens(),
            ReportedCostUsd = (flags & SessionCallsCodec.HasCost) == 0 ? null : ReadDecimal(),
            WaitNanos = (flags & SessionCallsCodec.HasWait) == 0 ? null : (long)Read(),
        };
        return true;
    }

    private string ReadText()
    {
        var place = Read();
        return place < (ulong)_texts.Length ? _texts[place] : throw Damaged();
    }

    // Each entry takes a byte at least, so no damaged count can ask for more memory than there are bytes.
    private int ReadCount()
    {
        var count = Read();
        return count <= (ulong)(_bytes.Length - _at) ? (int)count : throw Damaged();
    }

    private TokenUsage ReadTokens() => new(ReadSigned(), ReadSigned(), ReadSigned(), ReadSigned(), ReadSigned())
    {
        CacheWriteFiveMinutes = ReadSigned(),
        CacheWriteOneHour = ReadSigned(),
    };

    private decimal ReadDecimal()
    {
        ReadOnlySpan<int> parts = [(int)Read(), (int)Read(), (int)Read(), (int)Read()];
        try
        {
            return new decimal(parts);
        }
        catch (ArgumentException)
        {
            throw Damaged();
        }
    }

    private long? ReadOptional() => Read() is > 0 and var value ? (long)(value - 1) : null;

    private long ReadSigned()
    {
        var value = Read();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    // Most numbers are one byte.
    private ulong Read()
    {
        var at = _at;
        if (at < _bytes.Length && _bytes[at] < 128)
        {
            _at = at + 1;
            return _bytes[at];
        }

        return ReadLong();
    }

    private ulong ReadLong()
    {
        var value = 0UL;
        for (var shift = 0; _at < _bytes.Length && shift < 70; shift += 7)
        {
            var part = _bytes[_at++];
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
            {
                return value;
            }
        }

        throw Damaged();
    }

    private static FormatException Damaged() => new("The calls of a session are damaged.");
}
