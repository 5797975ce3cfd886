using System.ComponentModel.DataAnnotations;

namespace Gander.Storage.DuckDb;

/// <summary>Where the embedded store lies and how much it may use.</summary>
public sealed class DuckDbStoreOptions
{
    /// <summary>The folder of the store's files; created when missing.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>Open what is there without writing anything: no file is created, changed or deleted, and writes are refused.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>
    /// Bytes the database engine may use, outside the .NET heap. 0 chooses a quarter of the machine's memory, at most 224 MiB,
    /// which keeps the whole process under 700 MB at full load.
    /// </summary>
    [Range(0, long.MaxValue)]
    public long MaxEngineBytes { get; set; }

    /// <summary>
    /// Threads that one query or checkpoint is spread over; 0 is one on up to 4 cores, else half the cores. More make large
    /// scans faster, and cost CPU time, because the engine spins while it waits for them.
    /// </summary>
    [Range(0, 1_024)]
    public int EngineThreads { get; set; }

    /// <summary>Queries that run at once; more wait for their turn.</summary>
    [Range(1, 256)]
    public int MaxConcurrentQueries { get; set; } = 4;

    /// <summary>Queries that wait before more are refused.</summary>
    [Range(1, 65_536)]
    public int MaxQueuedQueries { get; set; } = 1_024;

    /// <summary>The longest a query may run before it is stopped.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan MaxQueryTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Bytes of memory that each of spans and log records may use to know where their traces are, of which the newest days take
    /// what they need first; about half a byte a span. Without it traces are found by reading the ids of all records.
    /// </summary>
    [Range(0, 1L << 40)]
    public long MaxTraceIndexBytes { get; set; } = 64L << 20;

    /// <summary>Records one read of a trace or session brings at most; the earliest are kept.</summary>
    [Range(1, 10_000_000)]
    public int MaxRecordsPerRead { get; set; } = 200_000;

    /// <summary>Bytes of text one answer holds at most; records that no longer fit are left out.</summary>
    [Range(1 << 20, 1 << 30)]
    public int MaxAnswerBytes { get; set; } = 256 << 20;

    /// <summary>How long spans are kept, counted from their start.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan KeepSpans { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long log records are kept, counted from their time.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan KeepLogs { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long data points are kept.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan KeepMetrics { get; set; } = TimeSpan.FromDays(400);

    /// <summary>Bytes on disk for spans before the oldest days are dropped; 0 for no limit. Today is never dropped.</summary>
    [Range(0, long.MaxValue)]
    public long MaxSpanBytes { get; set; }

    /// <summary>Bytes on disk for log records before the oldest days are dropped; 0 for no limit.</summary>
    [Range(0, long.MaxValue)]
    public long MaxLogBytes { get; set; }

    /// <summary>Bytes on disk for data points before the oldest days are dropped; 0 for no limit.</summary>
    [Range(0, long.MaxValue)]
    public long MaxMetricBytes { get; set; }

    /// <summary>Metric series that are remembered, with or without recent points; points of new ones above it are refused.</summary>
    [Range(1, 100_000_000)]
    public int MaxSeries { get; set; } = 1_000_000;

    /// <summary>Metric series with points in memory, which is about an hour of them; points of new ones above it are refused.</summary>
    [Range(1, 100_000_000)]
    public int MaxActiveSeries { get; set; } = 500_000;

    /// <summary>Series of one metric with points in memory; points of new ones above it are refused, and the attribute that grew is named.</summary>
    [Range(1, 100_000_000)]
    public int MaxActiveSeriesPerMetric { get; set; } = 100_000;

    /// <summary>Free bytes that must stay on the disk; below, new telemetry is refused and queries go on.</summary>
    [Range(0, long.MaxValue)]
    public long MinFreeBytes { get; set; } = 256L << 20;

    /// <summary>Bytes of a file's log before its rows are moved into columns, in the background while the other file of the day takes writes.</summary>
    [Range(1 << 20, 1L << 32)]
    public long CheckpointBytes { get; set; } = 64L << 20;

    /// <summary>Rows the engine compresses and skips together. Fewer make look-ups and checkpoints shorter and files a little larger.</summary>
    [Range(2_048, 1_228_800)]
    public int RowGroupSize { get; set; } = 20_480;
}
