namespace Gander.Stores;

/// <summary>
/// One store of everything. Opening, closing and choosing an implementation belong to the composition root; whoever reads or
/// writes takes only the port it needs.
/// </summary>
public interface ITelemetryStore : IAsyncDisposable
{
    /// <summary>Spans.</summary>
    ISpanStore Spans { get; }

    /// <summary>Log records.</summary>
    ILogStore Logs { get; }

    /// <summary>Metrics.</summary>
    IMetricStore Metrics { get; }

    /// <summary>Session summaries.</summary>
    ISessionStore Sessions { get; }

    /// <summary>What is stored and how the store is. Cheap: answers from memory.</summary>
    StoreStatus Status();

    /// <summary>Deletes what is older than its signal's keep time or over its size, oldest first; whole files at a time.</summary>
    /// <param name="nowNanos">The present, Unix nanoseconds.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    Task SweepAsync(long nowNanos, CancellationToken cancellationToken);

    /// <summary>Copies a consistent state of everything into the empty or new folder <paramref name="directory"/> while reads and writes go on.</summary>
    /// <param name="directory">Where to; the copy opens as a store.</param>
    /// <param name="progress">Told the share done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops and removes what was copied.</param>
    Task BackupAsync(string directory, IProgress<double>? progress, CancellationToken cancellationToken);
}
