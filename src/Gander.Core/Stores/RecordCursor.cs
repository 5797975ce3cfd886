namespace Gander.Stores;

/// <summary>Where a page of newest-first records ended.</summary>
/// <param name="TimeNanos">The time of the last record given out.</param>
/// <param name="Skip">How many records of exactly that time were given out.</param>
public readonly record struct RecordCursor(long TimeNanos, int Skip);
