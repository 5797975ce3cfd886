using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace Gander.Storage.DuckDb.Native;

/// <summary>The rows of a result, a chunk of up to 2,048 at a time. Chunks live until this is disposed or the next is taken.</summary>
internal sealed class DuckRows : IDisposable
{
    private DuckDBResult _result;
    private DuckDBDataChunk? _chunk;

    internal DuckRows(DuckDBResult result) => _result = result;

    /// <summary>Columns of every chunk.</summary>
    public int ColumnCount => (int)Query.DuckDBColumnCount(ref _result);

    /// <summary>Rows of the current chunk.</summary>
    public int Count { get; private set; }

    /// <summary>Moves to the next chunk that has rows; false at the end.</summary>
    public bool NextChunk()
    {
        _chunk?.Dispose();
        _chunk = TakeChunk(out var count);
        Count = count;
        return _chunk is not null;
    }

    /// <summary>A column of the current chunk.</summary>
    public DuckVector Column(int index) => new(DataChunks.DuckDBDataChunkGetVector(_chunk!, index));

    /// <summary>Takes the next chunk out of the result; it lives until the caller disposes it, longer than these rows if need be.</summary>
    public DuckChunk? DetachChunk() => TakeChunk(out var count) is { } chunk ? new DuckChunk(chunk, count) : null;

    public void Dispose()
    {
        _chunk?.Dispose();
        _chunk = null;
        Query.DuckDBDestroyResult(ref _result);
    }

    private DuckDBDataChunk? TakeChunk(out int count)
    {
        while (true)
        {
            var chunk = Query.DuckDBFetchChunk(_result);
            if (chunk.IsInvalid)
            {
                chunk.Dispose();
                count = 0;
                return null;
            }

            count = (int)DataChunks.DuckDBDataChunkGetSize(chunk);
            if (count > 0)
            {
                return chunk;
            }

            chunk.Dispose();
        }
    }
}
