using Gander.Hosting.Configuration;
using Gander.Storage.DuckDb;
using Gander.Stores;

namespace Gander.Hosting;

/// <summary>Opens the DuckDB store inside the data folder.</summary>
internal static partial class EmbeddedStore
{
    // A person who waits longer than this at the start should know what for.
    private static readonly TimeSpan SlowOpening = TimeSpan.FromSeconds(2);

    /// <summary>Opens the store, and says so when that takes long.</summary>
    /// <exception cref="StartException">It cannot be opened.</exception>
    public static async Task<ITelemetryStore> OpenAsync(DataFolder folder, Settings settings, TimeProvider time, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var logger = logs.CreateLogger<DuckDbStore>();
        var options = settings.Get<DuckDbStoreOptions>();
        options.Folder = DataFolder.StoreFolder(folder.FullPath);
        options.ReadOnly = settings.Get<ServerOptions>().ReadOnly;
        try
        {
            var opening = DuckDbStore.OpenAsync(options, time, logger, cancellationToken);
            var started = time.GetTimestamp();
            while (await Task.WhenAny(opening, Task.Delay(SlowOpening, time, cancellationToken)) != opening)
            {
                Log.StillOpening(logger, folder.FullPath, time.GetElapsedTime(started).TotalSeconds);
            }

            return await opening;
        }
        catch (Exception e) when (e is StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The store in {options.Folder} cannot be opened: {e.Message}", e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Still opening {Folder}, for {Seconds:0} s: replaying what was written before the last stop")]
        public static partial void StillOpening(ILogger logger, string folder, double seconds);
    }
}
