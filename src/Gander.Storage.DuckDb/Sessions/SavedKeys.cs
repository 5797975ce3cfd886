using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Sessions;

/// <summary>
/// Remembers hashes of the keys that may be saved, so that asking for a key that never was costs no query. Removed keys stay;
/// above <see cref="MaxKeys"/> every key may be saved. Thread-safe.
/// </summary>
internal sealed class SavedKeys
{
    /// <summary>Keys remembered: about 40 MB.</summary>
    public const int MaxKeys = 2_000_000;

    private readonly Lock _gate = new();
    private readonly HashSet<ulong> _hashes = [];

    /// <summary>Remembers a key.</summary>
    public void Add(ReadOnlySpan<byte> key)
    {
        lock (_gate)
        {
            if (_hashes.Count < MaxKeys)
            {
                _hashes.Add(ContentHash.Of(key));
            }
        }
    }

    /// <summary>False only when the key was never added.</summary>
    public bool MayContain(ReadOnlySpan<byte> key)
    {
        lock (_gate)
        {
            return _hashes.Count >= MaxKeys || _hashes.Contains(ContentHash.Of(key));
        }
    }
}
