using Gander.Storage.DuckDb.Files;
using Gander.Storage.DuckDb.Native;
using Gander.Stores;

namespace Gander.Storage.DuckDb.Records;

/// <summary>A chunk of stored records with its columns under their numbers in the table, whatever was selected.</summary>
internal sealed class StoredChunk : IDisposable
{
    private readonly DuckChunk _chunk;
    private readonly DuckVector[] _columns;
    private readonly bool[] _selected;

    public StoredChunk(DuckChunk chunk, ReadOnlySpan<int> positions, SharedRows shared, RecordDetail detail)
    {
        _chunk = chunk;
        Shared = shared;
        Detail = detail;
        RowIds = chunk.Column(0);
        _columns = new DuckVector[positions.Length];
        _selected = new bool[positions.Length];
        for (var column = 0; column < positions.Length; column++)
        {
            _selected[column] = positions[column] >= 0;
            if (_selected[column])
            {
                _columns[column] = chunk.Column(positions[column]);
            }
        }

        if (_selected[SharedColumns.Attributes])
        {
            AttributeKeys = _columns[SharedColumns.Attributes].MapKeys;
            AttributeValues = _columns[SharedColumns.Attributes].MapValues;
        }

        if (_selected[SharedColumns.MoreKeys])
        {
            MoreKeys = _columns[SharedColumns.MoreKeys].Elements;
        }
    }

    public int Count => _chunk.Count;

    /// <summary>The resources and scopes of the file the rows come from.</summary>
    public SharedRows Shared { get; }

    public RecordDetail Detail { get; }

    public DuckVector RowIds { get; }

    public DuckVector AttributeKeys { get; }

    public DuckVector AttributeValues { get; }

    public DuckVector MoreKeys { get; }

    public DuckVector this[int column] => _columns[column];

    public bool Has(int column) => _selected[column];

    public void Dispose() => _chunk.Dispose();
}
