using System.Runtime.InteropServices;

namespace Gander.Telemetry;

/// <summary>A 64-bit FNV-1a hash that is the same in every process, for identities that are written to disk.</summary>
public static class ContentHash
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Hashes bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes) => Add(Offset, bytes);

    /// <summary>Hashes text by its UTF-16 units.</summary>
    public static ulong Of(ReadOnlySpan<char> text) => Add(Offset, MemoryMarshal.AsBytes(text));

    internal static ulong Of(IReadOnlyList<KeyValuePair<string, AttributeValue>> attributes, string name, uint dropped)
    {
        var hash = AddText(Offset, name);
        hash = AddNumber(hash, dropped);
        foreach (var (key, value) in attributes)
        {
            hash = AddText(hash, key);
            hash = AddNumber(hash, (long)value.Kind);
            hash = AddNumber(hash, value.Bits);
            hash = AddText(hash, value.Text);
        }

        return hash;
    }

    private static ulong AddText(ulong hash, string text) => AddNumber(Add(hash, MemoryMarshal.AsBytes(text.AsSpan())), text.Length);

    private static ulong AddNumber(ulong hash, long number) => Add(hash, MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in number)));

    private static ulong Add(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            hash = (hash ^ value) * Prime;
        }

        return hash;
    }
}
