using Gander.Storage.DuckDb.Native;
using Gander.Storage.DuckDb.Records;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Files;

/// <summary>
/// Writes exports into one file, all or nothing a call. After any failure it must be disposed, because what an appender
/// still holds would go into the next transaction. Used by the one thread that writes a signal.
/// </summary>
internal sealed class FileWriter<TBatch> : IDisposable
    where TBatch : TelemetryBatch, new()
{
    private readonly DuckConnection _connection;
    private readonly RecordTable<TBatch> _table;
    private readonly ChunkAppender _records;
    private readonly ChunkAppender _exports;
    private readonly SharedRowWriter _shared;
    private int[] _resourceIds = new int[16];
    private int[] _scopeIds = new int[16];
    private Resource? _lastResource;
    private byte[] _lastService = [];

    public FileWriter(DuckConnection connection, RecordTable<TBatch> table, SignalFile file)
    {
        _connection = connection;
        _table = table;
        File = file;
        _records = new ChunkAppender(connection, file.Name, table.Name);
        _exports = new ChunkAppender(connection, file.Name, "exports");
        _shared = new SharedRowWriter(connection, file.Name);
    }

    public SignalFile File { get; }

    /// <summary>Writes the exports, numbered from <paramref name="firstSequence"/>, and commits them to disk.</summary>
    /// <exception cref="DuckException">Nothing was kept.</exception>
    public void Write(IReadOnlyList<TBatch> exports, long firstSequence, long arrivedNanos)
    {
        _connection.Execute("BEGIN");
        var stats = File.Stats;
        try
        {
            var sequence = firstSequence;
            foreach (var export in exports)
            {
                stats = Append(export, sequence++, arrivedNanos, stats);
            }

            _shared.Flush();
            _records.Flush();
            _exports.Flush();
            _connection.Execute("COMMIT");
        }
        catch (DuckException)
        {
            FileSchema.TryRollback(_connection);
            throw;
        }

        File.Stats = stats;
    }

    public void Dispose()
    {
        _records.Dispose();
        _exports.Dispose();
        _shared.Dispose();
    }

    private FileStats Append(TBatch export, long sequence, long arrivedNanos, FileStats stats)
    {
        NumberShared(export);
        var oldest = long.MaxValue;
        var newest = long.MinValue;
        for (var row = 0; row < export.Count; row++)
        {
            var time = _table.OrderNanos(export, row);
            oldest = Math.Min(oldest, time);
            newest = Math.Max(newest, time);
            var resource = _table.ResourceIndex(export, row);
            _records.TextOrNull(SharedColumns.Service, ServiceOf(export.Resources[resource]));
            _table.Append(_records, export, row, new RowIdentity(sequence, _resourceIds[resource], _scopeIds[_table.ScopeIndex(export, row)]));
            _records.EndRow();
        }

        _exports.Int64(0, sequence);
        _exports.Int32(1, export.Count);
        _exports.Int64(2, oldest);
        _exports.Int64(3, newest);
        _exports.UInt64(4, export.Fingerprint.High);
        _exports.UInt64(5, export.Fingerprint.Low);
        _exports.Int64(6, arrivedNanos);
        _exports.EndRow();
        return stats.With(export.Count, oldest, newest, sequence);
    }

    private void NumberShared(TBatch export)
    {
        Grow(ref _resourceIds, export.Resources.Count);
        Grow(ref _scopeIds, export.Scopes.Count);
        for (var index = 0; index < export.Resources.Count; index++)
        {
            _resourceIds[index] = _shared.Number(export.Resources[index]);
        }

        for (var index = 0; index < export.Scopes.Count; index++)
        {
            _scopeIds[index] = _shared.Number(export.Scopes[index]);
        }
    }

    private byte[] ServiceOf(Resource resource)
    {
        if (!ReferenceEquals(resource, _lastResource))
        {
            _lastResource = resource;
            _lastService = System.Text.Encoding.UTF8.GetBytes(resource.ServiceName);
        }

        return _lastService;
    }

    private static void Grow(ref int[] ids, int count)
    {
        if (ids.Length < count)
        {
            ids = new int[Math.Max(count, ids.Length * 2)];
        }
    }
}
