using System.Globalization;
using DuckDB.NET.Data;

namespace Gander.Storage.DuckDb.Native;

/// <summary>
/// The one engine of the process: an empty in-memory database to which every file is attached by a name of ours. A file
/// opened directly would get the engine's oldest storage format, and only in-memory connections can be duplicated.
/// Thread-safe; the connections it gives out are not.
/// </summary>
internal sealed class DuckDbRoot : IDisposable
{
    private const string StorageVersion = "v1.5.0";
    // A row group has some forty light columns of a few kilobytes each. With the engine's own 256 KiB they would share blocks,
    // so that reading one column of a day read them all.
    private const int BlockBytes = 65_536;
    private const long MaxDefaultBytes = 224L << 20;
    private const long MinDefaultBytes = 128L << 20;

    private readonly Lock _lock = new();
    private readonly DuckDBConnection _root = new("Data Source=:memory:");
    private readonly DuckConnection _connection;
    private readonly DuckDbStoreOptions _options;

    public DuckDbRoot(DuckDbStoreOptions options)
    {
        _options = options;
        _root.Open();
        _connection = new DuckConnection(_root);
        var bytes = options.MaxEngineBytes > 0
            ? options.MaxEngineBytes
            : Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4, MinDefaultBytes, MaxDefaultBytes);
        var threads = options.EngineThreads > 0 ? options.EngineThreads : DefaultThreads(Environment.ProcessorCount);

        // Files are checkpointed by whoever owns them, in the background; the engine must never do it inside a commit.
        Set("checkpoint_threshold", "1TB");
        Set("memory_limit", string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024}KiB"));
        Set("threads", string.Create(CultureInfo.InvariantCulture, $"{threads}"));
        Set("temp_directory", options.ReadOnly ? "" : Path.Combine(options.Folder, "tmp"));
        Set("autoinstall_known_extensions", "false");
        Set("autoload_known_extensions", "false");
    }

    // Whoever waits for the engine's own threads spins: measured on 2 cores, an eighth of all work at full load.
    private static int DefaultThreads(int cores) => cores <= 4 ? 1 : cores / 2;

    /// <summary>A new connection that sees all attached files.</summary>
    public DuckConnection Connect()
    {
        lock (_lock)
        {
            var connection = (DuckDBConnection)_root.Duplicate();
            connection.Open();
            return new DuckConnection(connection);
        }
    }

    /// <summary>Attaches a file, creating it if it does not exist and the store may write, and replays its log.</summary>
    /// <exception cref="DuckException">The file is damaged or cannot be opened.</exception>
    public void Attach(string path, string name)
    {
        // The block size of a file that exists is its own; the engine refuses another.
        var blocks = File.Exists(path) ? "" : string.Create(CultureInfo.InvariantCulture, $"BLOCK_SIZE {BlockBytes}, ");
        var settings = _options.ReadOnly
            ? "READ_ONLY"
            : string.Create(CultureInfo.InvariantCulture, $"STORAGE_VERSION '{StorageVersion}', {blocks}ROW_GROUP_SIZE {_options.RowGroupSize}");
        lock (_lock)
        {
            _connection.Execute($"ATTACH {Quote(path)} AS {name} ({settings})");
        }
    }

    /// <summary>Detaches a file that nobody reads or writes any more. Its log stays beside it.</summary>
    public void Detach(string name)
    {
        lock (_lock)
        {
            _connection.Execute($"DETACH {name}");
        }
    }

    /// <summary>
    /// Attaches a file anew that the engine gave up, for example because the disk was full at a checkpoint. What it had
    /// committed is replayed from its log.
    /// </summary>
    /// <exception cref="DuckException">It cannot be opened; then it is no longer attached.</exception>
    public void Reattach(string path, string name)
    {
        lock (_lock)
        {
            Detach(name);
            Attach(path, name);
        }
    }

    /// <summary>A text literal; only for paths, which ATTACH does not take as parameters.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    public void Dispose()
    {
        _connection.Dispose();
        _root.Dispose();
    }

    private void Set(string setting, string value) => _connection.Execute($"SET {setting} = {Quote(value)}");
}
