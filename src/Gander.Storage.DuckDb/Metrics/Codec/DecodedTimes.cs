namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>The times of one chunk. Filled again and again; not thread-safe.</summary>
internal sealed class DecodedTimes
{
    private const long NanosAMilli = 1_000_000;

    private readonly long[] _nanos = new long[Chunk.MaxPoints];
    private readonly long[] _millis = new long[Chunk.MaxPoints];
    private byte[] _bytes = [];
    private int _length = -1;
    private int _count;

    /// <summary>Unix nanoseconds.</summary>
    public ReadOnlySpan<long> Nanos => _nanos.AsSpan(0, _count);

    /// <summary>Unix milliseconds, rounded down.</summary>
    public ReadOnlySpan<long> Millis => _millis.AsSpan(0, _count);

    /// <summary>Whether each point has a millisecond of its own, later than the one before.</summary>
    public bool AreApart { get; private set; }

    /// <summary>Unix nanoseconds in milliseconds, rounded down.</summary>
    public static long MillisOf(long nanos)
    {
        var millis = nanos / NanosAMilli;
        return nanos < millis * NanosAMilli ? millis - 1 : millis;
    }

    /// <summary>Whether these are the times that some bytes hold.</summary>
    public bool Are(ReadOnlySpan<byte> bytes, int count) =>
        _count == count && _length == bytes.Length && bytes.SequenceEqual(_bytes.AsSpan(0, _length));

    /// <summary>Decodes others.</summary>
    /// <exception cref="InvalidDataException">The bytes are no times.</exception>
    public void Read(ReadOnlySpan<byte> bytes, int count)
    {
        (_length, _count) = (-1, count);
        TimeColumn.Decode(bytes, _nanos.AsSpan(0, count));
        AreApart = true;
        for (var i = 0; i < count; i++)
        {
            _millis[i] = MillisOf(_nanos[i]);
            AreApart &= i == 0 || _millis[i] > _millis[i - 1];
        }

        if (_bytes.Length < bytes.Length)
        {
            _bytes = new byte[Math.Max(64, bytes.Length)];
        }

        bytes.CopyTo(_bytes);
        _length = bytes.Length;
    }
}
