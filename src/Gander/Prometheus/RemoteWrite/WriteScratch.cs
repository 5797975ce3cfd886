using Gander.Telemetry;

namespace Gander.Prometheus.RemoteWrite;

/// <summary>What decoding one request needs beside the batch, kept for the next request. Not thread-safe.</summary>
internal sealed class WriteScratch
{
    /// <summary>The metrics of the request.</summary>
    public MetricTable Metrics { get; } = new();

    /// <summary>Version 2: the symbols of the request, those that are no valid UTF-8 with a negative length.</summary>
    public Column<TextRef> Symbols { get; } = new();

    /// <summary>The spans of the histogram that is being read: bucket numbers skipped before, and buckets.</summary>
    public Column<(long Skipped, uint Length)> Spans { get; } = new();

    /// <summary>The counts of its buckets, one for each bucket of the spans.</summary>
    public Column<ulong> Counts { get; } = new();

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Metrics.Clear();
        Symbols.Clear();
        Spans.Clear();
        Counts.Clear();
    }
}
