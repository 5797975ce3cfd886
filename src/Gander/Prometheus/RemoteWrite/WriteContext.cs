using Gander.Otlp;
using Gander.Telemetry;

namespace Gander.Prometheus.RemoteWrite;

/// <summary>What the decoding of one request works with. Used once, by one thread.</summary>
/// <param name="batch">Takes the points; its text is the unpacked body.</param>
/// <param name="scratch">Memory kept from request to request.</param>
/// <param name="metadata">What version 1 said of metric families.</param>
/// <param name="maxLabels">Labels of one series.</param>
/// <param name="nowNanos">The receiver's clock, Unix nanoseconds.</param>
internal sealed class WriteContext(MetricBatch batch, WriteScratch scratch, RemoteWriteMetadata metadata, int maxLabels, long nowNanos)
{
    private const long NanosPerMilli = 1_000_000;

    private readonly long _latestNanos = nowNanos + new DecodeLimits().MaxAheadNanos;

    /// <summary>Takes the points.</summary>
    public MetricBatch Batch { get; } = batch;

    /// <summary>Memory kept from request to request.</summary>
    public WriteScratch Scratch { get; } = scratch;

    /// <summary>What version 1 said of metric families.</summary>
    public RemoteWriteMetadata Metadata { get; } = metadata;

    /// <summary>Labels of one series.</summary>
    public int MaxLabels { get; } = maxLabels;

    /// <summary>What one request may make the decoder keep.</summary>
    public DecodeLimits Limits { get; } = new();

    /// <summary>What was taken and what was not.</summary>
    public WriteCounts Counts { get; } = new();

    /// <summary>A time in Unix nanoseconds; false when it lies outside of what can be kept.</summary>
    public bool TryTime(long millis, out long nanos)
    {
        nanos = 0;
        if (millis < 0 || millis > _latestNanos / NanosPerMilli)
        {
            return false;
        }

        nanos = millis * NanosPerMilli;
        return true;
    }
}
