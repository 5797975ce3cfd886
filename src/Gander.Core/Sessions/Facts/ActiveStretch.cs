namespace Gander.Sessions.Facts;

/// <summary>A stretch of time in which a session was certainly active in one process: one of its traces.</summary>
/// <param name="Session">The session.</param>
/// <param name="ResourceId">The resource of the process.</param>
/// <param name="StartNanos">Start, Unix nanoseconds.</param>
/// <param name="EndNanos">End, Unix nanoseconds.</param>
internal readonly record struct ActiveStretch(string Session, ulong ResourceId, long StartNanos, long EndNanos);
