using System.Buffers;
using System.Text;
using Gander.Query.PromQl.Series;

namespace Gander.Prometheus.Answers;

/// <summary>
/// JSON as bytes in one pooled buffer that grows. It knows how to write texts, floats and times; brackets and commas are the
/// caller's. Not thread-safe.
/// </summary>
internal sealed class JsonBytes : IBufferWriter<byte>, IDisposable
{
    private const int FirstSize = 4 * 1024;

    // What JSON (RFC 8259, section 7) asks to be escaped.
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstSize);

    /// <summary>Bytes gathered.</summary>
    public int Count { get; private set; }

    /// <summary>What has been gathered.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Count);

    /// <inheritdoc/>
    public void Advance(int count) => Count += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Room(Math.Max(sizeHint, 256));
        return _bytes.AsMemory(Count);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => Room(Math.Max(sizeHint, 256));

    /// <summary>Writes bytes as they are.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Count += bytes.Length;
    }

    /// <summary>Writes one byte.</summary>
    public void Raw(byte one)
    {
        Room(1)[0] = one;
        Count++;
    }

    /// <summary>Writes a text with its quotes; halves of surrogates become the replacement character.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        Raw((byte)'"');
        while (true)
        {
            var at = text.IndexOfAny(Escaped);
            var plain = at < 0 ? text : text[..at];
            Count += Encoding.UTF8.GetBytes(plain, Room(Encoding.UTF8.GetMaxByteCount(plain.Length)));
            if (at < 0)
            {
                break;
            }

            Escape(text[at]);
            text = text[(at + 1)..];
        }

        Raw((byte)'"');
    }

    /// <summary>Writes a list of texts.</summary>
    public void Texts(IReadOnlyList<string> texts)
    {
        for (var i = 0; i < texts.Count; i++)
        {
            Raw((byte)(i == 0 ? '[' : ','));
            Text(texts[i]);
        }

        Raw(texts.Count == 0 ? "[]"u8 : "]"u8);
    }

    /// <summary>Writes labels as an object.</summary>
    public void Labels(Labels labels)
    {
        var names = labels.Names;
        var values = labels.Values;
        Raw((byte)'{');
        for (var i = 0; i < names.Length; i++)
        {
            if (i > 0)
            {
                Raw((byte)',');
            }

            Text(names[i]);
            Raw((byte)':');
            Text(values[i]);
        }

        Raw((byte)'}');
    }

    /// <summary>Writes a whole number.</summary>
    public void Whole(long number)
    {
        System.Buffers.Text.Utf8Formatter.TryFormat(number, Room(24), out var written);
        Count += written;
    }

    /// <summary>Writes a float as Prometheus does, with quotes.</summary>
    public void Float(double value)
    {
        var target = Room(SampleText.MaxFloatBytes + 2);
        target[0] = (byte)'"';
        var written = SampleText.WriteFloat(value, target[1..]);
        target[written + 1] = (byte)'"';
        Count += written + 2;
    }

    /// <summary>Writes a length of time as a number of seconds.</summary>
    public void Seconds(TimeSpan length) => Count += SampleText.WriteFloat(length.TotalSeconds, Room(SampleText.MaxFloatBytes));

    /// <summary>Writes a time in seconds.</summary>
    public void Time(long millis) => Count += SampleText.WriteTime(millis, Room(SampleText.MaxTimeBytes));

    /// <summary>Forgets what was gathered and keeps the memory.</summary>
    public void Clear() => Count = 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void Escape(char character)
    {
        switch (character)
        {
            case '"':
                Raw("\\\""u8);
                break;
            case '\\':
                Raw("\\\\"u8);
                break;
            case '\n':
                Raw("\\n"u8);
                break;
            case '\r':
                Raw("\\r"u8);
                break;
            case '\t':
                Raw("\\t"u8);
                break;
            default:
                Raw("\\u00"u8);
                Raw((byte)(character < 16 ? '0' : '1'));
                Raw((byte)"0123456789abcdef"[character & 15]);
                break;
        }
    }

    private Span<byte> Room(int bytes)
    {
        if (_bytes.Length - Count < bytes)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Count + bytes, _bytes.Length * 2));
            _bytes.AsSpan(0, Count).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        return _bytes.AsSpan(Count);
    }
}
