using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>What the decoding of one export needs and leaves behind. Used once, by one thread.</summary>
/// <param name="limits">What the export may make the decoder keep.</param>
/// <param name="resources">Resources and scopes seen before.</param>
/// <param name="identity">Whose telemetry it is.</param>
/// <param name="nowNanos">The receiver's clock, Unix nanoseconds.</param>
public sealed class DecodeContext(DecodeLimits limits, ResourceCache resources, EmitterIdentity identity, long nowNanos)
{
    /// <summary>What the export may make the decoder keep.</summary>
    public DecodeLimits Limits { get; } = limits;

    /// <summary>Resources and scopes seen before.</summary>
    public ResourceCache Resources { get; } = resources;

    /// <summary>Whose telemetry it is.</summary>
    public EmitterIdentity Identity { get; } = identity;

    /// <summary>The receiver's clock, Unix nanoseconds.</summary>
    public long NowNanos { get; } = nowNanos;

    /// <summary>The latest time a record may have.</summary>
    public long LatestNanos { get; } = nowNanos > long.MaxValue - limits.MaxAheadNanos ? long.MaxValue : nowNanos + limits.MaxAheadNanos;

    /// <summary>Records refused so far.</summary>
    public int Rejected => Rejections.Count;

    internal UInt128 IdentityKey { get; } = resources.IdentityKey(identity);

    internal Rejections Rejections { get; } = new();

    /// <summary>Why records were refused, as a sentence for the sender; null when none was.</summary>
    public string? DescribeRejections(Signal signal) => Rejections.Describe(signal switch
    {
        Signal.Traces => "spans",
        Signal.Metrics => "data points",
        _ => "log records",
    });

    internal static void CheckCount(int count, int limit, string noun)
    {
        if (count >= limit)
        {
            throw new OtlpDecodeException($"one export may hold at most {limit} {noun}; send smaller batches", isTooLarge: true);
        }
    }
}
