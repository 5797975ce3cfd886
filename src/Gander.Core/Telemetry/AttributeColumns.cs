namespace Gander.Telemetry;

/// <summary>
/// All attributes of a batch in columns, of spans, events, links, log records and points alike; an owner holds a half-open
/// range of rows here. Scalars are in <see cref="Bits"/>, everything else is text in the batch's buffer. Not thread-safe.
/// </summary>
public sealed class AttributeColumns
{
    private TextRef[] _keys = new TextRef[64];
    private AttributeKind[] _kinds = new AttributeKind[64];
    private long[] _bits = new long[64];
    private TextRef[] _texts = new TextRef[64];

    /// <summary>Attributes held.</summary>
    public int Count { get; private set; }

    /// <summary>The keys.</summary>
    public ReadOnlySpan<TextRef> Keys => _keys.AsSpan(0, Count);

    /// <summary>The kind of each value.</summary>
    public ReadOnlySpan<AttributeKind> Kinds => _kinds.AsSpan(0, Count);

    /// <summary>The value of an <c>Int</c>; 0 or 1 of a <c>Bool</c>; the IEEE 754 bits of a <c>Double</c>; else 0.</summary>
    public ReadOnlySpan<long> Bits => _bits.AsSpan(0, Count);

    /// <summary>The text of a <c>String</c>, <c>Bytes</c>, <c>Array</c> or <c>Map</c>; else empty.</summary>
    public ReadOnlySpan<TextRef> Texts => _texts.AsSpan(0, Count);

    /// <summary>Adds one attribute whose value is text.</summary>
    public void AddText(TextRef key, AttributeKind kind, TextRef text) => Add(key, kind, 0, text);

    /// <summary>Adds one attribute whose value is a scalar, given as its bits.</summary>
    public void AddScalar(TextRef key, AttributeKind kind, long bits) => Add(key, kind, bits, default);

    /// <summary>Drops the attributes from <paramref name="count"/> on, when their owner turned out to be refused.</summary>
    public void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        Count = count;
    }

    /// <summary>Forgets all attributes and keeps the memory.</summary>
    public void Clear() => Count = 0;

    private void Add(TextRef key, AttributeKind kind, long bits, TextRef text)
    {
        if (Count == _keys.Length)
        {
            var larger = Count * 2;
            Array.Resize(ref _keys, larger);
            Array.Resize(ref _kinds, larger);
            Array.Resize(ref _bits, larger);
            Array.Resize(ref _texts, larger);
        }

        _keys[Count] = key;
        _kinds[Count] = kind;
        _bits[Count] = bits;
        _texts[Count] = text;
        Count++;
    }
}
