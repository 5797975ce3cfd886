using System.Text;
using Gander.Storage.DuckDb.Native;
using Gander.Storage.DuckDb.Records;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Files;

/// <summary>
/// Numbers the resources and scopes of the file that takes writes and appends those it has not seen. After a failed
/// transaction it is thrown away and made anew. Used by the one writer of the file.
/// </summary>
internal sealed class SharedRowWriter : IDisposable
{
    // Past this many the index starts over: a resource may then be written twice, which costs a row and harms nothing.
    private const int MaxKnown = 250_000;

    private readonly ChunkAppender _resourceRows;
    private readonly ChunkAppender _scopeRows;
    private readonly Dictionary<ulong, int> _resources;
    private readonly Dictionary<ulong, int> _scopes;
    private int _nextResource;
    private int _nextScope;
    private bool _hasNewResources;
    private bool _hasNewScopes;

    public SharedRowWriter(DuckConnection connection, string file)
    {
        _resources = Known(connection, $"SELECT hash, id FROM {file}.resources", out _nextResource);
        _scopes = Known(connection, $"SELECT hash, id FROM {file}.scopes", out _nextScope);
        _resourceRows = new ChunkAppender(connection, file, "resources");
        _scopeRows = new ChunkAppender(connection, file, "scopes");
    }

    public int Number(Resource resource)
    {
        if (!_resources.TryGetValue(resource.Id, out var id))
        {
            id = Add(_resources, resource.Id, ref _nextResource);
            _hasNewResources = true;
            _resourceRows.Int32(0, id);
            _resourceRows.UInt64(1, resource.Id);
            _resourceRows.Text(2, Encoding.UTF8.GetBytes(resource.SchemaUrl));
            _resourceRows.UInt32(3, resource.DroppedAttributes);
            AppendAttributes(_resourceRows, 4, resource.Attributes);
            _resourceRows.EndRow();
        }

        return id;
    }

    public int Number(InstrumentationScope scope)
    {
        if (!_scopes.TryGetValue(scope.Id, out var id))
        {
            id = Add(_scopes, scope.Id, ref _nextScope);
            _hasNewScopes = true;
            _scopeRows.Int32(0, id);
            _scopeRows.UInt64(1, scope.Id);
            _scopeRows.Text(2, Encoding.UTF8.GetBytes(scope.Name));
            _scopeRows.Text(3, Encoding.UTF8.GetBytes(scope.Version));
            _scopeRows.Text(4, Encoding.UTF8.GetBytes(scope.SchemaUrl));
            _scopeRows.UInt32(5, scope.DroppedAttributes);
            AppendAttributes(_scopeRows, 6, scope.Attributes);
            _scopeRows.EndRow();
        }

        return id;
    }

    /// <summary>Hands new rows to the transaction.</summary>
    public void Flush()
    {
        if (_hasNewResources)
        {
            _resourceRows.Flush();
            _hasNewResources = false;
        }

        if (_hasNewScopes)
        {
            _scopeRows.Flush();
            _hasNewScopes = false;
        }
    }

    public void Dispose()
    {
        _resourceRows.Dispose();
        _scopeRows.Dispose();
    }

    private static int Add(Dictionary<ulong, int> known, ulong hash, ref int next)
    {
        if (known.Count >= MaxKnown)
        {
            known.Clear();
        }

        known.Add(hash, next);
        return next++;
    }

    private static Dictionary<ulong, int> Known(DuckConnection connection, string sql, out int next)
    {
        var known = new Dictionary<ulong, int>();
        next = 0;
        using var rows = connection.Query(sql, [], CancellationToken.None);
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                var id = rows.Column(1).Int32(row);
                known[rows.Column(0).UInt64(row)] = id;
                next = Math.Max(next, id + 1);
            }
        }

        return known;
    }

    // Of a scope's key that comes twice, the last value is kept, as everywhere.
    private static void AppendAttributes(ChunkAppender to, int column, IReadOnlyList<KeyValuePair<string, AttributeValue>> attributes)
    {
        for (var index = 0; index < attributes.Count; index++)
        {
            if (index + 1 == attributes.Count || attributes[index + 1].Key != attributes[index].Key)
            {
                to.Entry(column, Encoding.UTF8.GetBytes(attributes[index].Key), Encoding.UTF8.GetBytes(AttributeText.Encode(attributes[index].Value)));
            }
        }
    }
}
