namespace Gander.Ingest.Derived;

/// <summary>When and how far a round of points is made.</summary>
/// <param name="Sequence">The last export that was added.</param>
/// <param name="PreviousNanos">The time of the round before, or of the start; what is new began after it.</param>
/// <param name="NowNanos">The time of this round, at least a millisecond later.</param>
internal readonly record struct DerivedMoment(long Sequence, long PreviousNanos, long NowNanos);
