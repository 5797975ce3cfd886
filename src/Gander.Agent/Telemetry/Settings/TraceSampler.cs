using System.Buffers.Binary;
using System.Diagnostics;

namespace Gander.Agent.Telemetry.Settings;

/// <summary>
/// Decides which traces are kept, as <c>OTEL_TRACES_SAMPLER</c> says (OpenTelemetry specification, general SDK configuration). A trace is kept or left out
/// as a whole with every parent-based sampler; a ratio decides by the trace id, so that all who see the trace decide alike.
/// </summary>
/// <param name="Ratio">The part of the traces that is kept, 0 to 1.</param>
/// <param name="FollowsParent">Whether spans with a parent are kept when that is.</param>
internal sealed record TraceSampler(double Ratio, bool FollowsParent)
{
    public static TraceSampler Default { get; } = new(1, FollowsParent: true);

    /// <summary>The sampler of this name, or null when there is none.</summary>
    public static TraceSampler? Named(string name, double ratio) => name switch
    {
        "always_on" => new TraceSampler(1, false),
        "always_off" => new TraceSampler(0, false),
        "traceidratio" => new TraceSampler(ratio, false),
        "parentbased_always_on" => Default,
        "parentbased_always_off" => new TraceSampler(0, true),
        "parentbased_traceidratio" => new TraceSampler(ratio, true),
        _ => null,
    };

    public bool Keeps(ActivityTraceId traceId, ActivityContext parent)
    {
        if (FollowsParent && parent.TraceId != default)
        {
            return parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded);
        }

        if (Ratio is >= 1 or <= 0)
        {
            return Ratio >= 1;
        }

        Span<byte> bytes = stackalloc byte[16];
        traceId.CopyTo(bytes);
        return (BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) >> 1) < (ulong)(Ratio * (1UL << 63));
    }
}
