using Gander.Telemetry;

namespace Gander.Stores;

/// <summary>Records of whole exports that follow each other in order of arrival.</summary>
/// <typeparam name="TBatch">Of one signal.</typeparam>
/// <param name="Batch">The records; whoever gets them disposes it.</param>
/// <param name="LastSequence">The number of the last of these exports: everything up to it has been read.</param>
public sealed record StoredExports<TBatch>(TBatch Batch, long LastSequence)
    where TBatch : TelemetryBatch;
