using System.IO.Hashing;
using System.Security.Cryptography;
using Gander.Otlp;
using Gander.Telemetry;

namespace Gander.Prometheus.RemoteWrite;

/// <summary>
/// The metrics of one request by name and kind: hundreds of series share a name, and often follow each other. Keeps its memory
/// from request to request; not thread-safe.
/// </summary>
internal sealed class MetricTable
{
    private const int MaxKeptSlots = 4_096;

    // Seeded, so that nobody can choose names that all fall into one slot.
    private readonly long _seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));
    private (uint Hash, int Metric)[] _slots = new (uint, int)[256];
    private int _count;
    private int _last = -1;

    /// <summary>Forgets all metrics.</summary>
    public void Clear()
    {
        if (_slots.Length > MaxKeptSlots)
        {
            _slots = new (uint, int)[MaxKeptSlots];
        }

        Array.Clear(_slots);
        (_count, _last) = (0, -1);
    }

    /// <summary>The index of the metric with this name and kind in the batch, or -1.</summary>
    public int Find(in TextSource text, MetricBatch batch, ReadOnlySpan<byte> name, MetricKind kind, Temporality temporality)
    {
        if (_last >= 0 && Is(text, batch, _last, name, kind, temporality))
        {
            return _last;
        }

        for (var slot = Hash(name) & (_slots.Length - 1); _slots[slot].Metric != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            var metric = _slots[slot].Metric - 1;
            if (Is(text, batch, metric, name, kind, temporality))
            {
                return _last = metric;
            }
        }

        return -1;
    }

    /// <summary>Notes the metric that was just added to the batch.</summary>
    public void Add(ReadOnlySpan<byte> name, int metric)
    {
        if (++_count * 2 > _slots.Length)
        {
            Grow();
        }

        Put(Hash(name), metric);
        _last = metric;
    }

    private static bool Is(in TextSource text, MetricBatch batch, int metric, ReadOnlySpan<byte> name, MetricKind kind, Temporality temporality)
    {
        ref readonly var known = ref batch.Metrics[metric];
        return known.Kind == kind && known.Temporality == temporality && known.Name.Length == name.Length && text[known.Name].SequenceEqual(name);
    }

    private uint Hash(ReadOnlySpan<byte> name) => (uint)XxHash3.HashToUInt64(name, _seed);

    private void Put(uint hash, int metric)
    {
        var slot = hash & (_slots.Length - 1);
        while (_slots[slot].Metric != 0)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        _slots[slot] = (hash, metric + 1);
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new (uint, int)[old.Length * 2];
        foreach (var (hash, metric) in old)
        {
            if (metric != 0)
            {
                Put(hash, metric - 1);
            }
        }
    }
}
