using System.Buffers;
using System.Text;

namespace Gander.Telemetry;

/// <summary>
/// The bytes behind every <see cref="TextRef"/> of one batch: the request body as it was received (unpacked), followed by
/// whatever decoding or reading had to add. Not thread-safe.
/// </summary>
public sealed class TextBuffer : IDisposable
{
    private byte[] _bytes = [];

    /// <summary>Bytes in use.</summary>
    public int Length { get; private set; }

    /// <summary>All bytes in use. Invalid after the next call that adds.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>The bytes of <paramref name="text"/>. Invalid after the next call that adds.</summary>
    public ReadOnlySpan<byte> this[TextRef text] => _bytes.AsSpan(text.Offset, text.Length);

    /// <summary>Room for at least <paramref name="sizeHint"/> more bytes; call <see cref="Advance"/> with what was used.</summary>
    public Span<byte> GetSpan(int sizeHint)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Length);
    }

    /// <summary>The same as <see cref="GetSpan"/>, for asynchronous readers.</summary>
    public Memory<byte> GetMemory(int sizeHint)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Length);
    }

    /// <summary>Counts <paramref name="count"/> bytes written to the last span as used.</summary>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - Length);
        Length += count;
    }

    /// <summary>Appends UTF-8 bytes. <paramref name="bytes"/> may lie in this buffer only if no growth can be needed.</summary>
    public TextRef Add(scoped ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return default;
        }

        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        var text = new TextRef(Length, bytes.Length);
        Length += bytes.Length;
        return text;
    }

    /// <summary>Appends text as UTF-8; lone surrogates become U+FFFD.</summary>
    public TextRef Add(scoped ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return default;
        }

        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        var written = Encoding.UTF8.GetBytes(text, _bytes.AsSpan(Length));
        var added = new TextRef(Length, written);
        Length += written;
        return added;
    }

    /// <summary>The text as a string, for the few places that show or compare text and are not on the way in.</summary>
    public string ToString(TextRef text) => text.IsEmpty ? "" : Encoding.UTF8.GetString(this[text]);

    /// <summary>Forgets all text and keeps the memory for the next batch.</summary>
    public void Clear() => Length = 0;

    /// <summary>Gives the memory back. The buffer is empty afterwards and may be used again.</summary>
    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = [];
        Length = 0;
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - Length >= more)
        {
            return;
        }

        var wanted = Math.Max(checked(Length + more), Math.Min(_bytes.Length * 2L, Array.MaxLength));
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Max(wanted, 4096));
        Written.CopyTo(larger);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = larger;
    }
}
