namespace Gander.Storage.DuckDb.Files;

/// <summary>How long and how much of a signal is kept.</summary>
/// <param name="KeepNanos">Nanoseconds from a record's time.</param>
/// <param name="MaxBytes">Bytes on disk, or 0 for no limit.</param>
internal readonly record struct SignalLimits(long KeepNanos, long MaxBytes)
{
    private const int NanosPerTick = 100;

    public static SignalLimits Of(TimeSpan keep, long maxBytes) => new(keep.Ticks * NanosPerTick, maxBytes);
}
