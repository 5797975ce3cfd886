using System.Text;
using Gander.Storage.DuckDb.Native;
using Gander.Storage.DuckDb.Records;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Files;

/// <summary>
/// The resources and scopes of one file, each written once and numbered from 0. They lie in the file that uses them, so
/// that they are committed, copied and dropped with their rows. Reading keeps a bounded number in memory. Thread-safe.
/// </summary>
internal sealed class SharedRows(string file)
{
    public const string CreateResources =
        "(id INTEGER NOT NULL, hash UBIGINT NOT NULL, schema_url VARCHAR, dropped_attributes UINTEGER, attrs MAP(VARCHAR, VARCHAR))";

    public const string CreateScopes =
        "(id INTEGER NOT NULL, hash UBIGINT NOT NULL, name VARCHAR, version VARCHAR, schema_url VARCHAR, dropped_attributes UINTEGER, attrs MAP(VARCHAR, VARCHAR))";

    private const int MaxCached = 4_096;
    private const int BlockSize = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, Resource> _resources = [];
    private readonly Dictionary<int, InstrumentationScope> _scopes = [];

    /// <summary>The resource with this number; it must be in memory (<see cref="LoadResource"/>).</summary>
    public Resource Resource(int id)
    {
        lock (_lock)
        {
            return _resources.GetValueOrDefault(id, Telemetry.Resource.Empty);
        }
    }

    /// <summary>The scope with this number; it must be in memory.</summary>
    public InstrumentationScope Scope(int id)
    {
        lock (_lock)
        {
            return _scopes.GetValueOrDefault(id, InstrumentationScope.Empty);
        }
    }

    /// <summary>Brings the resources and scopes of all rows of a chunk into memory.</summary>
    public void Load(DuckConnection connection, StoredChunk chunk)
    {
        lock (_lock)
        {
            if (_resources.Count > MaxCached || _scopes.Count > MaxCached)
            {
                _resources.Clear();
                _scopes.Clear();
            }

            for (var row = 0; row < chunk.Count; row++)
            {
                LoadResource(connection, chunk[SharedColumns.Resource].Int32(row));
                LoadScope(connection, chunk[SharedColumns.Scope].Int32(row));
            }
        }
    }

    private void LoadResource(DuckConnection connection, int id)
    {
        if (_resources.ContainsKey(id))
        {
            return;
        }

        using var rows = connection.Query(
            $"SELECT id, schema_url, dropped_attributes, attrs FROM {file}.resources WHERE id BETWEEN $1 AND $2",
            [SqlValue.Of((long)(id - (id % BlockSize))), SqlValue.Of((long)(id - (id % BlockSize) + BlockSize - 1))],
            CancellationToken.None);
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                _resources[rows.Column(0).Int32(row)] = new Resource(
                    Attributes(rows.Column(3), row), Text(rows.Column(1), row), rows.Column(2).UInt32(row));
            }
        }

        // A row whose resource is missing (it never should be) is asked for only once.
        _resources.TryAdd(id, Telemetry.Resource.Empty);
    }

    private void LoadScope(DuckConnection connection, int id)
    {
        if (_scopes.ContainsKey(id))
        {
            return;
        }

        using var rows = connection.Query(
            $"SELECT id, name, version, schema_url, dropped_attributes, attrs FROM {file}.scopes WHERE id BETWEEN $1 AND $2",
            [SqlValue.Of((long)(id - (id % BlockSize))), SqlValue.Of((long)(id - (id % BlockSize) + BlockSize - 1))],
            CancellationToken.None);
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                _scopes[rows.Column(0).Int32(row)] = new InstrumentationScope(
                    Text(rows.Column(1), row), Text(rows.Column(2), row), Attributes(rows.Column(5), row), Text(rows.Column(3), row), rows.Column(4).UInt32(row));
            }
        }

        _scopes.TryAdd(id, InstrumentationScope.Empty);
    }

    private static List<KeyValuePair<string, AttributeValue>> Attributes(DuckVector column, int row)
    {
        var (start, length) = column.List(row);
        var attributes = new List<KeyValuePair<string, AttributeValue>>(length);
        var keys = column.MapKeys;
        var values = column.MapValues;
        for (var index = start; index < start + length; index++)
        {
            var kind = AttributeText.Decode(values.Bytes(index), out var bits, out var text);
            attributes.Add(new(Encoding.UTF8.GetString(keys.Bytes(index)), new AttributeValue(kind, bits, Encoding.UTF8.GetString(text))));
        }

        return attributes;
    }

    private static string Text(DuckVector column, int row) => Encoding.UTF8.GetString(column.Bytes(row));
}
