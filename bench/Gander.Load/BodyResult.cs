using Gander.Load.Sending;

namespace Gander.Load;

/// <summary>What became of one body, for whoever checks afterwards that nothing was lost or doubled.</summary>
/// <param name="Index">The body's number in the run.</param>
/// <param name="FirstRecord">The number of its first record (<see cref="Generation.RecordId.Number"/>); the others follow.</param>
/// <param name="Records">Records in it.</param>
/// <param name="TimeNanos">The time of its data points, and about that of its other records; Unix nanoseconds.</param>
/// <param name="Outcome">The last answer.</param>
/// <param name="Attempts">How often it was sent.</param>
public sealed record BodyResult(long Index, long FirstRecord, int Records, long TimeNanos, ExportOutcome Outcome, int Attempts);
