namespace Gander.Storage.DuckDb.Metrics;

/// <summary>Limits of the metric side of a store; the composition root fills it from its own settings.</summary>
internal sealed record MetricStoreOptions
{
    /// <summary>Series the store remembers, with or without recent points.</summary>
    public int MaxSeries { get; init; } = 1_000_000;

    /// <summary>Series with points in memory; new ones above it are refused.</summary>
    public int MaxActiveSeries { get; init; } = 500_000;

    /// <summary>Series of one metric with points in memory; new ones above it are refused.</summary>
    public int MaxActiveSeriesPerMetric { get; init; } = 100_000;

    /// <summary>Buckets or quantiles of one point; points with more are refused.</summary>
    public int MaxBuckets { get; init; } = 65_536;

    /// <summary>How long points stay in memory before they are cut into chunks on disk.</summary>
    public TimeSpan CutInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Points in memory that start a cut before the interval has passed; writes wait at twice as many.</summary>
    public long MaxHeadPoints { get; init; } = 16_000_000;

    /// <summary>Bytes of one log segment before the next is begun.</summary>
    public long MaxSegmentBytes { get; init; } = 64 << 20;

    /// <summary>Bytes of log that start a cut before the interval has passed.</summary>
    public long MaxLogBytes { get; init; } = 512 << 20;

    /// <summary>How long an export is remembered so that its repetition is recognised.</summary>
    public TimeSpan RememberExports { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Exports remembered at most.</summary>
    public int MaxRememberedExports { get; init; } = 1_000_000;

    /// <summary>How long points are kept.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(400);

    /// <summary>Bytes on disk above which the oldest day is deleted.</summary>
    public long MaxBytes { get; init; } = long.MaxValue;

    /// <summary>Asked before each write; throws <see cref="Gander.Stores.StoreUnavailableException"/> while none may be taken, for example when the disk is nearly full.</summary>
    public Action BeforeWrite { get; init; } = static () => { };

    /// <summary>Whether nothing on disk may be changed; writes are refused.</summary>
    public bool IsReadOnly { get; init; }
}
