using Gander.Telemetry;

namespace Gander.Stores;

/// <summary>What a store holds of one signal.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Records">Spans, log records or data points.</param>
/// <param name="Bytes">Bytes on disk.</param>
/// <param name="Files">Files on disk.</param>
/// <param name="OldestNanos">The earliest record's time, or null when there is none.</param>
/// <param name="NewestNanos">The latest record's time, or null.</param>
/// <param name="AcceptsWrites">Whether writes are taken at the moment.</param>
public sealed record SignalStatus(
    Signal Signal, long Records, long Bytes, int Files, long? OldestNanos, long? NewestNanos, bool AcceptsWrites);
