using System.Runtime.InteropServices;

namespace Gander.Storage.DuckDb.Metrics.Files;

/// <summary>Chunks that a read found. It grows piece by piece, so that a large read leaves no large arrays behind. Not thread-safe.</summary>
internal sealed class ChunkList
{
    // Some tens of kilobytes, which a collection of young objects clears away.
    private const int PieceChunks = 512;

    private readonly List<List<StoredChunk>> _pieces = [];

    /// <summary>Chunks held.</summary>
    public int Count => _pieces.Count == 0 ? 0 : ((_pieces.Count - 1) * PieceChunks) + _pieces[^1].Count;

    /// <summary>Adds a chunk.</summary>
    public void Add(in StoredChunk chunk)
    {
        if (_pieces.Count == 0 || _pieces[^1].Count == PieceChunks)
        {
            _pieces.Add([]);
        }

        _pieces[^1].Add(chunk);
    }

    /// <summary>Drops the chunks from <paramref name="count"/> on.</summary>
    public void Truncate(int count)
    {
        while (Count > count)
        {
            var last = _pieces[^1];
            var kept = Math.Max(0, count - ((_pieces.Count - 1) * PieceChunks));
            last.RemoveRange(kept, last.Count - kept);
            if (last.Count == 0)
            {
                _pieces.RemoveAt(_pieces.Count - 1);
            }
        }
    }

    /// <summary>The chunks, some at a time; nothing may be added meanwhile.</summary>
    public PieceEnumerator GetEnumerator() => new(_pieces);

    /// <summary>Goes from chunk to chunk without copying them.</summary>
    public ref struct PieceEnumerator(List<List<StoredChunk>> pieces)
    {
        private ReadOnlySpan<StoredChunk> _chunks;
        private int _piece;
        private int _at = -1;

        /// <summary>The chunk.</summary>
        public readonly ref readonly StoredChunk Current => ref _chunks[_at];

        /// <summary>Goes on to the next.</summary>
        public bool MoveNext()
        {
            if (++_at < _chunks.Length)
            {
                return true;
            }

            if (_piece == pieces.Count)
            {
                return false;
            }

            _chunks = CollectionsMarshal.AsSpan(pieces[_piece++]);
            _at = 0;
            return true;
        }
    }
}
