namespace Gander.Sessions;

/// <summary>What the fold takes beside telemetry.</summary>
/// <param name="NowNanos">The present, Unix nanoseconds: whether a session without an end may still be running.</param>
/// <param name="RunningNanos">How long after its last record a session without an end counts as running, nanoseconds.</param>
public readonly record struct FoldContext(long NowNanos, long RunningNanos = 300_000_000_000);
