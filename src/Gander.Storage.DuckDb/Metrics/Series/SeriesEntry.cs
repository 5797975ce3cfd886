using Gander.Storage.DuckDb.Metrics.Codec;
using Gander.Stores;

namespace Gander.Storage.DuckDb.Metrics.Series;

/// <summary>A series and its points in memory. Points are added and read under the lock of the head.</summary>
internal sealed class SeriesEntry(MetricSeries series, MetricInfo metric, UInt128 identity)
{
    // Half a chunk: open columns take 16 bytes a point, sealed ones about 2, and a cut makes whole chunks of the halves.
    private const int MaxOpenPoints = Chunk.MaxPoints / 2;
    private const int FirstCapacity = 8;
    private const int MaxOpenPayload = 128 * 1024;

    private PointColumns? _open;
    private int _lastCapacity = FirstCapacity;
    private Chunk[] _sealed = [];
    private int _sealedCount;
    private StreamTimes _streams;

    /// <summary>The series.</summary>
    public MetricSeries Series { get; } = series;

    /// <summary>Its metric.</summary>
    public MetricInfo Metric { get; } = metric;

    /// <summary>Its identity.</summary>
    public UInt128 Identity { get; } = identity;

    /// <summary>Time of the earliest point ever, or <see cref="long.MaxValue"/>.</summary>
    public long FirstNanos { get; set; } = long.MaxValue;

    /// <summary>Time of the latest point ever, or <see cref="long.MinValue"/>.</summary>
    public long LastNanos { get; set; } = long.MinValue;

    /// <summary>When points last arrived, whatever times they claim; at least about.</summary>
    public long ArrivedNanos { get; set; } = long.MinValue;

    /// <summary>Whether the registry file has it.</summary>
    public bool IsPersisted { get; set; }

    /// <summary>Whether it counts as active: it has points in memory, or was made for points about to be written.</summary>
    public bool IsActive { get; set; }

    /// <summary>Whether cumulative points came from streams that ran at the same time.</summary>
    public bool HasParallelStreams { get; set; }

    /// <summary>The shapes that distributions of the series had, each once, as their bytes; replaced when one is added.</summary>
    public byte[][] Layouts { get; set; } = [];

    /// <summary>Whether the registry file lacks something of the two above.</summary>
    public bool HasNewTraits { get; set; }

    /// <summary>The points that are being cut into a file.</summary>
    public HeadRuns? Cutting { get; set; }

    /// <summary>Whether there are points that are in no file and in no cut.</summary>
    public bool HasPoints => _open is not null || _sealedCount > 0;

    /// <summary>Takes the columns that the next point is added to.</summary>
    public PointColumns Open => _open ??= new PointColumns(_lastCapacity);

    /// <summary>What is in memory apart from <see cref="Cutting"/>; stays valid while points are added.</summary>
    public HeadRuns Runs => new(_sealed, _sealedCount, _open?.View);

    /// <summary>Notes the time of a point and seals the open columns when they are full.</summary>
    public void Added(long timeNanos, long arrivedNanos, HeadSealer sealer)
    {
        ArrivedNanos = Math.Max(ArrivedNanos, arrivedNanos);
        FirstNanos = Math.Min(FirstNanos, timeNanos);
        LastNanos = Math.Max(LastNanos, timeNanos);
        var open = _open!;
        if (open.Count < MaxOpenPoints && open.PayloadBytes < MaxOpenPayload)
        {
            return;
        }

        foreach (var chunk in sealer.Seal(open.View))
        {
            if (_sealedCount == _sealed.Length)
            {
                Array.Resize(ref _sealed, Math.Max(2, _sealedCount * 2));
            }

            _sealed[_sealedCount++] = chunk;
        }

        _lastCapacity = MaxOpenPoints / 4;
        _open = null;
    }

    /// <summary>
    /// Notes the stream of a cumulative point, and whether it ran while another one did: one began before the other ended.
    /// </summary>
    public void Observe(long timeNanos, long startNanos)
    {
        if (startNanos != 0 && !HasParallelStreams && _streams.Overlaps(timeNanos, startNanos))
        {
            HasParallelStreams = true;
            HasNewTraits = true;
            _streams = default;
        }
    }

    /// <summary>Takes all points out for a cut.</summary>
    public void BeginCut()
    {
        Cutting = Runs;
        _open = null;
        (_sealed, _sealedCount) = ([], 0);
    }
}
