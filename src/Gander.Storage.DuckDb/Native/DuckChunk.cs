using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace Gander.Storage.DuckDb.Native;

/// <summary>Up to 2,048 rows that outlive the result they came from.</summary>
internal sealed class DuckChunk(DuckDBDataChunk chunk, int count) : IDisposable
{
    public int Count => count;

    public DuckVector Column(int index) => new(DataChunks.DuckDBDataChunkGetVector(chunk, index));

    public void Dispose() => chunk.Dispose();
}
