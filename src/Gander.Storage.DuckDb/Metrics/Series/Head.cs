using Gander.Storage.DuckDb.Metrics.Codec;
using Gander.Storage.DuckDb.Metrics.Log;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Metrics.Series;

/// <summary>
/// The points that are in no file yet. One writer adds; readers take snapshots under the same lock, which is held for the
/// time of one write in memory, never for a disk.
/// </summary>
internal sealed class Head(SeriesRegistry registry)
{
    private readonly Lock _lock = new();
    private readonly HeadSealer _sealer = new();
    private List<SeriesEntry> _active = [];
    private long _arrivedNanos;

    /// <summary>Points that are in no file, those of a running cut not counted.</summary>
    public long PointCount { get; private set; }

    /// <summary>Points of the running cut.</summary>
    public long CuttingCount { get; private set; }

    /// <summary>Points that were dropped because their series was lost with a damaged record.</summary>
    public long LostPoints { get; private set; }

    /// <summary>Series with points here.</summary>
    public IReadOnlyList<SeriesEntry> Active => _active;

    /// <summary>Earliest time of points here, or <see cref="long.MaxValue"/>.</summary>
    public long OldestNanos { get; private set; } = long.MaxValue;

    /// <summary>Latest time of points here, or <see cref="long.MinValue"/>.</summary>
    public long NewestNanos { get; private set; } = long.MinValue;

    /// <summary>Counts a series as active.</summary>
    public void Activate(SeriesEntry entry)
    {
        if (!entry.IsActive)
        {
            entry.IsActive = true;
            entry.Metric.ActiveSeries++;
            _active.Add(entry);
        }
    }

    /// <summary>Adds the points of exports, and tells which exports there were.</summary>
    public void Apply(ref ByteReader exports, Action<ExportFingerprint, long, long> onExport)
    {
        var applier = new Applier(this, onExport);
        lock (_lock)
        {
            ExportLog.Read(ref exports, ref applier);
        }
    }

    /// <summary>What is in memory of each series, in the order it was written; null for series that are null.</summary>
    public (HeadRuns? Cutting, HeadRuns Current)[] Snapshot(SeriesEntry?[] entries)
    {
        var runs = new (HeadRuns? Cutting, HeadRuns Current)[entries.Length];
        var none = new HeadRuns([], 0, null);
        lock (_lock)
        {
            for (var i = 0; i < entries.Length; i++)
            {
                runs[i] = entries[i] is { IsActive: true } entry ? (entry.Cutting, entry.HasPoints ? entry.Runs : none) : (null, none);
            }
        }

        return runs;
    }

    /// <summary>Sets all points aside for a cut; <see cref="EndCut"/> must follow before the next.</summary>
    public List<SeriesEntry> BeginCut()
    {
        lock (_lock)
        {
            var cut = _active.Where(entry => entry.HasPoints).ToList();
            cut.Sort((left, right) => left.Series.Id.CompareTo(right.Series.Id));
            foreach (var entry in cut)
            {
                entry.BeginCut();
            }

            (CuttingCount, PointCount) = (PointCount, 0);
            return cut;
        }
    }

    /// <summary>Forgets the points of a cut that are on disk now.</summary>
    public void EndCut(IReadOnlyList<SeriesEntry> cut)
    {
        lock (_lock)
        {
            foreach (var entry in cut)
            {
                entry.Cutting = null;
            }

            CuttingCount = 0;
            var active = new List<SeriesEntry>(_active.Count);
            var (oldest, newest) = (long.MaxValue, long.MinValue);
            foreach (var entry in _active)
            {
                if (entry.HasPoints)
                {
                    active.Add(entry);
                    (oldest, newest) = (Math.Min(oldest, entry.FirstNanos), Math.Max(newest, entry.LastNanos));
                }
                else
                {
                    entry.IsActive = false;
                    entry.Metric.ActiveSeries--;
                }
            }

            _active = active;
            (OldestNanos, NewestNanos) = (oldest, newest);
        }
    }

    private void Add(int series, long time, long start, PointForm form, long bits, ReadOnlySpan<byte> payload, uint flags, ReadOnlySpan<byte> exemplars)
    {
        if (registry.ById(series) is not { } entry)
        {
            LostPoints++;
            return;
        }

        Activate(entry);
        if (entry.Series.Temporality == Temporality.Cumulative)
        {
            entry.Observe(time, start);
        }

        if (form >= PointForm.Histogram)
        {
            if (form != PointForm.ExponentialHistogram)
            {
                registry.NoteLayout(entry, DistributionBytes.ShapeOf(payload));
            }

            entry.Open.AddDistribution(time, start, form, payload);
        }
        else
        {
            entry.Open.Add(time, start, form, bits);
        }

        if (flags != 0 || !exemplars.IsEmpty)
        {
            entry.Open.AddExtra(flags, exemplars.ToArray());
        }

        entry.Added(time, _arrivedNanos, _sealer);
        PointCount++;
        OldestNanos = Math.Min(OldestNanos, time);
        NewestNanos = Math.Max(NewestNanos, time);
    }

    private readonly struct Applier(Head head, Action<ExportFingerprint, long, long> onExport) : ExportLog.IAcceptor
    {
        public void Export(ExportFingerprint fingerprint, long arrivedNanos, long sequence)
        {
            head._arrivedNanos = arrivedNanos;
            onExport(fingerprint, arrivedNanos, sequence);
        }

        public void Point(int series, long time, long start, PointForm form, long bits, ReadOnlySpan<byte> payload, uint flags, ReadOnlySpan<byte> exemplars) =>
            head.Add(series, time, start, form, bits, payload, flags, exemplars);
    }
}
