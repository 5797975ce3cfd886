using System.Globalization;
using Gander.Stores;

namespace Gander.Storage.DuckDb.Files;

/// <summary>Watches the free space of the disk the store lies on, asking the system at most once a second. Thread-safe.</summary>
internal sealed class DiskSpace(DuckDbStoreOptions options, TimeProvider time)
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private long _askedAt = long.MinValue;
    private long _freeBytes;

    /// <summary>Whether so little is free that writes are refused.</summary>
    public bool IsLow => options.MinFreeBytes > 0 && FreeBytes() < options.MinFreeBytes;

    /// <exception cref="StoreUnavailableException">Too little is free.</exception>
    public void ThrowIfLow()
    {
        if (IsLow)
        {
            throw new StoreUnavailableException(string.Create(
                CultureInfo.InvariantCulture,
                $"The disk of {options.Folder} has {FreeBytes() >> 20} MiB free and {options.MinFreeBytes >> 20} MiB must stay free: free some space, keep telemetry for a shorter time, or lower the limit."));
        }
    }

    private long FreeBytes()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (_askedAt == long.MinValue || time.GetElapsedTime(_askedAt, now) > AskAgainAfter)
            {
                _freeBytes = new DriveInfo(options.Folder).AvailableFreeSpace;
                _askedAt = now;
            }

            return _freeBytes;
        }
    }
}
