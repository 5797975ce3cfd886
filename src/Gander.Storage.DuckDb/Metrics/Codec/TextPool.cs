using System.Text;

namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>Makes equal keys and values of series one string. Holds a bounded number of short texts. Not thread-safe.</summary>
internal sealed class TextPool
{
    private const int MaxTexts = 100_000;
    private const int MaxLength = 256;

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>Makes an empty pool.</summary>
    public TextPool() => _lookup = _texts.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The string of these UTF-8 bytes; bytes that are no UTF-8 become U+FFFD.</summary>
    public string Intern(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return "";
        }

        if (bytes.Length > MaxLength)
        {
            return Encoding.UTF8.GetString(bytes);
        }

        Span<char> characters = stackalloc char[MaxLength];
        characters = characters[..Encoding.UTF8.GetChars(bytes, characters)];
        if (_lookup.TryGetValue(characters, out var pooled))
        {
            return pooled;
        }

        var text = new string(characters);
        if (_texts.Count >= MaxTexts)
        {
            _texts.Clear();
        }

        _texts.Add(text);
        return text;
    }
}
