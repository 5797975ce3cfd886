using Gander.Telemetry;

namespace Gander.Ingest;

/// <summary>What one emitter has sent since the server started.</summary>
/// <param name="Service">Its <c>service.name</c>, or empty.</param>
/// <param name="Host">Its <c>host.name</c>, or empty.</param>
/// <param name="User">Its <c>user.name</c>, its own or its token's, or empty.</param>
/// <param name="TraceExports">Exports of spans.</param>
/// <param name="MetricExports">Exports of data points.</param>
/// <param name="LogExports">Exports of log records.</param>
/// <param name="Records">Records stored.</param>
/// <param name="Rejected">Records refused.</param>
/// <param name="LastSignal">The signal of the last export.</param>
/// <param name="LastSeen">When the last export was stored.</param>
/// <param name="LastRejection">Why records were refused, the last time some were; null when none was.</param>
public sealed record EmitterStatus(
    string Service,
    string Host,
    string User,
    long TraceExports,
    long MetricExports,
    long LogExports,
    long Records,
    long Rejected,
    Signal LastSignal,
    DateTimeOffset LastSeen,
    string? LastRejection)
{
    /// <summary>All exports.</summary>
    public long Exports => TraceExports + MetricExports + LogExports;
}
