using System.Buffers;

namespace Gander.Storage.DuckDb.Metrics.Files;

/// <summary>Keeps copies of many small pieces of bytes in few pooled arrays until it is disposed. Not thread-safe.</summary>
internal sealed class ByteSlabs : IDisposable
{
    private const int SlabBytes = 1 << 20;

    private readonly List<byte[]> _slabs = [];
    private int _used;

    /// <summary>Copies a piece; what it returns is valid until this is disposed.</summary>
    public ReadOnlyMemory<byte> Add(ReadOnlySpan<byte> bytes)
    {
        if (_slabs.Count == 0 || _slabs[^1].Length - _used < bytes.Length)
        {
            _slabs.Add(ArrayPool<byte>.Shared.Rent(Math.Max(SlabBytes, bytes.Length)));
            _used = 0;
        }

        var slab = _slabs[^1];
        bytes.CopyTo(slab.AsSpan(_used));
        var added = slab.AsMemory(_used, bytes.Length);
        _used += bytes.Length;
        return added;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        foreach (var slab in _slabs)
        {
            ArrayPool<byte>.Shared.Return(slab);
        }

        _slabs.Clear();
    }
}
