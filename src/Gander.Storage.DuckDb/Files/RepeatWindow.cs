using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Files;

/// <summary>
/// Recognises exports that were stored within the last 15 minutes. Bounded by time and number: when more arrive, the oldest
/// are forgotten early. Used by the one thread that writes a signal.
/// </summary>
internal sealed class RepeatWindow
{
    /// <summary>How long an export is recognised.</summary>
    public const long Nanos = 15L * 60 * 1_000_000_000;

    private const int MaxExports = 1_000_000;

    private readonly Dictionary<ExportFingerprint, long> _arrivals = [];
    private readonly Queue<(ExportFingerprint Fingerprint, long ArrivedNanos)> _order = new();

    public bool Contains(ExportFingerprint fingerprint, long nowNanos) =>
        fingerprint != default && _arrivals.TryGetValue(fingerprint, out var arrived) && nowNanos - arrived <= Nanos;

    public void Add(ExportFingerprint fingerprint, long arrivedNanos)
    {
        if (fingerprint == default)
        {
            return;
        }

        _arrivals[fingerprint] = arrivedNanos;
        _order.Enqueue((fingerprint, arrivedNanos));
        while (_order.Count > MaxExports || (_order.TryPeek(out var oldest) && arrivedNanos - oldest.ArrivedNanos > Nanos))
        {
            var (forgotten, at) = _order.Dequeue();
            if (_arrivals.TryGetValue(forgotten, out var latest) && latest == at)
            {
                _arrivals.Remove(forgotten);
            }
        }
    }
}
