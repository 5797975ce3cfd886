using System.Text;

namespace Gander.Sessions.Facts;

/// <summary>
/// Turns UTF-8 that repeats (names, models, session ids) into strings without allocating for a text seen before. When it is
/// full it forgets everything and starts again, so that hostile names cannot fill the memory; strings given out stay valid.
/// Not thread-safe.
/// </summary>
/// <param name="maxTexts">Texts remembered before it starts again.</param>
/// <param name="maxBytes">Longer texts are cut to this many bytes, at a character boundary.</param>
internal sealed class TextPool(int maxTexts = 16_384, int maxBytes = TextPool.DefaultMaxBytes)
{
    /// <summary>Texts up to this many bytes are whole unless the pool was made otherwise.</summary>
    public const int DefaultMaxBytes = 256;

    private int[] _buckets = NewBuckets(1024);
    private Entry[] _entries = new Entry[512];
    private int _count;

    /// <summary>Texts remembered.</summary>
    public int Count => _count;

    /// <summary>The string of <paramref name="utf8"/>; the same object for the same text as long as it is remembered. Empty for empty.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return "";
        }

        utf8 = Cut(utf8);
        var hash = new HashCode();
        hash.AddBytes(utf8);
        var code = hash.ToHashCode();
        for (var i = _buckets[code & (_buckets.Length - 1)]; i >= 0; i = _entries[i].Next)
        {
            ref var entry = ref _entries[i];
            if (entry.Hash == code && utf8.SequenceEqual(entry.Bytes))
            {
                return entry.Text;
            }
        }

        return Remember(utf8, code);
    }

    /// <summary>The string of <paramref name="utf8"/> without remembering it, for texts that hardly ever come again.</summary>
    public string GetOnce(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(Cut(utf8));

    private static int[] NewBuckets(int count)
    {
        var buckets = new int[count];
        Array.Fill(buckets, -1);
        return buckets;
    }

    private ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length <= maxBytes)
        {
            return utf8;
        }

        var length = maxBytes;
        while (length > 0 && (utf8[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return utf8[..length];
    }

    private string Remember(ReadOnlySpan<byte> utf8, int code)
    {
        if (_count == maxTexts)
        {
            _buckets = NewBuckets(1024);
            _entries = new Entry[512];
            _count = 0;
        }

        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, _count * 2);
            _buckets = NewBuckets(_buckets.Length * 2);
            for (var i = 0; i < _count; i++)
            {
                ref var old = ref _buckets[_entries[i].Hash & (_buckets.Length - 1)];
                _entries[i].Next = old;
                old = i;
            }
        }

        var text = Encoding.UTF8.GetString(utf8);
        ref var head = ref _buckets[code & (_buckets.Length - 1)];
        _entries[_count] = new Entry { Hash = code, Next = head, Bytes = utf8.ToArray(), Text = text };
        head = _count++;
        return text;
    }

    private struct Entry
    {
        public int Hash;
        public int Next;
        public byte[] Bytes;
        public string Text;
    }
}
