using Gander.Storage.DuckDb.Metrics.Codec;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Metrics.Log;

/// <summary>Remembers which exports arrived of late, so that one sent again is not stored again. Used by one writer.</summary>
internal sealed class ExportMemory(TimeSpan keep, int maxExports)
{
    private readonly Dictionary<ExportFingerprint, long> _arrivals = [];
    private readonly Queue<(ExportFingerprint Fingerprint, long ArrivedNanos)> _order = new();
    private readonly long _keepNanos = keep.Ticks * 100;

    /// <summary>Whether the export was stored. The default fingerprint never is.</summary>
    public bool Contains(ExportFingerprint fingerprint) => fingerprint != default && _arrivals.ContainsKey(fingerprint);

    /// <summary>Remembers an export that was stored.</summary>
    public void Add(ExportFingerprint fingerprint, long arrivedNanos)
    {
        if (fingerprint != default)
        {
            _arrivals[fingerprint] = arrivedNanos;
            _order.Enqueue((fingerprint, arrivedNanos));
        }
    }

    /// <summary>Forgets what is too old or too much.</summary>
    public void Forget(long nowNanos)
    {
        while (_order.TryPeek(out var oldest) && (nowNanos - oldest.ArrivedNanos > _keepNanos || _order.Count > maxExports))
        {
            // An export that was stored again since is remembered from then.
            _order.Dequeue();
            if (_arrivals.GetValueOrDefault(oldest.Fingerprint, long.MaxValue) == oldest.ArrivedNanos)
            {
                _arrivals.Remove(oldest.Fingerprint);
            }
        }
    }

    /// <summary>Writes all that is remembered.</summary>
    public void Write(ByteWriter writer)
    {
        writer.WriteVarint((ulong)_order.Count);
        foreach (var (fingerprint, arrived) in _order)
        {
            writer.WriteInt64((long)fingerprint.High);
            writer.WriteInt64((long)fingerprint.Low);
            writer.WriteInt64(arrived);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public void Read(ref ByteReader reader)
    {
        var count = reader.ReadCount();
        for (var i = 0; i < count; i++)
        {
            var fingerprint = new ExportFingerprint((ulong)reader.ReadInt64(), (ulong)reader.ReadInt64());
            Add(fingerprint, reader.ReadInt64());
        }
    }
}
