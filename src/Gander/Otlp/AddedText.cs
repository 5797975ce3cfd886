using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>
/// Collects the text a decoder has to make while the body is being read. The body's own buffer must not grow meanwhile, as its
/// bytes are read through spans; offsets given out here already count from the start of the body, and <see cref="AppendTo"/>
/// makes them true. Not thread-safe.
/// </summary>
internal sealed class AddedText(int bodyLength, int maxBytes) : IBufferWriter<byte>, IDisposable
{
    private static readonly JsonWriterOptions CompactJson = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private byte[] _bytes = [];
    private Utf8JsonWriter? _json;

    /// <summary>Bytes added so far.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes of a text that was added here.</summary>
    public ReadOnlySpan<byte> this[TextRef text] => _bytes.AsSpan(text.Offset - bodyLength, text.Length);

    /// <inheritdoc/>
    public void Advance(int count) => Length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsSpan(Length);
    }

    /// <summary>The text from <paramref name="start"/> (a former <see cref="Length"/>) to here.</summary>
    public TextRef Since(int start) => Length == start ? default : new TextRef(bodyLength + start, Length - start);

    /// <summary>Forgets what was added from <paramref name="start"/> on.</summary>
    public void Truncate(int start) => Length = start;

    /// <summary>A writer of JSON that appends here. Flush it before anything else is added.</summary>
    public Utf8JsonWriter StartJson()
    {
        if (_json is null)
        {
            _json = new Utf8JsonWriter(this, CompactJson);
        }
        else
        {
            _json.Reset();
        }

        return _json;
    }

    /// <summary>Puts everything behind the body, where the offsets point.</summary>
    public void AppendTo(TextBuffer text)
    {
        if (Length > 0)
        {
            text.Add(_bytes.AsSpan(0, Length));
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = [];
        Length = 0;
        _json?.Dispose();
        _json = null;
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - Length >= more)
        {
            return;
        }

        if ((long)Length + more > maxBytes + 65_536L)
        {
            throw new OtlpDecodeException($"nested values and escaped text need more than {maxBytes} bytes", isTooLarge: true);
        }

        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max((long)_bytes.Length * 2, Math.Max(Length + more, 1024)), maxBytes + 65_536L));
        _bytes.AsSpan(0, Length).CopyTo(larger);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = larger;
    }
}
