using System.Globalization;
using Gander.Storage.DuckDb;
using Gander.Storage.DuckDb.Metrics;
using Gander.Storage.DuckDb.Native;

namespace Gander.Tests.Stores.Metrics;

/// <summary>A folder of metrics with its engine, that can be closed and opened, or left as a crash would leave it.</summary>
internal sealed class DuckDbMetricFolder(TimeProvider time, MetricStoreOptions? options = null) : IAsyncDisposable
{
    private DuckDbRoot? _root;
    private DuckWorkers? _readers;

    public string Path { get; } = Directory.CreateTempSubdirectory("gander-metrics-").FullName;

    public MetricStore Store { get; private set; } = null!;

    public string LogFolder => System.IO.Path.Combine(Path, "metrics-log");

    public IReadOnlyList<string> Segments => [.. Directory.GetFiles(LogFolder, "*.log").Order(StringComparer.Ordinal)];

    public async Task<MetricStore> OpenAsync(MetricStoreOptions? with = null, string? folder = null)
    {
        var settings = with ?? options ?? new MetricStoreOptions();
        _root = new DuckDbRoot(new DuckDbStoreOptions { Folder = folder ?? Path, ReadOnly = settings.IsReadOnly, MaxEngineBytes = 128 << 20, EngineThreads = 1 });
        _readers = new DuckWorkers(_root, "reader", 2, 1024);
        return Store = await MetricStore.OpenAsync(_root, _readers, folder ?? Path, settings, time);
    }

    /// <summary>Closes everything. Nothing is flushed on the way: what a crash leaves in the folder is the same.</summary>
    public async Task CloseAsync()
    {
        await Store.DisposeAsync();
        await _readers!.DisposeAsync();
        _root!.Dispose();
    }

    public async Task ReopenAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }

    /// <summary>Changes every file of chunks behind the store's back, which is opened anew; <c>{0}</c> is the file's name.</summary>
    public async Task AlterAsync(params string[] statements)
    {
        await CloseAsync();
        using (var root = new DuckDbRoot(new DuckDbStoreOptions { Folder = Path, MaxEngineBytes = 128 << 20, EngineThreads = 1 }))
        {
            foreach (var path in Directory.GetFiles(Path, "*.db"))
            {
                root.Attach(path, "altered");
                using var connection = root.Connect();
                Array.ForEach(statements, statement => connection.Execute(string.Format(CultureInfo.InvariantCulture, statement, "altered")));
                root.Detach("altered");
            }
        }

        await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(Path, recursive: true);
    }
}
